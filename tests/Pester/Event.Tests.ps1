BeforeAll {
    . $PSScriptRoot/Support.ps1
    Use-MemoryEngine

    # Waits for what another thread does; the bound is reached by a failing test only.
    function Wait-Until([scriptblock] $Condition, [string] $What) {
        $deadline = [Diagnostics.Stopwatch]::StartNew()
        while (-not (& $Condition)) {
            if ($deadline.Elapsed.TotalSeconds -gt 20) {
                throw "Not within 20 s: $What"
            }

            Start-Sleep -Milliseconds 20
        }
    }
}

Describe 'Register-VrrpEvent' {
    AfterEach {
        Get-EventSubscriber | Unregister-Event
        Get-Event | Remove-Event
        Stop-AllInstance
    }

    It 'queues transitions of instances that start later, until it is unregistered' {
        Register-VrrpEvent -SourceIdentifier vrrp | Should -BeNullOrEmpty
        Start-VrrpInstance eth0 41 192.0.2.250 | Out-Null
        Wait-Until { @(Get-Event -SourceIdentifier vrrp -ErrorAction Ignore).Count -eq 2 } 'two transitions'
        $told = (Get-Event -SourceIdentifier vrrp).SourceEventArgs
        $told | Should -BeOfType VrrpPS.VrrpEventArgs
        $told.Name | Should -Be 'eth0-41-v4', 'eth0-41-v4'
        # PowerShell may queue the later one first.
        $told.Transition.ToState | Sort-Object { "$_" } | Should -Be 'Backup', 'Master'
        Get-Event | Remove-Event
        Unregister-Event -SourceIdentifier vrrp
        (Get-MemoryEngine).Elect('eth0-41-v4', $null, 'Backup', 'HigherPriorityBackup', 'As told.')
        Register-VrrpEvent -SourceIdentifier after
        (Get-MemoryEngine).Elect('eth0-41-v4', $null, 'Master', 'MasterTimeout', 'As told.')
        Wait-Event -SourceIdentifier after -Timeout 20 | Should -Not -BeNullOrEmpty
        Get-Event -SourceIdentifier vrrp -ErrorAction Ignore | Should -BeNullOrEmpty
    }

    It 'runs an action with the event and the message data' {
        $seen = [Collections.Concurrent.ConcurrentQueue[string]]::new()
        $job = Register-VrrpEvent eth0-* -SourceIdentifier act -MessageData $seen -Action { $Event.MessageData.Enqueue("$($EventArgs.Transition)") }
        $job | Should -BeOfType Management.Automation.PSEventJob
        Start-VrrpInstance eth0 41 192.0.2.250 | Out-Null
        Start-VrrpInstance eth1 42 192.0.2.251 | Out-Null
        Wait-Until { $seen.Count -eq 2 } 'two transitions of eth0'
        # PowerShell may run a later event's action first.
        $seen | Sort-Object | Should -Be 'eth0-41-v4: Backup -> Master (MasterTimeout)', 'eth0-41-v4: Initialize -> Backup (Startup)'
    }

    It 'tells <_> apart from transitions' -ForEach 'SplitBrain', 'NearMiss', 'LeaseLost' {
        Register-VrrpEvent -EventName $_ -SourceIdentifier trouble
        Register-VrrpEvent -EventName Transition -SourceIdentifier change
        Start-VrrpInstance eth0 41 192.0.2.250 | Out-Null
        Wait-Until { @(Get-Event -SourceIdentifier change -ErrorAction Ignore).Count -eq 2 } 'the two transitions of the start'
        Get-Event | Remove-Event
        (Get-MemoryEngine).Raise('eth0-41-v4', 'Information', 'Nothing.')
        (Get-MemoryEngine).Raise('eth0-41-v4', $_, 'Something.')
        $found = Wait-Event -SourceIdentifier trouble -Timeout 20
        $found.SourceEventArgs.Kind | Should -Be $_
        $found.SourceEventArgs.Message | Should -Be 'Something.'
        @(Get-Event -SourceIdentifier trouble).Count | Should -Be 1
        Get-Event -SourceIdentifier change -ErrorAction Ignore | Should -BeNullOrEmpty
    }

    It 'ends by itself after -MaxTriggerCount' {
        Start-VrrpInstance eth0 41 192.0.2.250 | Out-Null
        Register-VrrpEvent -EventName NearMiss -SourceIdentifier once -MaxTriggerCount 1
        (Get-MemoryEngine).Raise('eth0-41-v4', 'NearMiss', 'First.')
        Wait-Until { -not (Get-EventSubscriber -SourceIdentifier once -ErrorAction Ignore) } 'the end of the subscription'
        (Get-MemoryEngine).Raise('eth0-41-v4', 'NearMiss', 'Second.')
        Register-VrrpEvent -EventName NearMiss -SourceIdentifier after
        (Get-MemoryEngine).Raise('eth0-41-v4', 'NearMiss', 'Third.')
        Wait-Until { Get-Event -SourceIdentifier after -ErrorAction Ignore } 'the third'
        @(Get-Event -SourceIdentifier once).Count | Should -Be 1
    }

    It 'hides a support event and changes nothing with -WhatIf' {
        Register-VrrpEvent -SourceIdentifier hidden -SupportEvent -Action { }
        Get-EventSubscriber | Should -BeNullOrEmpty
        @(Get-EventSubscriber -Force | Where-Object SourceIdentifier -EQ hidden).Count | Should -Be 1
        Get-EventSubscriber -Force | Where-Object SourceIdentifier -EQ hidden | Unregister-Event -Force
        Register-VrrpEvent -SourceIdentifier none -WhatIf
        Get-EventSubscriber -Force | Should -BeNullOrEmpty
    }
}

