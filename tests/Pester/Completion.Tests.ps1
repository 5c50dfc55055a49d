BeforeAll {
    . $PSScriptRoot/Support.ps1
    Use-MemoryEngine
    $null = Start-VrrpInstance eth0 41 192.0.2.1
    $null = Start-VrrpInstance eth0 42 192.0.2.2 -Name 'odd name'

    function Complete([string] $Line) { (TabExpansion2 $Line $Line.Length).CompletionMatches.CompletionText }
}

AfterAll { Stop-AllInstance }

Describe 'Tab' {
    It 'completes instance names of <_>' -ForEach @(
        'Get-VrrpState', 'Get-VrrpInstance', 'Get-VrrpCounter', 'Get-VrrpHistory', 'Stop-VrrpInstance', 'Set-VrrpInstance', 'Suspend-VrrpInstance'
        'Resume-VrrpInstance', 'Restart-VrrpInstance', 'Clear-VrrpCounter', 'Wait-VrrpState'
    ) {
        Complete "$_ eth" | Should -Be 'eth0-41-v4'
        Complete "$_ -Name " | Should -Be 'eth0-41-v4', "'odd name'"
    }

    It 'completes interfaces' {
        Complete 'Start-VrrpInstance l' | Should -Contain 'lo'
        Complete 'Watch-VrrpAdvert -InterfaceName l' | Should -Contain 'lo'
        Complete 'New-VrrpConfiguration eth0 1 192.0.2.1 -TrackInterface l' | Should -Contain 'lo'
    }

    It 'completes virtual router ids' {
        Complete 'Watch-VrrpAdvert -VirtualRouterId ' | Should -Be '41', '42'
    }

    It 'completes states' {
        Complete 'Wait-VrrpState x -State ' | Should -Be 'Backup', 'Fault', 'Initialize', 'Leaving', 'Master', 'Suspended'
    }

    It 'completes checksum styles' {
        Complete 'Start-VrrpInstance -ChecksumStyle ' | Should -Be 'Auto', 'Both', 'PseudoHeader', 'Rfc9568'
    }

    It 'completes <line>' -ForEach @(
        @{ line = 'Measure-VipFailover '; expected = '192.0.2.1' }
        @{ line = 'Test-VipReachability '; expected = '192.0.2.2' }
        @{ line = 'New-VrrpConfiguration -Version '; expected = '3' }
        @{ line = 'New-VrrpTracker -Process pws'; expected = 'pwsh' }
        @{ line = 'New-VrrpTracker -User roo'; expected = 'root' }
        @{ line = 'New-VrrpNotification -User roo'; expected = 'root' }
        @{ line = 'Register-VrrpService -User roo'; expected = 'root' }
        @{ line = 'Register-VrrpEvent -EventName '; expected = 'SplitBrain' }
        @{ line = 'New-VrrpTracker -InitialState '; expected = 'Up' }
        @{ line = 'Export-VrrpConfiguration -Format '; expected = 'Keepalived' }
        @{ line = 'Watch-VrrpState '; expected = 'eth0-41-v4' }
        @{ line = 'Move-VrrpMaster '; expected = 'eth0-41-v4' }
    ) {
        Complete $line | Should -Contain $expected
    }

    It 'completes the group of an instance' {
        $null = Start-VrrpInstance eth0 43 192.0.2.3 -SyncGroup pair
        Complete 'New-VrrpConfiguration -SyncGroup ' | Should -Be 'pair'
    }

    It 'completes ports that something listens on' {
        $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
        $listener.Start()
        try { Complete 'New-VrrpTracker -Tcp ' | Should -Contain "'127.0.0.1:$($listener.LocalEndpoint.Port)'" }
        finally { $listener.Stop() }
    }

    It 'completes files of the kind that is meant, and folders' {
        foreach ($name in 'a.conf', 'a.json', 'a.pcap', 'a.html', 'a.svg', 'a.txt') { Set-Content (Join-Path $TestDrive $name) '' }
        $null = New-Item -ItemType Directory (Join-Path $TestDrive 'a.folder')
        function Names([string] $Line) { Complete "$Line$TestDrive/a" | ForEach-Object { Split-Path $_ -Leaf } | Sort-Object }
        Names 'Import-VrrpConfiguration ' | Should -Be 'a.conf', 'a.folder', 'a.json'
        Names 'Watch-VrrpAdvert -Path ' | Should -Be 'a.folder', 'a.pcap'
        Names 'Export-VrrpReport ' | Should -Be 'a.folder', 'a.html'
        Names 'Measure-VipFailover 192.0.2.1 -Path ' | Should -Be 'a.folder', 'a.svg'
    }

    It 'completes control sockets where they usually are' {
        $before = $env:XDG_RUNTIME_DIR
        try {
            $env:XDG_RUNTIME_DIR = "$TestDrive"
            Set-Content (Join-Path $TestDrive vrrpps.sock) ''
            Complete 'Get-VrrpState -SocketPath ' | Should -Contain "$TestDrive/vrrpps.sock"
        }
        finally { $env:XDG_RUNTIME_DIR = $before }
    }

    It 'completes services that were registered' {
        Set-Content (Join-Path $TestDrive web.service) 'ExecStart=/usr/bin/vrrpps run'
        Set-Content (Join-Path $TestDrive other.service) 'ExecStart=/usr/bin/other'
        Complete "Unregister-VrrpService -UnitDirectory $TestDrive -Name " | Should -Be 'web'
    }
}
