# docs/migrating-from-keepalived.md, typed on three hosts that run Debian's keepalived. Needs root, keepalived, sshd.

BeforeDiscovery {
    . $PSScriptRoot/Hosts.ps1
    $obstacle = Get-HostsObstacle keepalived, sshd, ssh, ssh-keygen
}

Describe 'The way from keepalived<note>' -Tag Namespace -ForEach @{ note = $obstacle ? " ($obstacle)" : '' } -Skip:([bool] $obstacle) {
    BeforeAll {
        . $PSScriptRoot/Hosts.ps1
        $seen = Invoke-OnLaptop Migration.ps1
        function Get-Step([string] $Section, [string] $Code, [string] $On = '*') {
            ($seen.Steps | Where-Object { $_.Section -like $Section -and $_.Code -like $Code -and $_.Host -like $On }).Output
        }
    }

    It 'can be gone to its end, and refuses what it says' {
        foreach ($step in $seen.Steps) {
            ($step.ExitCode -ne 0) | Should -Be $step.IsRefused -Because "on $($step.Host) $($step.Code) says $($step.Output)"
        }

        $seen.Steps.Count | Should -Be $seen.Count
        $seen.Count | Should -BeGreaterThan 20
    }

    It 'sees the Master, keepalived or not' {
        Get-Step '1.*' 'Watch*' | Should -Match '192\.168\.31\.203 +41 +200'
        Get-Step '6.*' 'Watch*' | Should -Match '192\.168\.31\.203 +41 +200'
        Get-Step '7.*' 'Watch*' | Should -Match '192\.168\.31\.203 +41 +200'
        foreach ($section in '1.*', '6.*', '7.*') { Get-Step $section 'Watch*' | Should -Match 'PingSucceeded *: True' }
    }

    It 'finds the keepalived of the host, and refuses to start beside it' {
        Get-Step '1.*' 'Test-VrrpEnvironment*' | Should -Match 'keepalived'
        Get-Step '5.*' 'vrrpps run*' | Should -Match 'keepalived'
    }

    It 'plays the failures' {
        Get-Step '2.*' 'Test-VrrpConfiguration*' | Should -Match '(?s)node1.*node2'
    }

    It 'finds no difference between the two files' {
        foreach ($node in 'node1', 'node2', 'node3') { (Get-Step '4.*' '*Compare-Object*' $node).Trim() | Should -BeNullOrEmpty }
    }

    It 'keeps the address reachable all the way' {
        # Where keepalived goes as Master, one skew; the bound is that of a death, for a busy machine.
        $seen.Silence | Should -BeLessThan 4
    }

    It 'ends with one keepalived and two services, and one holder' {
        $seen.Running | Should -Be 'node1 active inactive', 'node2 inactive active', 'node3 inactive active'
        $seen.Holders | Should -Be 'node1'
    }
}