Describe '-OnTransition' {
    AfterEach { Stop-AllInstance }

    It 'runs for each transition, in order, with $_ and $using:' {
        $seen = [Collections.Concurrent.ConcurrentQueue[string]]::new()
        $table = @{ Mark = @('a', 'b') }
        Start-VrrpInstance eth0 41 192.0.2.250 -OnTransition { ($using:seen).Enqueue("$($_.ToState) $(($using:table.Mark).Count) $PID") } | Out-Null
        for ($i = 0; $i -lt 20; $i++) {
            (Get-MemoryEngine).Elect('eth0-41-v4', $null, ($i % 2 ? 'Master' : 'Backup'), 'MasterTimeout', 'As told.')
        }

        Stop-VrrpInstance eth0-41-v4
        Wait-Until { $seen.Count -ge 24 } 'all transitions'
        $states = $seen.ToArray() -replace ' .*'
        $states | Should -Be (@('Backup', 'Master') + (0..19 | ForEach-Object { $_ % 2 ? 'Master' : 'Backup' }) + @('Leaving', 'Initialize'))
        $seen.ToArray()[0] | Should -Be "Backup 2 $PID"
    }

    It 'runs while the session is busy' {
        $seen = [Collections.Concurrent.ConcurrentQueue[string]]::new()
        Start-VrrpInstance eth0 41 192.0.2.250 -OnTransition { ($using:seen).Enqueue("$($_.ToState)") } | Out-Null
        # No pipeline of this session ends in between.
        $waited = [Threading.SpinWait]::SpinUntil([Func[bool]] { $seen.Count -eq 2 }, 20000)
        $waited | Should -BeTrue
    }

    It 'makes a failing script a warning of the job, and goes on' {
        $seen = [Collections.Concurrent.ConcurrentQueue[string]]::new()
        Start-VrrpInstance eth0 41 192.0.2.250 -OnTransition {
            ($using:seen).Enqueue("$($_.ToState)")
            Write-Error 'small'
            if ("$($_.ToState)" -eq 'Backup') { throw 'great' }
        } | Out-Null
        Wait-Until { $seen.Count -eq 2 } 'both runs'
        Wait-Until { @(Receive-Job -Name eth0-41-v4 -Keep | Where-Object Kind -EQ NotificationFailed).Count -eq 3 } 'the three reports'
        $told = Receive-Job -Name eth0-41-v4 | Where-Object Kind -EQ NotificationFailed
        $told.IsWarning | Should -Not -Contain $false
        "$($told.Message)" | Should -Match 'great'
        "$($told.Message)" | Should -Match 'small'
    }

    It 'stops a script that takes too long, and runs the next' {
        $seen = [Collections.Concurrent.ConcurrentQueue[string]]::new()
        Start-VrrpInstance eth0 41 192.0.2.250 -OnTransitionTimeout 500ms -OnTransition {
            if ("$($_.ToState)" -eq 'Backup') { Start-Sleep 300 }
            ($using:seen).Enqueue("$($_.ToState)")
        } | Out-Null
        Wait-Until { $seen.Count -eq 1 } 'the run after the stopped one'
        $seen.ToArray() | Should -Be 'Master'
        "$((Receive-Job -Name eth0-41-v4 | Where-Object Kind -EQ NotificationFailed).Message)" | Should -Match 'did not end within'
    }

    It 'is taken from a configuration, changed, shown, taken away, and kept by a restart' {
        $seen = [Collections.Concurrent.ConcurrentQueue[string]]::new()
        $configuration = New-VrrpConfiguration eth0 41 192.0.2.250 -OnTransition { ($using:seen).Enqueue("first $($_.ToState)") }
        $configuration.OnTransition | Should -Match 'first'
        $configuration | Start-VrrpInstance | Out-Null
        Wait-Until { $seen.Count -eq 2 } 'the first script'
        Set-VrrpInstance eth0-41-v4 -OnTransition { ($using:seen).Enqueue("second $($_.ToState)") }
        (Get-VrrpInstance eth0-41-v4).OnTransition | Should -Match 'second'
        Restart-VrrpInstance eth0-41-v4
        Wait-Until { $seen.Count -eq 6 } 'the second script through a restart'
        $seen.ToArray()[2..5] | Should -Be 'second Leaving', 'second Initialize', 'second Backup', 'second Master'
        Set-VrrpInstance eth0-41-v4 -OnTransition $null
        (Get-VrrpInstance eth0-41-v4).OnTransition | Should -BeNullOrEmpty
        Stop-VrrpInstance eth0-41-v4
        $seen.Count | Should -Be 6
    }

    It 'does not keep the engine alive, also when its script imports the module' {
        $child = Start-TestedProcess @"
`$seen = [Collections.Concurrent.ConcurrentQueue[string]]::new()
Start-VrrpInstance eth0 41 192.0.2.250 -OnTransition { Import-Module '$ModulePath'; (`$using:seen).Enqueue("`$(`$_.ToState)") } | Out-Null
while (`$seen.Count -lt 2) { Start-Sleep -Milliseconds 20 }
Remove-Module VrrpPS
"removed after `$(@(Get-Content -LiteralPath `$env:VRRPPS_TEST_JOURNAL)[-1])"
"@
        Wait-Line $child 'removed after dispose'
        (Wait-End $child).ExitCode | Should -Be 0
    }
}

Describe 'Notification parameters' {
    AfterEach { Stop-AllInstance }

    It 'are taken over, shown, changed and emptied' {
        $instance = Start-VrrpInstance eth0 41 192.0.2.250 -NotifyCommand /bin/echo, 'a b' -NotifyFifo /run/f -EventFile /var/log/e.json
        $instance.Notification | Should -Be 'command /bin/echo a b, FIFO /run/f, event file /var/log/e.json'
        Set-VrrpInstance eth0-41-v4 -NotifyCommand @() -EventFile ''
        (Get-VrrpInstance eth0-41-v4).Notification | Should -Be 'FIFO /run/f'
    }

    It 'refuse a program without its path' {
        (Get-ErrorOf { Start-VrrpInstance eth0 41 192.0.2.250 -NotifyCommand notify.sh }).FullyQualifiedErrorId | Should -BeLike 'InvalidConfiguration,*'
    }
}
