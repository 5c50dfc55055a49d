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
}
