# README's transcript, typed again in a child pwsh on its own three hosts. Needs root. The hosts have fixed names there, so
# the run has a mount namespace of its own: nobody else sees its network namespaces, and it sees nobody's.

BeforeDiscovery {
    . $PSScriptRoot/Network.ps1
    $able = (Test-NamespaceAbility) -and (Get-Command unshare -ErrorAction Ignore)
}

Describe 'The transcript in README' -Tag Namespace {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        Push-Location $Root
        $steps = & $PSScriptRoot/Session.ps1 -Commands
    }

    AfterAll { Pop-Location }

    It 'fits 80 columns' {
        $steps.Count | Should -BeGreaterThan 15
        foreach ($step in $steps) { "PS> $($step.Typed)`n$($step.Answer)" -split "`n" | ForEach-Object { $_.Length | Should -BeLessOrEqual 80 -Because $_ } }
    }

    It 'shows every step of the scenario' {
        $all = $steps.Command -join "`n"
        foreach ($command in 'Import-VrrpConfiguration', 'Start-VrrpInstance', 'Wait-VrrpState', 'Get-VrrpState', 'Watch-VrrpAdvert', 'Test-VipReachability', 'Get-VrrpHistory', 'Move-VrrpMaster', 'Stop-VrrpInstance') {
            $all | Should -Match $command
        }
    }

    Describe 'typed again' -Skip:(-not $able) {
        BeforeAll {
            $script = 'mkdir -p /run/netns && mount -t tmpfs none /run/netns && docs/examples/three-hosts.sh up && timeout -k 5 120 "$0" -NoProfile -NonInteractive -File tests/Pester/Session.ps1; code=$?; docs/examples/three-hosts.sh down; exit $code'
            $output = (& unshare --mount --propagation private sh -c $script (Get-Process -Id $PID).Path 2>&1) -join "`n"
            $code = $LASTEXITCODE
            $answers = @([regex]::Split($output, '(?m)^PS> ') | Select-Object -Skip 1)

            # The table's frame: it shows when a view has changed and README has not.
            function Get-Header([string] $Text) {
                $lines = @($Text -split "`n" | ForEach-Object TrimEnd)
                for ($i = 1; $i -lt $lines.Count; $i++) { if ($lines[$i] -match '^ *-+( +-+)+$') { $lines[$i - 1] -replace ' +', ' ' } }
            }

            function Get-Answer([string] $Command, [int] $Time = 0) {
                $index = @(0..($steps.Count - 1) | Where-Object { $steps[$_].Command -like $Command })[$Time]
                $answers[$index]
            }
        }

        It 'runs to its end' {
            $code | Should -Be 0 -Because $output
            $answers.Count | Should -Be $steps.Count -Because $output
            $output | Should -Not -Match '(?m)^\S+-\S+: |Exception'
        }

        It 'answers with the same tables' {
            for ($i = 0; $i -lt $steps.Count; $i++) {
                Get-Header $answers[$i] | Should -Be (Get-Header $steps[$i].Answer) -Because "of $($steps[$i].Command)"
            }
        }

        It 'elects node1, which alone advertises and answers' {
            Get-Answer 'Get-VrrpState' | Should -Match 'VRRP1@node1 +Master +\S+ +200 192\.168\.31\.203'
            ([regex]::Matches((Get-Answer 'Watch-VrrpAdvert*'), '192\.168\.31\.203 +41 +200 +1s 192\.168\.31\.250')).Count | Should -Be 2
            Get-Answer 'Test-VipReachability*laptop' | Should -Match '192\.168\.31\.250 +yes +yes'
        }

        It 'fails over to node2 when the link goes, and says why' {
            Get-Answer 'Get-VrrpState' 1 | Should -Match '(?s)VRRP1@node1 +Fault.*ens33.*VRRP1@node2 +Master'
            # Priorities 199 and 198 wake up 4 ms apart: on a busy machine node3 may be first, and is preempted.
            Get-Answer '*StatusMessage' | Should -Match 'The Master 192\.168\.31\.203 \(priority 200\) was silent|Preempted 192\.168\.31\.202'
            Get-Answer '*-Quiet' | Should -Match 'True'
        }

        It 'comes back, moves and stops' {
            Get-Answer 'Get-VrrpHistory*' | Should -Match '(?s)Master +Fault.*Fault +Backup.*Preempted'
            Get-Answer 'Get-VrrpState' 2 | Should -Match '(?s)VRRP1@node1 +Backup.*held 192.*VRRP1@node2 +Master'
            $answers[-1] | Should -Match '^Stop-VrrpInstance'
        }
    }
}
