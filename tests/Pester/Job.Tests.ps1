BeforeAll {
    . $PSScriptRoot/Support.ps1
    Use-MemoryEngine
}

Describe 'The job of an instance' {
    BeforeEach { $script:instance = Start-VrrpInstance eth0 41 192.0.2.250 }
    AfterEach { Stop-AllInstance }

    It 'is listed, named after the instance, and shows its state' {
        $job = Get-Job -Name eth0-41-v4
        $job.State | Should -Be 'Running'
        $job.StatusMessage | Should -Be 'Master'
        $job.Location | Should -Be 'eth0'
        $instance.Job.InstanceId | Should -Be $job.InstanceId
    }

    It 'yields events' {
        (Get-MemoryEngine).Raise('eth0-41-v4', 'NearMiss', 'A near miss.')
        Stop-VrrpInstance eth0-41-v4
        $events = Receive-Job -Name eth0-41-v4
        $events | Should -BeOfType VrrpPS.VrrpEvent
        $events.Kind | Should -Contain 'NearMiss'
        $events[-1].Transition.ToState | Should -Be 'Initialize'
    }

    It 'is Completed after Stop-VrrpInstance' {
        Stop-VrrpInstance eth0-41-v4
        (Get-Job -Name eth0-41-v4).State | Should -Be 'Completed'
        $instance.Job | Should -BeNullOrEmpty
    }

    It 'is Stopped after Stop-Job, which stops the instance with a hand-over' {
        Stop-Job -Name eth0-41-v4
        (Get-Job -Name eth0-41-v4).State | Should -Be 'Stopped'
        Get-VrrpInstance | Should -BeNullOrEmpty
        (Get-VrrpHistory eth0-41-v4).ToState | Should -Contain 'Leaving'
    }

    It 'is Failed when the engine fails' {
        (Get-MemoryEngine).Raise('eth0-41-v4', 'EngineFailed', 'The loop ended.')
        $job = Wait-Job -Name eth0-41-v4 -Timeout 20
        $job.State | Should -Be 'Failed'
        { Receive-Job $job -ErrorAction Stop } | Should -Throw 'The loop ended.'
    }

    It 'stays Running in <_>' -ForEach 'Fault', 'Suspended', 'Backup' {
        (Get-MemoryEngine).Elect('eth0-41-v4', $null, $_, 'InterfaceDown', 'As told.')
        $job = Get-Job -Name eth0-41-v4
        $job.State | Should -Be 'Running'
        $job.StatusMessage | Should -Be $_
    }

    It 'goes on through Restart-VrrpInstance' {
        $before = $instance.Job.InstanceId
        Restart-VrrpInstance eth0-41-v4
        (Get-Job -Name eth0-41-v4).State | Should -Be 'Running'
        (Get-VrrpInstance).Job.InstanceId | Should -Be $before
        Stop-VrrpInstance eth0-41-v4
        (Get-Job -Name eth0-41-v4).State | Should -Be 'Completed'
    }

    It 'fails when a restart cannot start again' {
        (Get-MemoryEngine).NextStartRefusal = [VrrpPS.Engine.Errors.VrrpException]::new('KernelRefused', 'no', 'x', $null)
        (Get-ErrorOf { Restart-VrrpInstance eth0-41-v4 }).FullyQualifiedErrorId | Should -BeLike 'KernelRefused,*'
        (Get-Job -Name eth0-41-v4).State | Should -Be 'Failed'
    }

    It 'keeps the last 1000 events for a reader that never comes' {
        $engine = Get-MemoryEngine
        foreach ($number in 1..1200) { $engine.Raise('eth0-41-v4', 'Information', "$number") }
        Stop-VrrpInstance eth0-41-v4
        $events = Receive-Job -Name eth0-41-v4
        $events.Count | Should -Be 1000
        $events[-1].Transition.ToState | Should -Be 'Initialize'
        $events.Message | Should -Contain '1200'
        $events.Message | Should -Not -Contain '1'
    }

    It 'loses only its view when it is removed' {
        Stop-Job -Name eth0-41-v4
        Remove-Job -Name eth0-41-v4
        $null = Start-VrrpInstance eth0 41 192.0.2.250
        { Remove-Job -Name eth0-41-v4 -ErrorAction Stop } | Should -Throw
        (Get-VrrpState).State | Should -Be 'Master'
    }

    It 'is received with -Wait until the instance stops' {
        $engine = Get-MemoryEngine
        $key = [VrrpPS.Engine.Runtime.InstanceKey]::new('eth0-41-v4', [NullString]::Value)
        $stopper = Start-ThreadJob {
            Import-Module $using:ModulePath
            Stop-VrrpInstance eth0-41-v4
        }
        (Receive-Job -Name eth0-41-v4 -Wait)[-1].Transition.ToState | Should -Be 'Initialize'
        $null = $stopper | Wait-Job | Remove-Job
        (Get-MemoryEngine) | Should -Be $engine
    }
}
