# Types the commands of a page's transcripts, verbatim, into this session and shows what they answer. Run it in a child pwsh,
# from the repository's root, with the hosts of docs/examples/three-hosts.sh up.
param([string] $Page = 'README.md')

. $PSScriptRoot/Document.ps1

$ErrorActionPreference = 'Continue'
$PSStyle.OutputRendering = 'PlainText'
# Long cells break between words in the cultures that PowerShell knows.
[cultureinfo]::CurrentCulture = 'en-US'
foreach ($step in Get-PageTranscript $Page) {
    "PS> $($step.Typed)"
    $answer = . ([scriptblock]::Create($step.Command)) *>&1 | ForEach-Object {
        # The host folds a warning; a redirected one is a single line.
        if ($_ -is [Management.Automation.WarningRecord]) { [regex]::Replace("WARNING: $_", '(.{1,79})(?: |$)', "`$1`n").TrimEnd() }
        elseif ($_ -is [Management.Automation.VerboseRecord]) { [regex]::Replace("VERBOSE: $_", '(.{1,79})(?: |$)', "`$1`n").TrimEnd() }
        else { $_ }
    } | Out-String -Width 80
    if ($answer.Trim()) { $answer.TrimEnd() }
}
