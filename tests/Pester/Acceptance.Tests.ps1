# The file that users copy, run as they run it: from another machine over SSH, against three hosts with the service. Needs root, sshd.

BeforeDiscovery {
    . $PSScriptRoot/Hosts.ps1
    $obstacle = Get-HostsObstacle sshd, ssh, ssh-keygen, nft
}

Describe 'The acceptance file<note>' -Tag Namespace -ForEach @{ note = $obstacle ? " ($obstacle)" : '' } -Skip:([bool] $obstacle) {
    BeforeAll {
        . $PSScriptRoot/Hosts.ps1
        $seen = Invoke-OnLaptop Acceptance.ps1
        function Get-Failed($Run) { $Run.Tests | Where-Object Result -EQ Failed | ForEach-Object Name }
    }

    It 'accepts three good nodes' {
        $seen.Good.Blocks | Should -Be 0 -Because $seen.Good.Broken
        Get-Failed $seen.Good | Should -BeNullOrEmpty -Because ($seen.Good.Tests.Because -join "`n")
        ($seen.Good.Tests | Where-Object Result -EQ Passed).Count | Should -Be 8
        ($seen.Good.Tests | Where-Object Result -EQ Skipped).Name | Should -Be 'leads to the service'
    }

    It 'sees an address that a Backup has kept' {
        Get-Failed $seen.Bound | Should -Contain 'is bound on the Master alone'
        Get-Failed $seen.Bound | Should -Not -Contain 'has exactly one Master'
    }

    It 'sees two Masters' {
        Get-Failed $seen.Split | Should -Contain 'has exactly one Master' -Because ($seen.Split.Tests | Out-String)
        Get-Failed $seen.Split | Should -Contain 'is answered, by one hardware address'
    }

    It 'leaves the tests that disturb out when asked to' {
        ($seen.Bound.Tests | Where-Object Result -EQ NotRun).Count | Should -Be 4
    }

    It 'is shown with commands over SSH that work' {
        $seen.Documented.Count | Should -Be 2
        $seen.Documented[0].Answer | Should -Match '(?s)node1 +VRRP1 +200 .*node2 +VRRP1 +199 .*node3 +VRRP1 +198 '
    }

    It 'has every test described' {
        $text = Get-Content (Join-Path $PSScriptRoot ../../docs/acceptance.md) -Raw
        $seen.Good.Tests.Name | ForEach-Object { $text | Should -Match "\| $([regex]::Escape($_)) \|" }
    }
}
