BeforeDiscovery {
    . $PSScriptRoot/Network.ps1
    $able = Test-NamespaceAbility
}

Describe 'Sync groups in configurations' {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        Use-MemoryEngine
        $file = Join-Path $TestDrive group.conf
        Set-Content -LiteralPath $file -Value @'
global_defs {
    router_id node1
    notification_email { ops@example.org }
    notification_email_from node1@example.org
    smtp_server mail.example.org
    vrrp_notify_fifo /run/vrrp.fifo
}
vrrp_sync_group wan {
    group { inside outside }
    notify_master "/bin/m now" nobody
    smtp_alert
    track_interface { eth9 }
}
vrrp_instance inside {
    interface eth0
    virtual_router_id 41
    virtual_ipaddress { 192.0.2.100/24 }
}
vrrp_instance outside {
    interface eth1
    virtual_router_id 42
    virtual_ipaddress { 198.51.100.100/24 }
}
'@
    }

    AfterEach { Stop-AllInstance }

    It 'carries what the group has of its own from the file into the running instances' {
        $instances = Import-VrrpConfiguration $file | Start-VrrpInstance
        $instances.SyncGroup | Should -Be 'wan', 'wan'
        (Get-VrrpInstance outside).SyncGroupNotification | Should -Be 'command /bin/m now on Master, FIFO /run/vrrp.fifo, mail to ops@example.org through mail.example.org'
        (Get-VrrpInstance outside).SyncGroupTracker | Should -Be 'eth9'
        (Get-VrrpInstance outside).TrackInterface.Count | Should -Be 0
        Get-VrrpInstance outside | Format-List | Out-String -Width 200 | Should -Match 'SyncGroupNotification +: command /bin/m now'
    }

    It 'goes through JSON and back with the name of the node' {
        $json = Join-Path $TestDrive group.json
        Import-VrrpConfiguration $file | Export-VrrpConfiguration $json
        $read = Get-Content -LiteralPath $json -Raw | ConvertFrom-Json
        $read.routerId | Should -Be 'node1'
        $read.syncGroups.name | Should -Be 'wan'
        $again = Import-VrrpConfiguration $json
        $again.RouterId | Should -Be 'node1', 'node1'
        $again.SyncGroupNotification | Should -Be (Import-VrrpConfiguration $file).SyncGroupNotification
        $conf = Join-Path $TestDrive again.conf
        $again | Export-VrrpConfiguration $conf
        (Get-Content -LiteralPath $conf -Raw) | Should -Match 'router_id node1'
        (Import-VrrpConfiguration $conf).SyncGroupNotification | Should -Be $again.SyncGroupNotification
    }

    It 'names two names of the node, and a script, that a file cannot have' {
        $other = Join-Path $TestDrive other.conf
        Set-Content -LiteralPath $other -Value "global_defs { router_id node2 }`nvrrp_instance x {`n interface eth2`n virtual_router_id 43`n virtual_ipaddress { 192.0.2.9 }`n}"
        $warnings = $null
        $all = @(Import-VrrpConfiguration $file, $other) + (New-VrrpConfiguration eth3 44 192.0.2.44 -OnTransition { 'x' })
        $all | Export-VrrpConfiguration (Join-Path $TestDrive both.json) -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -Match 'node1 and node2'
        "$warnings" | Should -Match 'OnTransition'
    }

    It 'takes the group''s notification from parameters, and leaves it with the group' {
        $lines = New-VrrpNotification -Fifo /run/g.fifo
        $null = Start-VrrpInstance eth0 41 192.0.2.100 -Name a -SyncGroup wan -SyncGroupNotification $lines
        (Get-VrrpInstance a).SyncGroupNotification | Should -Be 'FIFO /run/g.fifo'
        Set-VrrpInstance a -SyncGroup lan
        (Get-VrrpInstance a).SyncGroupNotification | Should -Be ''
        Get-ErrorOf { Start-VrrpInstance eth1 42 192.0.2.101 -Name b -SyncGroupNotification $lines } | ForEach-Object FullyQualifiedErrorId | Should -BeLike 'InvalidConfiguration,*'
    }

    It 'tells which group cannot be Master together' {
        $nodes = foreach ($priority in @(200, 100), @(100, 200)) {
            New-VrrpConfiguration eth0 41 192.0.2.100 -Name in -Priority $priority[0] -SyncGroup wan
            New-VrrpConfiguration eth1 42 198.51.100.100 -Name out -Priority $priority[1] -SyncGroup wan
        }
        ($nodes | Test-VrrpConfiguration -NodeName a, a, b, b).Code | Should -Contain 'SyncGroupOrder'
    }
}

