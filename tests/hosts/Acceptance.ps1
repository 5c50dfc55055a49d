# Runs docs/examples/acceptance.Tests.ps1 as a user does, from the laptop over SSH: on three good nodes, and on damaged ones.
. $PSScriptRoot/Hosts.ps1

Install-Product ($Nodes + 'laptop')
Start-Ssh
# What users type runs as it runs for them.
Set-StrictMode -Off
foreach ($node in $Nodes) {
    $null = Invoke-Shell $node @"
mkdir -p /etc/vrrpps /etc/systemd/system
cp '$Scenario/$node.conf' /etc/vrrpps/scenario.conf
printf '[Service]\nRuntimeDirectory=vrrpps\nExecStart=/usr/local/bin/vrrpps run --config /etc/vrrpps\n[Install]\nWantedBy=multi-user.target\n' >/etc/systemd/system/vrrpps.service
systemctl enable --now vrrpps
"@
}

Import-Module Pester, VrrpPS

function Invoke-Acceptance([string[]] $Exclude = @()) {
    $configuration = New-PesterConfiguration
    $configuration.Run.Container = New-PesterContainer -Path (Join-Path $Root docs/examples/acceptance.Tests.ps1) -Data @{
        VirtualIPAddress = '192.168.31.250'
        HostName         = $Nodes
    }
    $configuration.Run.PassThru = $true
    $configuration.Output.Verbosity = 'None'
    $configuration.Filter.ExcludeTag = $Exclude
    $result = Invoke-Pester -Configuration $configuration
    [ordered]@{
        Blocks = $result.FailedBlocksCount + $result.FailedContainersCount
        Broken = "$(@($result.FailedBlocks) + @($result.FailedContainers) | ForEach-Object { $_.ErrorRecord })"
        Tests  = @($result.Tests | ForEach-Object { [ordered]@{ Name = $_.Name; Result = $_.Result; Because = "$($_.ErrorRecord)" } })
    }
}

# The commands of docs/acceptance.md that go over SSH, as they stand there.
function Invoke-Documented {
    $text = Get-Content (Join-Path $Root docs/acceptance.md) -Raw
    $blocks = [regex]::Matches($text, '(?ms)^```powershell\n(.*?)^```$') | ForEach-Object { $_.Groups[1].Value }
    $remote = @($blocks | Where-Object { $_ -match '-HostName' -and $_ -notmatch 'Invoke-Pester' })
    foreach ($block in $remote) {
        [ordered]@{ Command = $block; Answer = (. ([scriptblock]::Create($block)) | Out-String -Width 200) }
    }
}

$good = Invoke-Acceptance
$documented = @(Invoke-Documented)

# What was shown moved the role away; node1 takes it back a little later.
$deadline = [datetime]::UtcNow.AddSeconds(30)
while ((Invoke-Host node2 'ip', '-oneline', 'address', 'show', 'to', '192.168.31.250') -and [datetime]::UtcNow -lt $deadline) { Start-Sleep -Milliseconds 100 }

# A node that was restored from an image keeps the address.
$null = Invoke-Host node2 'ip', 'address', 'add', '192.168.31.250/32', 'dev', 'ens33'
$bound = Invoke-Acceptance Disturbs
$null = Invoke-Host node2 'ip', 'address', 'del', '192.168.31.250/32', 'dev', 'ens33'

# A node that hears nobody is Master, too.
$null = Invoke-Shell node3 'nft add table netdev lab; nft add chain netdev lab in "{ type filter hook ingress device ens33 priority 0; }"; nft add rule netdev lab in ip protocol 112 drop'
$deadline = [datetime]::UtcNow.AddSeconds(30)
while (-not (Invoke-Host node3 'ip', '-oneline', 'address', 'show', 'to', '192.168.31.250') -and [datetime]::UtcNow -lt $deadline) { Start-Sleep -Milliseconds 100 }
$split = Invoke-Acceptance Disturbs

Write-Result ([ordered]@{ Good = $good; Documented = $documented; Bound = $bound; Split = $split })
