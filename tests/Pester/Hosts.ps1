# Tests that need whole machines: hosts of tests/hosts/hosts.sh, in namespaces of their own.

. $PSScriptRoot/Pwsh.ps1
$script:HostsScript = Join-Path $PSScriptRoot '../hosts/hosts.sh'

# Why the hosts cannot be had here; nothing when they can.
function Get-HostsObstacle([string[]] $Program = @()) {
    if (-not $IsLinux -or (id -u) -ne '0') { return 'needs root on Linux' }
    foreach ($one in @('ip', 'unshare', 'nsenter', 'python3') + $Program) {
        if (-not (Get-Command $one -ErrorAction Ignore) -and -not (Test-Path "/usr/sbin/$one")) { return "needs $one" }
    }

    $said = & $HostsScript run true 2>&1
    if ($LASTEXITCODE -ne 0) { "needs network namespaces and overlay file systems ($said)" }
}

# Runs a script on the laptop and gives what it told with Write-Result.
function Invoke-OnLaptop([string] $Script, [int] $Seconds = 180) {
    $file = Join-Path $PSScriptRoot "../hosts/$Script"
    $output = & timeout -k 5 $Seconds $HostsScript run $PwshPath -NoProfile -NonInteractive -File $file 2>&1 | ForEach-Object { "$_" }
    $result = $output | Where-Object { $_ -like 'RESULT *' }
    if (-not $result) { throw "$Script told nothing (exit code $LASTEXITCODE):`n$($output -join "`n")" }
    $result.Substring('RESULT '.Length) | ConvertFrom-Json
}