Describe 'Notifications and the other values as parameters' {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        Use-MemoryEngine
    }

    AfterEach { Stop-AllInstance }

    It 'describes <kind>' -ForEach @(
        @{ kind = 'Command'; arguments = @{ Command = '/bin/x', 'y'; On = 'Master', 'Backup'; User = 'nobody'; Timeout = '5s' }; target = '/bin/x y' }
        @{ kind = 'Fifo'; arguments = @{ Fifo = '/run/f'; PriorityChange = $true }; target = '/run/f' }
        @{ kind = 'EventFile'; arguments = @{ EventFile = '/var/e'; MaxSize = 65536 }; target = '/var/e' }
        @{ kind = 'Mail'; arguments = @{ Mail = 'a@example.org'; From = 'b@example.org'; Server = 'mail.example.org'; NoFault = $true }; target = 'a@example.org through mail.example.org' }
    ) {
        $one = New-VrrpNotification @arguments
        "$($one.Kind)" | Should -Be $kind
        $one.Target | Should -Be $target
        $one | Format-Table | Out-String | Should -Match $kind
        (New-VrrpConfiguration eth0 41 192.0.2.1 -Notification $one).Notification | Should -Not -BeNullOrEmpty
    }

    It 'shows no password of a mail server' {
        $credential = [pscredential]::new('node1', (ConvertTo-SecureString hidden -AsPlainText -Force))
        $mail = New-VrrpNotification -Mail a@example.org -From b@example.org -Server m -Security Tls -Credential $credential
        $mail.User | Should -Be 'node1'
        $mail | Format-List * | Out-String | Should -Not -Match 'hidden'
        $mail | ConvertTo-Json -Depth 5 | Should -Not -Match 'hidden'
        $file = Join-Path $TestDrive mail.json
        New-VrrpConfiguration eth0 41 192.0.2.1 -Notification $mail | Export-VrrpConfiguration $file -WarningAction SilentlyContinue -WarningVariable warnings
        Get-Content -LiteralPath $file -Raw | Should -Not -Match 'hidden'
        "$warnings" | Should -Match 'the mail server''s password is left out'
    }

    It 'refuses <what>' -ForEach @(
        @{ what = 'a program without a path'; script = { New-VrrpNotification x } }
        @{ what = 'a password without TLS'; script = { New-VrrpNotification -Mail a@b -From c@d -Server m -Credential ([pscredential]::new('u', (ConvertTo-SecureString p -AsPlainText -Force))) } }
        @{ what = 'two event files'; script = { New-VrrpConfiguration eth0 41 192.0.2.1 -Notification (New-VrrpNotification -EventFile /a), (New-VrrpNotification -EventFile /b) } }
    ) {
        (Get-ErrorOf $script).FullyQualifiedErrorId | Should -BeLike 'InvalidConfiguration,*'
    }

    It 'changes transport and announcing of a running instance' {
        $null = Start-VrrpInstance eth0 41 192.0.2.1 -Name a -UnicastPeer 192.0.2.9 -PeerTimeToLive '192.0.2.9 min_ttl 254' -UnicastTimeToLive 254 -StrictAddressList
        $a = Get-VrrpInstance a
        $a.PeerTimeToLive | Should -Be '192.0.2.9 min_ttl 254 max_ttl 255'
        $a.UnicastTimeToLive | Should -Be 254
        $a.StrictAddressList | Should -BeTrue
        Set-VrrpInstance a -AnnouncementRepeat '2s', 500ms, 3 -AnnouncementRefresh 30 -AnnouncementRefreshRepeat 2 -AnnouncementInterval 10ms -NoLowerPriorityAnswer -AdvertiseBeforeYielding
        Set-VrrpInstance a -AnnouncementCopy 5 -LowerPriorityAnnouncementCopy 0 -LowerPriorityAnnouncementDelay '5s'
        $a = Get-VrrpInstance a
        $a.AnnouncementRepeat | Should -Be '2s', '500ms', '3s'
        $a.AnnouncementRefreshSeconds | Should -Be 30
        $a.AnnouncementRefreshRepeat | Should -Be 2
        $a.AnnouncementIntervalSeconds | Should -Be 0.01
        $a.NoLowerPriorityAnswer | Should -BeTrue
        $a.AdvertiseBeforeYielding | Should -BeTrue
        $a.AnnouncementCopy, $a.LowerPriorityAnnouncementCopy, $a.LowerPriorityAnnouncementDelaySeconds | Should -Be 5, 0, 5
        (New-VrrpConfiguration eth0 41 192.0.2.1 -MulticastGroup 224.0.0.99).MulticastGroup | Should -Be '224.0.0.99'
        (New-VrrpConfiguration eth0 41 192.0.2.1 -MulticastGroup 224.0.0.18).MulticastGroup | Should -BeNullOrEmpty
        # In a list, PowerShell keeps no typed text.
        (Get-ErrorOf { Set-VrrpInstance a -AnnouncementRepeat 2s, 5 }).FullyQualifiedErrorId | Should -BeLike 'AmbiguousDuration,*'
        Set-VrrpInstance a -AnnouncementRepeat @()
        (Get-VrrpInstance a).AnnouncementRepeat.Count | Should -Be 0
    }
}

