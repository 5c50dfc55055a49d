# Types every command of docs/migrating-from-keepalived.md on the hosts it names, in its order, and tells what came of each.
. $PSScriptRoot/Hosts.ps1

# The blocks: where, in which language, whether it must be refused. A block says its hosts in the line before it.
$text = Get-Content (Join-Path $Root docs/migrating-from-keepalived.md) -Raw
$section = ''
$steps = foreach ($match in [regex]::Matches($text, '(?ms)^## (?<section>[^\n]+)$|^(?<where>[^\n]*)\n\n```(?<language>\w+)\n(?<code>.*?)^```$')) {
    if ($match.Groups['section'].Success) {
        $section = $match.Groups['section'].Value
        continue
    }

    $where = [regex]::Match($match.Groups['where'].Value, '^On \*\*(?<host>[^*]+)\*\*(?<refused>, refused)?:$')
    if (-not $where.Success) { throw "The block does not say where it is typed: '$($match.Groups['where'].Value)'" }
    $name = $where.Groups['host'].Value
    foreach ($one in $name -eq 'every node' ? $Nodes : $name) {
        [pscustomobject]@{ Block = $match.Index; Section = $section; Host = $one; Language = $match.Groups['language'].Value; Code = $match.Groups['code'].Value; IsRefused = $where.Groups['refused'].Success }
    }
}

if ([regex]::Matches($text, '(?m)^```\w+$').Count -ne @($steps.Block | Sort-Object -Unique).Count) { throw 'Some blocks do not follow a line that says where they are typed.' }

Install-Product ($Nodes + 'laptop')
Start-Ssh
foreach ($node in $Nodes) {
    $null = Invoke-Shell $node "mkdir -p /etc/keepalived; cp '$Scenario/$node.conf' /etc/keepalived/keepalived.conf; systemctl enable --now keepalived"
}

# What a client sees of it all.
$end = [Threading.ManualResetEventSlim]::new()
$address = '192.168.31.250'
$ping = [Net.NetworkInformation.Ping]::new()
$deadline = [datetime]::UtcNow.AddSeconds(30)
while ($ping.Send($address, 100).Status -ne 'Success' -and [datetime]::UtcNow -lt $deadline) { }
$client = Start-ThreadJob -ArgumentList $address, $end {
    param($address, $end)
    $ping = [Net.NetworkInformation.Ping]::new()
    $worst = [timespan]::Zero
    $silent = [Diagnostics.Stopwatch]::StartNew()
    do {
        $isEnd = $end.Wait(20)
        $isAnswered = $ping.Send($address, 200).Status -eq 'Success'
        if ($silent.Elapsed -gt $worst) { $worst = $silent.Elapsed }
        if ($isAnswered) { $silent.Restart() }
    } until ($isEnd)
    $worst.TotalSeconds
}

$work = '/root/work'
foreach ($node in $Nodes + 'laptop') { $null = Invoke-Host $node 'mkdir', '-p', $work }
. $Root/tests/Pester/Pwsh.ps1
$answers = foreach ($step in $steps) {
    $file = Join-Path $env:VRRPPS_HOSTS 'step.ps1'
    # As typed: an error ends the step, and a program's exit code is the step's.
    Set-Content $file "`$ErrorActionPreference = 'Stop'`n`$PSStyle.OutputRendering = 'PlainText'`n`$PSNativeCommandUseErrorActionPreference = `$true`n$($step.Code)"
    $command = $step.Language -eq 'powershell' ? @($PwshPath, '-NoProfile', '-NonInteractive', '-File', $file) : @('/bin/sh', '-euc', $step.Code)
    $output = & (Join-Path $env:VRRPPS_HOSTS "bin/$($step.Host)") /bin/sh -c 'cd /root/work; exec timeout 60 "$@"' sh @command 2>&1 | Out-String -Width 200
    $code = $LASTEXITCODE
    [ordered]@{ Section = $step.Section; Host = $step.Host; Code = $step.Code; IsRefused = $step.IsRefused; ExitCode = $code; Output = $output }
    if (($code -ne 0) -ne $step.IsRefused) { break }
}

$end.Set()
# Removed on its own: together, PowerShell sometimes finds that the job does not exist.
$silence = $client | Receive-Job -Wait
$client | Remove-Job
Write-Result ([ordered]@{
        Steps   = @($answers)
        Count   = @($steps).Count
        Silence = $silence
        Holders = @($Nodes | Where-Object { Invoke-Host $_ 'ip', '-oneline', 'address', 'show', 'to', $address })
        Running = @($Nodes | ForEach-Object { "$_ " + (Invoke-Shell $_ 'systemctl is-active keepalived || true; systemctl is-active vrrpps || true' | Join-String -Separator ' ') })
    })
