# What scripts share that run on the laptop of hosts.sh. Dot-source it.

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$script:Root = (Resolve-Path (Join-Path $PSScriptRoot '../..')).Path
$script:Nodes = 'node1', 'node2', 'node3'
$script:Scenario = Join-Path $Root 'tests/Pester/scenario'

# Runs a program on a host: its output as lines. Its exit code must be 0.
function Invoke-Host([string] $Name, [string[]] $Command) {
    $text = & (Join-Path $env:VRRPPS_HOSTS "bin/$Name") @Command 2>&1 | ForEach-Object { "$_" }
    if ($LASTEXITCODE -ne 0) {
        throw "$Name`: $Command (exit code $LASTEXITCODE): $($text -join "`n")"
    }

    $text
}

function Invoke-Shell([string] $Name, [string] $Script) { Invoke-Host $Name '/bin/sh', '-euc', $Script }

# Installs the program and the module that were built, as links at the usual places.
function Install-Product([string[]] $Name) {
    $service = Join-Path $Root 'src/VrrpPS.Tool/bin/Release/net10.0/vrrpps'
    $module = Join-Path $Root 'artifacts/module/VrrpPS'
    foreach ($file in $service, $module) {
        if (-not (Test-Path -LiteralPath $file)) { throw "'$file' is not there: build first." }
    }

    foreach ($one in $Name) {
        $null = Invoke-Shell $one "ln -sf '$service' /usr/local/bin/vrrpps; mkdir -p /usr/local/share/powershell/Modules; ln -sfn '$module' /usr/local/share/powershell/Modules/VrrpPS"
    }
}

# An sshd on each node that takes the laptop's key and nothing else, with PowerShell as its subsystem.
function Start-Ssh {
    $keys = Join-Path $env:VRRPPS_HOSTS ssh
    $null = New-Item -ItemType Directory -Force $keys
    . $Root/tests/Pester/Pwsh.ps1
    foreach ($name in 'laptop', 'host') { ssh-keygen -q -t ed25519 -N '' -f (Join-Path $keys $name) }
    Set-Content (Join-Path $keys sshd_config) @"
HostKey $keys/host
AuthorizedKeysFile $keys/laptop.pub
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
StrictModes no
UsePAM no
Subsystem sftp internal-sftp
Subsystem powershell $PwshPath -sshs -NoLogo -NoProfile
"@
    foreach ($node in $Nodes) { $null = Invoke-Host $node '/usr/sbin/sshd', '-f', "$keys/sshd_config" }
    $null = New-Item -ItemType Directory -Force /root/.ssh
    Set-Content /root/.ssh/config @"
Host node*
    User root
    IdentityFile $keys/laptop
    IdentitiesOnly yes
    StrictHostKeyChecking no
    UserKnownHostsFile /dev/null
    LogLevel ERROR
"@
    chmod 600 /root/.ssh/config
}

# A result for whoever started the laptop, on one line.
function Write-Result($Value) { [Console]::Out.WriteLine('RESULT ' + (ConvertTo-Json $Value -Depth 6 -Compress)) }