Describe 'Sync groups that run' -Tag Namespace -Skip:(-not $able) {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        . $PSScriptRoot/Network.ps1
        New-ScenarioNetwork
        Use-RealEngine
        $namespace = Get-NodeNamespace 1
        $null = Invoke-Ip -n $namespace link add ens34 type veth peer name peer34
        $null = Invoke-Ip -n $namespace addr add 198.51.100.1/24 dev ens34
        $null = Invoke-Ip -n $namespace link set ens34 up
        $null = Invoke-Ip -n $namespace link set peer34 up
    }

    AfterAll {
        Get-Module VrrpPS | Remove-Module
        Remove-ScenarioNetwork
    }

    AfterEach { Stop-AllInstance }

    It 'move together and tell so as one' {
        $events = Join-Path $TestDrive group.json
        $common = @{ NetworkNamespace = $namespace; SyncGroup = 'wan'; AdvertisementInterval = '200ms'; WarningAction = 'SilentlyContinue' }
        $null = Start-VrrpInstance ens33 41 192.168.31.250/24 -Name in @common -SyncGroupNotification (New-VrrpNotification -EventFile $events)
        $null = Start-VrrpInstance ens34 42 198.51.100.100/24 -Name out @common
        $null = Wait-VrrpState in, out -NetworkNamespace $namespace -State Master -Timeout 20s
        $null = Invoke-Ip -n $namespace link set peer34 down
        $held = Wait-VrrpState in -NetworkNamespace $namespace -State Fault -Timeout 20s
        $held.FaultReason | Should -Match 'sync group wan: member out is in Fault'
        $null = Invoke-Ip -n $namespace link set peer34 up
        $null = Wait-VrrpState in, out -NetworkNamespace $namespace -State Master -Timeout 20s
        Stop-VrrpInstance in, out -NetworkNamespace $namespace -Force
        $deadline = [Diagnostics.Stopwatch]::StartNew()
        do { $lines = @(Get-Content -LiteralPath $events | ConvertFrom-Json) } until (($lines.Count -and $lines[-1].to -eq 'Initialize') -or $deadline.Elapsed.TotalSeconds -gt 20)
        $lines.kind | Select-Object -Unique | Should -Be 'GROUP'
        $states = $lines.to -join ' '
        $states | Should -Match '^Backup Master .*Fault .*Master .*Initialize$'
    }
}
