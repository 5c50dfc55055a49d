#requires -Version 7.4
#requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }, VrrpPS
<#
.SYNOPSIS
    Accepts a virtual address: one Master, bound there alone, answered by one, taken over in time, given back.
.DESCRIPTION
    Copy this file and change what does not fit. Run it as root on a machine of the same link that is none of the nodes; it reaches these by
    PowerShell remoting over SSH. docs/acceptance.md says what the nodes need for it.

    The tests with the tag Disturbs move the role and kill the service of the Master: leave them out with -ExcludeTagFilter Disturbs where clients
    must not notice.
.EXAMPLE
    $nodes = @{ VirtualIPAddress = '192.168.31.250'; HostName = 'node1', 'node2', 'node3' }
    Invoke-Pester -Container (New-PesterContainer ./acceptance.Tests.ps1 -Data $nodes) -Output Detailed
#>
param(
    # The address that clients use.
    [Parameter(Mandatory)]
    [string] $VirtualIPAddress,

    # The nodes, as ssh knows them.
    [Parameter(Mandatory)]
    [string[]] $HostName,

    # The instance that holds the address.
    [string] $Name = '*',

    # The longest silence that clients may see when the Master dies: three intervals, the skew and a little more.
    [timespan] $Within = '0:00:05',

    # The longest silence when the role is moved on purpose: one lost ping, not more.
    [timespan] $MoveWithin = '0:00:00.5',

    # Something that the service behind the address answers with success.
    [uri] $Uri,

    # Further parameters of New-PSSession, such as UserName, KeyFilePath, Options.
    [hashtable] $Connection = @{}
)

BeforeAll {
    $nodes = New-PSSession -HostName $HostName @Connection -ErrorAction Stop
    Invoke-Command -Session $nodes { Import-Module VrrpPS -ErrorAction Stop }

    # Who is what, one object per node. Enumerations become text on the node: they arrive as numbers otherwise.
    function Get-Node {
        Invoke-Command -Session $nodes -ArgumentList $Name, $VirtualIPAddress {
            param($name, $address)
            # A service that does not run, or not yet, is a state as well.
            $state = Get-VrrpState $name -Service -ErrorAction Ignore | Where-Object { $_.VirtualIPAddress.IPAddress -contains $address }
            [pscustomobject]@{
                Name    = $state.Name
                State   = $state ? "$($state.State)" : 'Stopped'
                Held    = $state.Held
                Reason  = $state.StatusMessage
                IsBound = [bool](ip -oneline address show to "$address")
            }
        } | Sort-Object PSComputerName
    }

    function Get-Master { Get-Node | Where-Object State -EQ Master }

    # Waits until exactly one node is Master and all the others are Backup: a node may just be on its way.
    function Wait-Settled([timespan] $Timeout = '0:00:30') {
        $clock = [Diagnostics.Stopwatch]::StartNew()
        do {
            $all = Get-Node
            $isSettled = @($all | Where-Object State -EQ Master).Count -eq 1 -and @($all | Where-Object State -NotIn Master, Backup).Count -eq 0
        } until ($isSettled -or $clock.Elapsed -gt $Timeout)
        $all
    }

    # The longest time that pings were not answered while something happened, and until all nodes had their places again.
    function Measure-Silence([scriptblock] $Change) {
        $end = [Threading.ManualResetEventSlim]::new()
        $job = Start-ThreadJob -ArgumentList $VirtualIPAddress, $end {
            param($address, $end)
            $ping = [Net.NetworkInformation.Ping]::new()
            $worst = [timespan]::Zero
            $silent = [Diagnostics.Stopwatch]::StartNew()
            do {
                $isEnd = $end.Wait(20)
                $isAnswered = $ping.Send($address, 100).Status -eq 'Success'
                if ($silent.Elapsed -gt $worst) { $worst = $silent.Elapsed }
                if ($isAnswered) { $silent.Restart() }
            } until ($isEnd)
            $worst
        }
        try {
            $null = & $Change
            $null = Wait-Settled
        }
        finally {
            $end.Set()
            $silence = $job | Receive-Job -Wait
            $job | Remove-Job
        }

        $silence
    }

    function Get-Session($Node) { $nodes | Where-Object ComputerName -EQ $Node.PSComputerName }

    $before = Wait-Settled
}

AfterAll { $nodes | Remove-PSSession }

