# The transcripts of README and of the tutorial, typed again in child processes on three hosts of their own. Needs root. The hosts have
# fixed names there, so each run has a mount namespace of its own: nobody else sees its network namespaces, and it sees nobody's.

BeforeDiscovery {
    . $PSScriptRoot/Network.ps1
    $able = (Test-NamespaceAbility) -and (Get-Command unshare -ErrorAction Ignore)
    $pages = @(
        @{
            page  = 'README.md'
            shown = 'Import-VrrpConfiguration', 'Start-VrrpInstance', 'Wait-VrrpState', 'Get-VrrpState', 'Watch-VrrpAdvert', 'Test-VipReachability', 'Get-VrrpHistory', 'Move-VrrpMaster', 'Stop-VrrpInstance'
        }
        @{
            page  = 'docs/tutorial.md'
            shown = 'Test-VrrpEnvironment', 'Start-VrrpInstance', 'New-VrrpTracker', 'Set-VrrpInstance', 'Move-VrrpMaster', 'Resume-VrrpInstance', 'Export-VrrpConfiguration'
        }
    )
}

BeforeAll {
    . $PSScriptRoot/Support.ps1
    . $PSScriptRoot/Document.ps1
    Push-Location $Root

    # Begins to type a page's commands; the answers are fetched later, so that the pages wait for their failovers together.
    function Start-Session([string] $Page) {
        $script = 'mkdir -p /run/netns && mount -t tmpfs none /run/netns && docs/examples/three-hosts.sh up && timeout -k 5 150 "$0" -NoProfile -NonInteractive -File tests/Pester/Session.ps1 "$1"; code=$?; docs/examples/three-hosts.sh down; exit $code'
        $start = [Diagnostics.ProcessStartInfo]::new('unshare')
        foreach ($argument in '--mount', '--propagation', 'private', 'sh', '-c', "exec 2>&1; $script", $PwshPath, $Page) { $start.ArgumentList.Add($argument) }
        $start.RedirectStandardOutput = $true
        $start.WorkingDirectory = $Root
        $process = [Diagnostics.Process]::Start($start)
        [pscustomobject]@{ Process = $process; Output = $process.StandardOutput.ReadToEndAsync() }
    }

    # The table's frame: it shows when a view has changed and the page has not.
    function Get-Header([string] $Text) {
        $lines = @($Text -split "`n" | ForEach-Object TrimEnd)
        for ($i = 1; $i -lt $lines.Count; $i++) { if ($lines[$i] -match '^ *-+( +-+)+$') { $lines[$i - 1] -replace ' +', ' ' } }
    }

    $sessions = @{}
    if ((Test-Path variable:IsLinux) -and $IsLinux -and (id -u) -eq '0' -and (Get-Command unshare -ErrorAction Ignore)) {
        foreach ($page in 'README.md', 'docs/tutorial.md') { $sessions[$page] = Start-Session $page }
    }
}

AfterAll { Pop-Location }

Describe 'The transcript in <page>' -Tag Namespace -ForEach $pages {
    BeforeAll {
        $steps = @(Get-PageTranscript $page)
        $answers = @()
        if ($sessions.ContainsKey($page)) {
            $output = $sessions[$page].Output.GetAwaiter().GetResult()
            $sessions[$page].Process.WaitForExit()
            $code = $sessions[$page].Process.ExitCode
            $answers = @([regex]::Split($output, '(?m)^PS> ') | Select-Object -Skip 1)
        }

        function Get-Answer([string] $Command, [int] $Time = 0) {
            $index = @(0..($steps.Count - 1) | Where-Object { $steps[$_].Command -like $Command })[$Time]
            $answers[$index]
        }
    }

    It 'fits 80 columns' {
        $steps.Count | Should -BeGreaterThan 15
        foreach ($step in $steps) { "PS> $($step.Typed)`n$($step.Answer)" -split "`n" | ForEach-Object { $_.Length | Should -BeLessOrEqual 80 -Because $_ } }
    }

    It 'shows every step that it is there for' {
        $all = $steps.Command -join "`n"
        foreach ($command in $shown) { $all | Should -Match $command }
    }

    Describe 'typed again' -Skip:(-not $able) {
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
            Get-Answer 'Get-VrrpState' | Should -Match '@node1 +Master +\S+ +200 192\.168\.31\.203'
            ([regex]::Matches((Get-Answer 'Watch-VrrpAdvert*'), '192\.168\.31\.203 +\d+ +200 +1s 192\.168\.31\.250')).Count | Should -Be 2
            Get-Answer 'Test-VipReachability*laptop' | Should -Match '192\.168\.31\.250 +yes +yes'
        }

        It 'fails over to node2 when the link goes' {
            Get-Answer 'Get-VrrpState' 1 | Should -Match '(?s)@node1 +Fault.*ens33.*@node2 +Master'
            Get-Answer '*-Quiet' | Should -Match 'True'
        }

        It 'moves the role away' {
            $time = @($steps.Command -eq 'Get-VrrpState').Count - 1
            Get-Answer 'Get-VrrpState' $time | Should -Match '(?s)@node1 +Backup.*held 192.*@node2 +Master'
        }
    }
}

Describe 'What README says of it' -Tag Namespace -Skip:(-not $able) {
    BeforeAll {
        $said = $sessions['README.md'].Output.GetAwaiter().GetResult()
    }

    It 'is why it failed over, and how it came back' {
        # Priorities 199 and 198 wake up 4 ms apart: on a busy machine node3 may be first, and is preempted.
        $said | Should -Match 'The Master 192\.168\.31\.203 \(priority 200\) was silent|Preempted 192\.168\.31\.202'
        $said | Should -Match '(?s)Master +Fault.*Fault +Backup.*Preempted'
    }
}

Describe 'What the tutorial says of it' -Tag Namespace -Skip:(-not $able) {
    BeforeAll {
        $said = $sessions['docs/tutorial.md'].Output.GetAwaiter().GetResult()
    }

    It 'is that the address is bound on node1 alone' {
        $said | Should -Match '(?m)^ens33@\S+ +UP +192\.168\.31\.203/24 192\.168\.31\.250/24'
        $said | Should -Match '(?m)^ens33@\S+ +UP +192\.168\.31\.201/24 *$'
    }

    It 'is that a failed check hands over, and what -WhatIf would change' {
        $said | Should -Match "(?s)@node1 +Fault.*'web-is-up' failed.*@node2 +Master"
        $said | Should -Match 'Priority: 200 -> 210'
    }
}
