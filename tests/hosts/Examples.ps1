# Types every example of the cmdlets' help and README's first commands on the laptop of hosts.sh, over the engine that ships, and tells
# which of them end in an error. What an example takes for granted is made first: eth0 with a virtual router that is Master, a
# Backup beside it, files, programs, credentials. Only time is shortened: what watches or measures does so for a second.

. $PSScriptRoot/Hosts.ps1
. $PSScriptRoot/../Pester/Document.ps1
. $PSScriptRoot/../Pester/Capture.ps1
$Work = '/root/examples'
# What runs without the session's instances.
$Apart = '\bStart-VrrpInstance|-VrrpService| -Service\b'

# A file at its place, with the folders above. No process of its own: there are many.
function Set-File([string] $Path, [string[]] $Text, [IO.UnixFileMode] $Mode = 'UserRead, UserWrite') {
    $null = [IO.Directory]::CreateDirectory([IO.Path]::GetDirectoryName($Path))
    [IO.File]::WriteAllLines($Path, $Text)
    [IO.File]::SetUnixFileMode($Path, $Mode)
}

function Get-Configuration([int] $Id, [int] $Priority, [string] $Interface = 'eth0') {
    "vrrp_instance VRRP$Id {", " interface $Interface", " virtual_router_id $Id", " priority $Priority", ' virtual_ipaddress {', "  192.168.31.$($Id + 100)/24", ' }', '}'
}

# All files that examples read, new.
function Initialize-Folder {
    $null = New-Item -ItemType Directory -Force $Work
    Set-Location $Work
    Get-ChildItem | Remove-Item -Recurse -Force
    foreach ($node in 1..3) {
        Set-File "$Work/node$node.conf" (Get-Configuration 41 (250 - 50 * $node) ens33)
        Set-File "$Work/nodes/node$node.conf" (Get-Configuration 41 (250 - 50 * $node))
    }

    Set-File "$Work/shared.conf" (@('@node1 ! one', '@node2 ! two') + (Get-Configuration 43 100))
    foreach ($file in "$Work/keepalived.conf", '/etc/keepalived/keepalived.conf') { Set-File $file (Get-Configuration 44 200) }
    Remove-Item /etc/vrrpps -Recurse -Force -ErrorAction Ignore
    foreach ($file in "$Work/vrrpps.json", '/etc/vrrpps/vrrpps.json') {
        Set-File $file '{ "instances": [ { "name": "VRRP1", "interfaceName": "eth0", "virtualRouterId": 55, "virtualAddresses": ["192.168.31.155/24"] } ] }'
    }

    Set-File /etc/vrrpps/key "hex:$('5a' * 32)"
    $TestDrive = $Work
    Move-Item (New-Capture) "$Work/night.pcapng"
    foreach ($program in 'changed', 'drain', 'check-database') {
        Set-File "/usr/local/bin/$program" '#!/bin/sh', 'exit 0' 'UserRead, UserWrite, UserExecute, GroupRead, GroupExecute, OtherRead, OtherExecute'
    }
}

# The virtual router that examples call eth0-41-v4, as Master, and a Backup on the next host.
function Start-Fixture {
    if (-not (Get-VrrpInstance peer -ErrorAction Ignore)) {
        $null = Start-VrrpInstance eth0 41 192.168.31.250/24 -Name peer -AdvertisementInterval 100ms -Priority 100 -NetworkNamespace blue -Force -WarningAction Ignore
    }

    $state = Get-VrrpState eth0-41-v4 -ErrorAction Ignore
    if (-not $state -or "$($state.State)" -ne 'Master' -or $state.BasePriority -ne 200 -or @(Get-VrrpInstance).Count -ne 2) {
        Get-VrrpInstance | Where-Object Name -NE peer | Stop-VrrpInstance -Force -WarningAction Ignore
        $null = Start-VrrpInstance eth0 41 192.168.31.250/24 -AdvertisementInterval 100ms -Priority 200 -Force -WarningAction Ignore
        $null = Resume-VrrpInstance peer
    }

    $null = Wait-VrrpState eth0-41-v4 -State Master -Timeout 20s -ErrorAction Stop
    $null = Wait-VrrpState peer -State Backup -Timeout 20s -ErrorAction Stop
}

# Nothing runs: for examples that start something themselves, or write a unit.
function Clear-Fixture {
    foreach ($unit in Get-ChildItem /etc/systemd/system -Filter vrrpps*.service) { Unregister-VrrpService $unit.BaseName -ErrorAction Ignore }
    Get-VrrpInstance | Stop-VrrpInstance -Force -WarningAction Ignore
    Get-EventSubscriber | Unregister-Event
    Get-Event | Remove-Event
}