Describe 'The virtual address' {
    It 'has exactly one Master' {
        $all = Get-Node
        @($all).Count | Should -Be $HostName.Count
        @($all | Where-Object State -EQ Master).Count | Should -Be 1 -Because ($all | Out-String)
        @($all | Where-Object State -EQ Backup).Count | Should -Be ($HostName.Count - 1) -Because ($all | Out-String)
    }

    It 'is bound on the Master alone' {
        $all = Get-Node
        ($all | Where-Object IsBound).PSComputerName | Should -Be ($all | Where-Object State -EQ Master).PSComputerName
    }

    It 'is answered, by one hardware address' {
        $seen = Test-VipReachability $VirtualIPAddress
        $seen.PingSucceeded | Should -BeTrue
        $seen.ResponderCount | Should -Be 1 -Because "the answers came from $($seen.ResponderMacAddress)"
    }

    It 'is advertised by one router, with nothing wrong' {
        $adverts = Watch-VrrpAdvert -Count 3 -Duration 15s | Where-Object { $_.VirtualIPAddress -contains $VirtualIPAddress }
        @($adverts.SourceAddress | Sort-Object -Unique).Count | Should -Be 1
        $adverts.Problem | Should -BeNullOrEmpty
    }

    It 'leads to the service' -Skip:(-not $Uri) {
        (Test-VipReachability $VirtualIPAddress -Uri $Uri).HttpStatus | Should -BeIn (200..399)
    }

    It 'moves to another node when asked to, and clients do not notice' -Tag Disturbs {
        $master = Get-Master
        $silence = Measure-Silence { Invoke-Command -Session (Get-Session $master) -ArgumentList $master.Name { Move-VrrpMaster $args[0] -Service -ErrorAction Stop } }
        (Get-Master).PSComputerName | Should -Not -Be $master.PSComputerName
        $silence | Should -BeLessThan $MoveWithin
    }

    It 'comes back when the node takes part again' -Tag Disturbs {
        $held = Get-Node | Where-Object Held
        $silence = Measure-Silence {
            foreach ($node in $held) {
                Invoke-Command -Session (Get-Session $node) -ArgumentList $node.Name {
                    Resume-VrrpInstance $args[0] -Service -ErrorAction Stop
                    # A node that does not preempt stays Backup: take this line away then.
                    $null = Wait-VrrpState $args[0] -State Master -Service -Timeout 30s -ErrorAction Stop
                }
            }
        }
        (Get-Master).PSComputerName | Should -Be ($before | Where-Object State -EQ Master).PSComputerName
        $silence | Should -BeLessThan $MoveWithin
    }

    It 'is taken over in time when the Master dies' -Tag Disturbs {
        $master = Get-Master
        $silence = Measure-Silence {
            Invoke-Command -Session (Get-Session $master) {
                # With Restart= in the unit systemd starts it again; nothing here depends on that.
                $id = systemctl show vrrpps --property=MainPID --value
                Stop-Process -Id $id -Force -ErrorAction Stop
            }
            $clock = [Diagnostics.Stopwatch]::StartNew()
            while (-not (Test-VipReachability $VirtualIPAddress -Count 1 -Timeout 200ms -Quiet) -and $clock.Elapsed.TotalSeconds -lt 30) { }
            Invoke-Command -Session (Get-Session $master) { systemctl start vrrpps }
        }
        $silence | Should -BeLessThan $Within
        (Test-VipReachability $VirtualIPAddress).ResponderCount | Should -Be 1
    }

    It 'comes back to the node that died' -Tag Disturbs {
        # Where nodes do not preempt, any of them may be Master: wait for nothing then, and compare the count.
        $expected = ($before | Where-Object State -EQ Master).PSComputerName
        $clock = [Diagnostics.Stopwatch]::StartNew()
        do {
            $all = Wait-Settled
            # Who hands over serves on for a moment, until its successor is heard.
            $holders = @($all | Where-Object { $_.State -eq 'Master' -or $_.IsBound }).PSComputerName
        } until ("$holders" -eq $expected -or $clock.Elapsed.TotalSeconds -gt 30)
        ($all | Where-Object State -EQ Master).PSComputerName | Should -Be $expected
        ($all | Where-Object IsBound).PSComputerName | Should -Be ($all | Where-Object State -EQ Master).PSComputerName
    }
}
