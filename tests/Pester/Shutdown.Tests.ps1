# Every way in which a shell can go, each with a real process. The journal shows what the engine was told before the end.

BeforeAll {
    . $PSScriptRoot/Support.ps1

    $startMaster = @'
$null = Start-VrrpInstance eth0 41 192.0.2.250
[Console]::Out.WriteLine('READY')

'@
    $block = @'
$null = [Console]::In.ReadLine()
'@
}

Describe 'A signal' {
    It '<name> hands over and exits with <code>' -ForEach @(
        @{ name = 'TERM'; code = 143 }, @{ name = 'HUP'; code = 129 }, @{ name = 'QUIT'; code = 131 }
    ) {
        $child = Start-TestedProcess ($startMaster + $block)
        Wait-Line $child READY
        & kill "-$name" $child.Process.Id
        $end = Wait-End $child
        $end.ExitCode | Should -Be $code
        $end.Journal | Should -Contain 'eth0-41-v4: Master -> Leaving'
        $end.Journal | Should -Contain 'stopped eth0-41-v4'
        @($end.Journal -eq 'shutdown').Count | Should -Be 1
    }

    It 'TERM waits for a hand-over that takes a while' {
        $child = Start-TestedProcess @"
$startMaster
`$gate = [Threading.Tasks.TaskCompletionSource]::new()
[VrrpPS.TestEngine.MemoryEngineInstaller]::Current.HandoverGate = `$gate.Task
[Console]::Out.WriteLine('GATED')
`$null = [Console]::In.ReadLine()
`$gate.SetResult()
$block
"@
        Wait-Line $child GATED
        & kill -TERM $child.Process.Id
        $child.Process.WaitForExit(1000) | Should -BeFalse
        $child.Process.StandardInput.WriteLine('open the gate')
        $end = Wait-End $child
        $end.ExitCode | Should -Be 143
        $end.Journal | Should -Contain 'stopped eth0-41-v4'
    }

    It 'leaves the default end to a process that never started an instance' {
        $child = Start-TestedProcess "Get-VrrpState; [Console]::Out.WriteLine('READY'); $block"
        Wait-Line $child READY
        & kill -TERM $child.Process.Id
        (Wait-End $child).ExitCode | Should -Be 143
    }

    It 'INT is not ours' {
        [Reflection.Assembly]::LoadFrom((Join-Path $ModulePath 'VrrpPS.dll')).GetType('VrrpPS.Lifecycle.ProcessShutdown').
            GetProperty('Signals', [Reflection.BindingFlags]'NonPublic,Static').GetValue($null).Keys | Sort-Object | Should -Be 'SIGTERM', 'SIGQUIT', 'SIGHUP'
    }
}

Describe 'The end of the script' {
    It 'hands over at <name>' -ForEach @(
        @{ name = 'its end'; last = ''; code = 0 }
        @{ name = 'exit'; last = 'exit 3'; code = 3 }
        @{ name = 'Environment.Exit'; last = '[Environment]::Exit(4)'; code = 4 }
        @{ name = 'an error'; last = 'throw "x"'; code = 1 }
    ) {
        $end = Wait-End (Start-TestedProcess ($startMaster + $last))
        $end.ExitCode | Should -Be $code
        $end.Journal | Should -Contain 'eth0-41-v4: Master -> Leaving'
        $end.Journal | Should -Contain 'stopped eth0-41-v4'
        @($end.Journal -eq 'shutdown').Count | Should -Be 1
    }
}