# Two services, the second with a name of its own, and the first at a user's socket as well.
function Start-Service {
    Set-File /etc/vrrpps-dmz/dmz.json '{ "instances": [ { "name": "dmz", "interfaceName": "eth1", "virtualRouterId": 56, "virtualAddresses": ["198.51.100.56/24"] } ] }'
    Register-VrrpService /etc/vrrpps
    Register-VrrpService /etc/vrrpps-dmz -Name vrrpps-dmz
    $null = [IO.Directory]::CreateDirectory('/run/user/1000')
    Remove-Item /run/user/1000/vrrpps.sock -ErrorAction Ignore
    $null = New-Item -ItemType SymbolicLink /run/user/1000/vrrpps.sock -Target /run/vrrpps/control.sock
}

function Invoke-Example($Example) {
    $found = @()
    try {
        Initialize-Folder
        if ($Example.Code -match $Apart) { Clear-Fixture } else { Start-Fixture }
        if ($Example.Cmdlet -eq 'Update-VrrpService' -or $Example.Code -match ' -Service\b') { Start-Service }
        if ($Example.Code -match '(\S+) -NoClobber') { Remove-Item $Matches[1] }
        if ($Example.Cmdlet -eq 'Unregister-VrrpService') { foreach ($name in 'vrrpps', 'vrrpps-dmz') { Register-VrrpService /etc/vrrpps -Name $name -NoStart } }
        if ($Example.Code -match 'Get-VrrpInstance \| Register') { $null = Start-VrrpInstance eth0 41 192.168.31.250/24 }
        $found = @(& {
                # What takes long or comes from elsewhere. A reader's session is not strict.
                function Start-Sleep { }
                function Wait-Event { }
                function ssh { Get-Content $args[-1] }
                function Get-Credential { [pscredential]::new($args[0], (ConvertTo-SecureString secret -AsPlainText -Force)) }
                Set-StrictMode -Off
                $ErrorActionPreference = 'Continue'
                $new = ConvertTo-SecureString "hex:$('a5' * 32)" -AsPlainText -Force
                $PSDefaultParameterValues = @{}
                foreach ($name in 'Watch-VrrpAdvert', 'Watch-VrrpState', 'Measure-VipFailover', 'Test-VrrpEnvironment') { $PSDefaultParameterValues["$name`:Duration"] = '1.1s' }
                . ([scriptblock]::Create(($Example.Code -replace '-Duration [1-9]\w*', '-Duration 1.1s'))) 2>&1 3>$null 4>$null 6>$null
            } | Where-Object { $_ -is [Management.Automation.ErrorRecord] } | ForEach-Object { "$($_.FullyQualifiedErrorId): $_" })
    }
    catch {
        $found += "$($_.FullyQualifiedErrorId): $_"
    }

    # The next one finds it as it was.
    if ($Example.Code -match '\bSet-VrrpInstance') { Get-VrrpInstance eth0-41-v4 -ErrorAction Ignore | Stop-VrrpInstance -Force -WarningAction Ignore }
    [ordered]@{ Cmdlet = $Example.Cmdlet; Code = $Example.Code; Errors = $found }
}

function Get-Example {
    foreach ($file in Get-ChildItem (Join-Path $Root src/VrrpPS/Help) -Filter *.md) {
        Get-CodeBlock $file.FullName | ForEach-Object { [pscustomobject]@{ Cmdlet = $file.BaseName; Code = $_.Code } }
    }

    Get-CodeBlock (Join-Path $Root README.md) | Where-Object Language -EQ powershell | ForEach-Object { [pscustomobject]@{ Cmdlet = 'README'; Code = $_.Code } }
}

Install-Product laptop
# Where the packages put it.
ln -sf /usr/local/bin/vrrpps /usr/bin/vrrpps
ip address flush dev ens33
ip netns add blue
ip link add eth0 type veth peer name eth0 netns blue
ip link add eth1 type veth peer name eth1 netns blue
ip address add 192.168.31.11/24 dev eth0
ip address add 198.51.100.11/24 dev eth1
foreach ($name in 'lo', 'eth0', 'eth1') {
    ip link set $name up
    ip -n blue link set $name up
}

ip -n blue address add 192.168.31.12/24 dev eth0
Import-Module VrrpPS
Initialize-Folder
$results = @(Get-Example | Sort-Object { $_.Code -match $Apart } -Stable | ForEach-Object { Invoke-Example $_ })
Clear-Fixture
Write-Result $results
