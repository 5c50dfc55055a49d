BeforeAll {
    . $PSScriptRoot/Support.ps1
    Use-MemoryEngine
}

Describe 'The pipeline' {
    BeforeEach { $null = Start-VrrpInstance eth0 41 192.0.2.250/24 -Priority 150 }
    AfterEach { Stop-AllInstance }

    Describe 'Set-VrrpInstance' {
        It 'changes only what was typed, not what the piped state shows' {
            (Get-MemoryEngine).LowerPriority('eth0-41-v4', 90)
            (Get-VrrpState).Priority | Should -Be 90
            $changed = Get-VrrpState | Set-VrrpInstance -NoPreempt -PassThru
            $changed.Preempt | Should -BeFalse
            $changed.Priority | Should -Be 150
        }

        It 'takes states, instances and names alike' {
            Get-VrrpState | Set-VrrpInstance -Priority 101
            (Get-VrrpInstance).Priority | Should -Be 101
            Get-VrrpInstance | Set-VrrpInstance -Priority 102
            (Get-VrrpInstance).Priority | Should -Be 102
            'ignored' | ForEach-Object { Set-VrrpInstance eth0-41-v4 -Priority 103 }
            (Get-VrrpInstance).Priority | Should -Be 103
        }

        It 'prints the difference with -WhatIf and changes nothing' {
            $before = Get-VrrpInstance | ConvertTo-Json
            Set-VrrpInstance * -Priority 180 -AdvertisementInterval 2s -VirtualIPAddress 192.0.2.1, 192.0.2.2 -WhatIf
            Get-VrrpInstance | ConvertTo-Json | Should -Be $before
        }

        It 'does nothing when nothing differs' {
            (Get-MemoryEngine).JournalPath = Join-Path $TestDrive 'journal'
            Set-VrrpInstance * -Priority 150
            (Get-MemoryEngine).JournalPath = $null
            Join-Path $TestDrive 'journal' | Should -Not -Exist
        }

        It 'turns a switch off again' {
            Set-VrrpInstance * -NoPreempt
            Set-VrrpInstance * -NoPreempt:$false
            (Get-VrrpInstance).Preempt | Should -BeTrue
        }

        It 'keeps the address family' {
            (Get-ErrorOf { Set-VrrpInstance * -VirtualIPAddress fd00::1 }).FullyQualifiedErrorId | Should -BeLike 'MixedAddressFamily,*'
            (Get-ErrorOf { Set-VrrpInstance * -VirtualIPAddress @() }).FullyQualifiedErrorId | Should -BeLike 'InvalidAddress,*'
        }

        It 'leaves the instance as it is when the new value is refused' {
            (Get-ErrorOf { Set-VrrpInstance * -Priority 0 }).FullyQualifiedErrorId | Should -BeLike 'InvalidPriority,*'
            (Get-VrrpInstance).Priority | Should -Be 150
        }

        It 'exchanges a lease for none and back' {
            Set-VrrpInstance * -AddressLease 5s
            (Get-VrrpInstance).AddressLeaseSeconds | Should -Be 5
            Set-VrrpInstance * -NoAddressLease
            (Get-VrrpInstance).NoAddressLease | Should -BeTrue
            Set-VrrpInstance * -AddressLease 3s
            (Get-VrrpInstance).NoAddressLease | Should -BeFalse
        }

        It 'refuses 50 ms live as well' {
            (Get-ErrorOf { Set-VrrpInstance * -AdvertisementInterval 50ms }).FullyQualifiedErrorId | Should -BeLike 'IntervalUnsafeInSession,*'
        }
    }

    Describe 'Changers' {
        It '<_> emits nothing, and its object with -PassThru' -ForEach 'Suspend-VrrpInstance', 'Resume-VrrpInstance', 'Restart-VrrpInstance', 'Clear-VrrpCounter', 'Stop-VrrpInstance' {
            & $_ eth0-41-v4 | Should -BeNullOrEmpty
            if ($_ -eq 'Stop-VrrpInstance') { $null = Start-VrrpInstance eth0 41 192.0.2.250/24 }
            (& $_ eth0-41-v4 -PassThru).Name | Should -Be 'eth0-41-v4'
        }

        It '<_> does nothing with -WhatIf' -ForEach 'Suspend-VrrpInstance', 'Restart-VrrpInstance', 'Clear-VrrpCounter', 'Stop-VrrpInstance' {
            & $_ eth0-41-v4 -WhatIf
            (Get-VrrpState).State | Should -Be 'Master'
            (Get-VrrpCounter).AdvertisementSent | Should -Be 42
        }

        It 'suspends and resumes' {
            Get-VrrpState | Suspend-VrrpInstance
            (Get-VrrpState).State | Should -Be 'Suspended'
            Get-VrrpInstance | Resume-VrrpInstance
            (Get-VrrpState).State | Should -Be 'Backup'
        }

        It 'moves the Master role and says to whom' {
            Move-VrrpMaster eth0-41-v4 -Verbose 4>&1 | Out-String | Should -Match 'handed over to'
            (Get-VrrpState).State | Should -Be 'Backup'
        }

        It '<_> is refused by name when not Master' -ForEach 'Move-VrrpMaster', 'Send-VrrpAnnouncement' {
            Suspend-VrrpInstance eth0-41-v4
            (Get-ErrorOf { & $_ eth0-41-v4 }).FullyQualifiedErrorId | Should -BeLike 'NotMaster,*'
        }

        It 'announces again' {
            (Send-VrrpAnnouncement eth0-41-v4 -PassThru).Name | Should -Be 'eth0-41-v4'
        }

        It 'clears counters' {
            (Clear-VrrpCounter * -PassThru).AdvertisementSent | Should -Be 0
        }

        It 'keeps the history of a stopped instance' {
            Stop-VrrpInstance eth0-41-v4
            Get-VrrpInstance | Should -BeNullOrEmpty
            (Get-VrrpHistory eth0-41-v4)[-1].ToState | Should -Be 'Initialize'
        }

        It 'reports an instance that stopped meanwhile' {
            $instance = Get-VrrpInstance
            $instance | Stop-VrrpInstance
            (Get-ErrorOf { $instance | Suspend-VrrpInstance }).FullyQualifiedErrorId | Should -BeLike 'InstanceNotFound,*'
            $instance.State | Should -Be 'Initialize'
        }

        It 'warns when nobody took over' {
            (Get-MemoryEngine).Successor = $null
            try { Stop-VrrpInstance * -WarningVariable warned -WarningAction SilentlyContinue }
            finally { (Get-MemoryEngine).Successor = '192.0.2.202' }
            $warned | Should -BeLike "No other router took over*"
        }

        It 'hands ten Masters over side by side' {
            $null = 1..9 | ForEach-Object { Start-VrrpInstance eth0 $_ "192.0.2.$_" }
            $gate = [Threading.Tasks.TaskCompletionSource]::new()
            $engine = Get-MemoryEngine
            $engine.HandoverGate = $gate.Task
            $waiter = Start-ThreadJob {
                # All ten must be leaving before any of them may end.
                $limit = [datetime]::UtcNow.AddSeconds(20)
                while (($using:engine).GetStates().Where({ $_.State -eq 'Leaving' }).Count -lt 10 -and [datetime]::UtcNow -lt $limit) { [Threading.Thread]::Yield() }
                ($using:engine).GetStates().Where({ $_.State -eq 'Leaving' }).Count
                ($using:gate).SetResult()
            }
            Stop-VrrpInstance *
            $engine.HandoverGate = $null
            $waiter | Receive-Job -Wait -AutoRemoveJob | Should -Be 10
            Get-VrrpInstance | Should -BeNullOrEmpty
        }
    }

    Describe 'Readers' {
        It '<_> takes what the others emit' -ForEach 'Get-VrrpInstance', 'Get-VrrpState', 'Get-VrrpCounter', 'Get-VrrpHistory' {
            foreach ($source in (Get-VrrpInstance), (Get-VrrpState), (Get-VrrpCounter), (New-VrrpConfiguration eth0 41 192.0.2.1)) {
                ($source | & $_)[0].Name | Should -Be 'eth0-41-v4'
            }
        }
    }

    Describe 'Wait-VrrpState' {
        It 'returns at once when already there' {
            (Wait-VrrpState eth0-41-v4 -State Fault, Master -Timeout 0).State | Should -Be 'Master'
        }

        It 'wakes up on the change' {
            $engine = Get-MemoryEngine
            $engine.Elect('eth0-41-v4', $null, 'Backup', 'HigherPriorityBackup', 'Another is better.')
            $later = Start-ThreadJob { ($using:engine).Elect('eth0-41-v4', $null, 'Master', 'MasterTimeout', 'Silence.') }
            (Get-VrrpInstance | Wait-VrrpState -State Master -Timeout 20s).StatusMessage | Should -Be 'Silence.'
            $later | Remove-Job -Force
        }

        It 'times out with an error that says the state' {
            $failure = Get-ErrorOf { Wait-VrrpState * Fault -Timeout 50ms }
            $failure.FullyQualifiedErrorId | Should -Be 'OperationTimeout,VrrpPS.Commands.WaitVrrpStateCommand'
            $failure.CategoryInfo.Category | Should -Be 'OperationTimeout'
            $failure.Exception.Message | Should -Match 'Master, not Fault'
        }

        It 'takes <_> for -Timeout' -ForEach 'TimeoutSec', 'TimeoutSeconds' {
            $typed = @{ $_ = 1 }
            @(Wait-VrrpState * Master @typed).Count | Should -Be 1
        }

        It 'reports an instance that is stopped while it waits' {
            $engine = Get-MemoryEngine
            $key = [VrrpPS.Engine.Runtime.InstanceKey]::new('eth0-41-v4', [NullString]::Value)
            $later = Start-ThreadJob { $null = ($using:engine).StopAsync($using:key, [VrrpPS.Engine.Runtime.StopOptions]::Immediately).GetAwaiter().GetResult() }
            (Get-ErrorOf { Wait-VrrpState eth0-41-v4 Fault -Timeout 20s }).FullyQualifiedErrorId | Should -BeLike 'InstanceNotFound,*'
            $null = $later | Wait-Job | Remove-Job
        }

        It 'ends at once on Ctrl+C' {
            $shell = [powershell]::Create([initialsessionstate]::CreateDefault2())
            $null = $shell.AddScript("Import-Module '$ModulePath'; 'ready'; Wait-VrrpState * Fault")
            $output = [Management.Automation.PSDataCollection[psobject]]::new()
            $invocation = $shell.BeginInvoke([Management.Automation.PSDataCollection[psobject]]::new(), $output)
            $null = $output.GetEnumerator().MoveNext()
            $stop = $shell.BeginStop($null, $null)
            $stop.AsyncWaitHandle.WaitOne(10000) | Should -BeTrue
            $invocation.AsyncWaitHandle.WaitOne(10000) | Should -BeTrue
            $shell.Runspace.Close()
            $shell.Dispose()
            (Get-VrrpState).State | Should -Be 'Master'
        }
    }
}