Describe 'Removing the module' {
    It 'hands over and warns of the Master' {
        $end = Wait-End (Start-TestedProcess ($startMaster + @'
$job = Get-Job -Name eth0-41-v4
Remove-Module VrrpPS
[Console]::Out.WriteLine("REMOVED $($job.State)")
'@))
        $end.ExitCode | Should -Be 0
        $end.Output | Should -Match 'WARNING: .*eth0-41-v4 is Master'
        $end.Output | Should -Match 'REMOVED Stopped'
        @($end.Journal -eq 'shutdown').Count | Should -Be 1
    }

    It 'warns at Import-Module -Force, too, and starts afresh' {
        $end = Wait-End (Start-TestedProcess ($startMaster + @"
Import-Module '$ModulePath' -Force
[Console]::Out.WriteLine("LEFT `$(@(Get-VrrpInstance).Count)")
`$null = Start-VrrpInstance eth0 42 192.0.2.251
[Console]::Out.WriteLine("NEW `$((Get-VrrpState).Name)")
"@))
        $end.ExitCode | Should -Be 0
        $end.Output | Should -Match 'WARNING: .*eth0-41-v4 is Master'
        $end.Output | Should -Match 'LEFT 0'
        $end.Output | Should -Match 'NEW eth0-42-v4'
        @($end.Journal -eq 'shutdown').Count | Should -Be 2
    }

    It 'says nothing when no Master runs' {
        $end = Wait-End (Start-TestedProcess 'Remove-Module VrrpPS')
        $end.Output | Should -Not -Match 'WARNING'
    }

    It 'acts only in the last runspace that has it' {
        $end = Wait-End (Start-TestedProcess ($startMaster + @"
`$other = [powershell]::Create([initialsessionstate]::CreateDefault2())
`$null = `$other.AddScript("Import-Module '$ModulePath'; (Get-VrrpState).State").Invoke() | ForEach-Object { [Console]::Out.WriteLine("OTHER `$_") }
Remove-Module VrrpPS
[Console]::Out.WriteLine('REMOVED')
[Console]::Out.WriteLine(((Get-Content `$env:VRRPPS_TEST_JOURNAL) -contains 'shutdown'))
`$other.Runspace.Close()
[Console]::Out.WriteLine(((Get-Content `$env:VRRPPS_TEST_JOURNAL) -contains 'shutdown'))
"@))
        $end.ExitCode | Should -Be 0
        $end.Output | Should -Match "(?s)OTHER Master.*REMOVED\s+False\s+True"
    }
}

Describe 'Closing a runspace' {
    It 'leaves the Master alone while another runspace has the module' {
        $end = Wait-End (Start-TestedProcess ($startMaster + @"
1..3 | ForEach-Object -Parallel { Import-Module '$ModulePath'; `$null = Get-VrrpState } -ThrottleLimit 3
`$thread = Start-ThreadJob { Import-Module '$ModulePath'; (Get-VrrpState).State }
[Console]::Out.WriteLine("THREAD `$(`$thread | Receive-Job -Wait -AutoRemoveJob)")
[Console]::Out.WriteLine("STATE `$((Get-VrrpState).State) `$((Get-Content `$env:VRRPPS_TEST_JOURNAL) -contains 'shutdown')")
"@))
        $end.ExitCode | Should -Be 0
        $end.Output | Should -Match 'THREAD Master'
        $end.Output | Should -Match 'STATE Master False'
        @($end.Journal -eq 'shutdown').Count | Should -Be 1
    }

    It 'keeps an instance that another runspace started' {
        $end = Wait-End (Start-TestedProcess @"
`$thread = Start-ThreadJob { Import-Module '$ModulePath'; `$null = Start-VrrpInstance eth0 43 192.0.2.253 }
`$null = `$thread | Receive-Job -Wait -AutoRemoveJob
[Console]::Out.WriteLine("STATE `$((Get-VrrpState).State)")
"@)
        $end.Output | Should -Match 'STATE Master'
        $end.Journal | Should -Contain 'stopped eth0-43-v4'
    }
}

Describe 'Stop-Job' {
    It 'hands over before it returns' {
        $end = Wait-End (Start-TestedProcess ($startMaster + @'
Stop-Job -Name eth0-41-v4
[Console]::Out.WriteLine("JOB $((Get-Job -Name eth0-41-v4).State) $((Get-Content $env:VRRPPS_TEST_JOURNAL) -contains 'stopped eth0-41-v4')")
'@))
        $end.Output | Should -Match 'JOB Stopped True'
    }
}
