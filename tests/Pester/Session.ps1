# Types the commands of the transcript in README.md, verbatim, into this session and shows what they answer. Run it in a
# child pwsh, from the repository's root, with the hosts of docs/examples/three-hosts.sh up.
#   -Commands gives the commands alone.
param([switch] $Commands)

function Get-ReadmeTranscript {
    $text = Get-Content -LiteralPath README.md -Raw
    $block = [regex]::Match($text, '(?ms)^```text\n(PS> .*?)^```$').Groups[1].Value
    [regex]::Split($block, '(?m)^PS> ') | Where-Object { $_ } | ForEach-Object {
        $lines = $_ -split "`n"
        $more = @($lines | Select-Object -Skip 1 | Where-Object { $_ -match '^>> ' })
        [pscustomobject]@{
            Typed   = (@($lines[0]) + $more) -join "`n"
            Command = (@($lines[0]) + ($more -replace '^>> ')) -join "`n"
            Answer  = (($lines | Select-Object -Skip (1 + $more.Count)) -join "`n").Trim("`n")
        }
    }
}

if ($Commands) {
    return Get-ReadmeTranscript
}

$ErrorActionPreference = 'Continue'
$PSStyle.OutputRendering = 'PlainText'
# Long cells break between words in the cultures that PowerShell knows.
[cultureinfo]::CurrentCulture = 'en-US'
foreach ($step in Get-ReadmeTranscript) {
    "PS> $($step.Typed)"
    $answer = . ([scriptblock]::Create($step.Command)) *>&1 | ForEach-Object {
        # The host folds a warning; a redirected one is a single line.
        if ($_ -is [Management.Automation.WarningRecord]) { [regex]::Replace("WARNING: $_", '(.{1,79})(?: |$)', "`$1`n").TrimEnd() } else { $_ }
    } | Out-String -Width 80
    if ($answer.Trim()) { $answer.TrimEnd() }
}
