# The acceptance of the whole: three nodes with the keepalived configurations a user has, through the cmdlets, on real
# interfaces. Needs root.

BeforeDiscovery {
    . $PSScriptRoot/Network.ps1
    $able = Test-NamespaceAbility
}

Describe 'Three nodes share one address' -Tag Namespace -Skip:(-not $able) {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        . $PSScriptRoot/Network.ps1
        $vip = '192.168.31.250'
        $client = Get-ClientNamespace
        New-ScenarioNetwork
        Use-RealEngine

        function Start-Node([int] $Node) {
            Import-VrrpConfiguration (Join-Path $ScenarioPath "node$Node.conf") -NetworkNamespace (Get-NodeNamespace $Node) | Start-VrrpInstance
        }

        function Wait-Node([int] $Node, [string] $State) {
            Wait-VrrpState VRRP1 -NetworkNamespace (Get-NodeNamespace $Node) -State $State -Timeout 15s -ErrorAction Stop
        }
    }

    AfterAll {
        Get-Module VrrpPS | Remove-Module
        Remove-ScenarioNetwork
    }

    It 'elects the highest priority, which alone has the address' {
        $instances = 1..3 | ForEach-Object { Start-Node $_ }
        $instances.State | Should -Be 'Backup', 'Backup', 'Backup'
        $null = Wait-Node 1 Master
        # A Backup has heard the Master once it knows its address.
        $null = Watch-VrrpAdvert -NetworkNamespace $client -Count 1 -Duration 5
        Get-Holder $vip | Should -Be 1
        (Get-VrrpState).State | Should -Be 'Master', 'Backup', 'Backup'
    }

    It 'answers the client, from one hardware address' {
        $seen = Test-VipReachability $vip -NetworkNamespace $client
        $seen.Reachable | Should -BeTrue
        $seen.PingSucceeded | Should -BeTrue
        $seen.ResponderCount | Should -Be 1
        $seen.TcpSucceeded | Should -BeNullOrEmpty
        Test-VipReachability $vip -NetworkNamespace $client -Quiet | Should -BeTrue
        Test-VipReachability 192.168.31.99 -NetworkNamespace $client -Quiet -Timeout 200ms -Count 1 | Should -BeFalse
        # What is wrong stands in the table, and states can be piped in.
        Test-VipReachability $vip -Port 1 -NetworkNamespace $client | Out-String -Width 200 | Should -Match 'nothing listens'
        (Get-VrrpState | Test-VipReachability -NetworkNamespace $client).VirtualIPAddress | Should -Be $vip, $vip, $vip
    }

    It 'shows the advertisements of the Master alone' {
        $file = Join-Path $TestDrive live.pcap
        $adverts = Watch-VrrpAdvert br0 -NetworkNamespace $client -Count 3 -Duration 10s -OutFile $file
        $adverts.Count | Should -Be 3
        $adverts.SourceAddress | Sort-Object -Unique | Should -Be '192.168.31.203'
        $adverts.Priority | Sort-Object -Unique | Should -Be 200
        $adverts.Version | Sort-Object -Unique | Should -Be 2
        $adverts | ForEach-Object { $_.Problem.Count } | Should -Be 0, 0, 0
        @(Watch-VrrpAdvert -Path $file).Count | Should -Be 3
    }

    It 'changes a priority live without leaving the Master role' {
        Set-VrrpInstance VRRP1 -NetworkNamespace (Get-NodeNamespace 1) -Priority 210
        (Get-VrrpState -NetworkNamespace (Get-NodeNamespace 1)).State | Should -Be 'Master'
        (Watch-VrrpAdvert -NetworkNamespace $client -Duration 10s -Count 3).Priority | Should -Contain 210
        (Get-VrrpState -NetworkNamespace (Get-NodeNamespace 1)).TransitionCount | Should -Be 2
    }

    It 'fails over when the Master is stopped, without losing the address' {
        Stop-VrrpInstance VRRP1 -NetworkNamespace (Get-NodeNamespace 1)
        (Wait-Node 2 Master).LastEvent | Should -Be 'MasterResigned'
        Get-Holder $vip | Should -Be 2
        Test-VipReachability $vip -NetworkNamespace $client -Quiet | Should -BeTrue
    }

    It 'comes back to the first node, which preempts' {
        $null = Start-Node 1
        (Wait-Node 1 Master).NewMasterReason | Should -Be 'Preempted'
        $null = Wait-Node 2 Backup
        Test-VipReachability $vip -NetworkNamespace $client -Quiet | Should -BeTrue
    }

    It 'fails over when the Master loses its link, and says why' {
        $seen = [hashtable]::Synchronized(@{ Master = $null })
        $measuring = Start-ThreadJob -ArgumentList $ModulePath, $vip, $client, $seen {
            param($module, $vip, $client, $seen)
            Import-Module $module
            Measure-VipFailover $vip -NetworkNamespace $client -Until { $seen.Master = $_.Master; $_.Outages -ge 1 } -Duration 60s -Summary -InformationAction Ignore
        }
        # The measurement sees the Master before its cable goes.
        $patience = [Diagnostics.Stopwatch]::StartNew()
        while ($seen.Master -ne $NodeAddress[1] -and $patience.Elapsed.TotalSeconds -lt 40) { Start-Sleep -Milliseconds 50 }
        $seen.Master | Should -Be $NodeAddress[1]
        $null = Invoke-Ip -n $client link set port1 down
        (Wait-Node 1 Fault).FaultReason | Should -Match 'ens33'
        $null = Wait-Node 2 Master
        $measured = Receive-Job $measuring -Wait
        Remove-Job $measuring
        $measured.OutageCount | Should -BeGreaterOrEqual 1
        $measured.Outage[0].MasterBefore | Should -Be $NodeAddress[1]
        $measured.Outage[0].Duration | Should -BeGreaterThan ([timespan]'0:0:1')
        $measured.MasterAfter | Should -BeIn $NodeAddress[2], $NodeAddress[3]
        Test-VipReachability $vip -NetworkNamespace $client -Quiet | Should -BeTrue
        $null = Invoke-Ip -n $client link set port1 up
        $null = Wait-Node 1 Master
        $null = Wait-Node 2 Backup
    }

    It 'suspends and resumes' {
        Suspend-VrrpInstance VRRP1 -NetworkNamespace (Get-NodeNamespace 1)
        $null = Wait-Node 2 Master
        (Get-VrrpState -NetworkNamespace (Get-NodeNamespace 1)).State | Should -Be 'Suspended'
        Resume-VrrpInstance VRRP1 -NetworkNamespace (Get-NodeNamespace 1)
        $null = Wait-Node 1 Master
    }

    It 'moves the Master role away, holds back and takes it again when resumed' {
        $moved = Move-VrrpMaster VRRP1 -NetworkNamespace (Get-NodeNamespace 1) -Measure -MeasureNamespace $client -InformationAction Ignore
        $moved | Should -BeOfType VrrpPS.VipMeasurement
        $moved.Lost | Should -Be 0
        $moved.MasterAfter | Should -Not -Be $NodeAddress[1]
        $state = Get-VrrpState -NetworkNamespace (Get-NodeNamespace 1)
        $state.State | Should -Be 'Backup'
        $state.Held | Should -BeTrue
        $state | Out-String | Should -Match '\bheld\b'
        $null = Wait-Node 2 Master
        Test-VipReachability $vip -NetworkNamespace $client -Quiet | Should -BeTrue
        Resume-VrrpInstance VRRP1 -NetworkNamespace (Get-NodeNamespace 1)
        $null = Wait-Node 1 Master
    }

    It 'keeps the history with reasons' {
        $history = Get-VrrpHistory -NetworkNamespace (Get-NodeNamespace 2)
        $history.Event | Should -Contain 'MasterResigned'
        $history.Event | Should -Contain 'MasterTimeout'
        $history.Reason | Should -Not -Contain ''
    }

    It 'waits for an interface that comes later' {
        $namespace = Get-NodeNamespace 3
        $instance = Start-VrrpInstance late0 77 10.77.0.1 -NetworkNamespace $namespace
        $instance.State | Should -Be 'Fault'
        $instance.StatusMessage | Should -Match 'late0'
        $null = Invoke-Ip -n $namespace link add late0 type veth peer name late1
        $null = Invoke-Ip -n $namespace addr add 10.77.0.9/24 dev late0
        $null = Invoke-Ip -n $namespace link set late1 up
        $null = Invoke-Ip -n $namespace link set late0 up
        (Wait-VrrpState late0-77-v4 Master -Timeout 15s).State | Should -Be 'Master'
        Stop-VrrpInstance late0-77-v4 -Force
    }

    It 'refuses priority 255 to a node that does not own the address' {
        (Get-ErrorOf { Start-VrrpInstance ens33 78 192.168.31.77 -Priority 255 -NetworkNamespace (Get-NodeNamespace 3) }).FullyQualifiedErrorId | Should -BeLike 'NotAddressOwner,*'
        Get-VrrpInstance ens33-78* | Should -BeNullOrEmpty
        (Get-ErrorOf { Set-VrrpInstance VRRP1 -NetworkNamespace (Get-NodeNamespace 1) -Priority 255 }).FullyQualifiedErrorId | Should -BeLike 'NotAddressOwner,*'
        (Get-VrrpState -NetworkNamespace (Get-NodeNamespace 1)).State | Should -Be 'Master'
    }

    It 'refuses a namespace that does not exist' {
        (Get-ErrorOf { Start-VrrpInstance eth0 1 192.0.2.1 -NetworkNamespace "$Prefix-nosuch" }).FullyQualifiedErrorId | Should -BeLike 'NamespaceNotFound,*'
    }

    It 'refuses a second speaker for the same virtual router' {
        $failure = Get-ErrorOf { Start-VrrpInstance ens33 41 192.168.31.250/24 -Name other -NetworkNamespace (Get-NodeNamespace 3) }
        $failure.FullyQualifiedErrorId | Should -Match '^(VirtualRouterInUse|DuplicateVirtualRouter),'
    }

    It 'releases everything when the module goes' {
        Get-Module VrrpPS | Remove-Module -WarningAction SilentlyContinue
        Get-Holder $vip | Should -BeNullOrEmpty
        Use-RealEngine
    }

    It 'leaves no address behind when the process is killed' {
        $namespace = Get-NodeNamespace 1
        $start = [Diagnostics.ProcessStartInfo]::new($PwshPath)
        $script = "Import-Module '$ModulePath'; Import-VrrpConfiguration '$ScenarioPath/node1.conf' -NetworkNamespace $namespace | Start-VrrpInstance | Out-Null; `$null = Wait-VrrpState * Master; [Console]::Out.WriteLine('MASTER'); `$null = [Console]::In.ReadLine()"
        foreach ($argument in '-NoProfile', '-NonInteractive', '-Command', $script) { $start.ArgumentList.Add($argument) }
        $start.RedirectStandardOutput = $true
        $start.RedirectStandardError = $true
        $start.RedirectStandardInput = $true
        $child = [pscustomobject]@{ Process = [Diagnostics.Process]::Start($start); Output = [Text.StringBuilder]::new() }
        Wait-Line $child MASTER
        Get-Holder $vip | Should -Be 1
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $child.Process.Kill()
        while ((Get-Holder $vip) -and $watch.Elapsed.TotalSeconds -lt 10) { $null = Watch-VrrpAdvert -NetworkNamespace $client -Duration 20ms }
        Get-Holder $vip | Should -BeNullOrEmpty
        # The lease alone takes two to three seconds; the guard does it at once.
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 1.5
    }
}
