BeforeDiscovery {
    $types = 'VrrpInstance', 'VrrpConfiguration', 'VrrpState', 'VrrpTransition', 'VrrpCounter', 'VrrpEvent', 'VrrpAddressState', 'VrrpTrackerState', 'VrrpAdvert', 'VipReachability', 'VipMeasurement', 'VipOutage', 'VipMasterChange'
    $types += 'VrrpTracker', 'VrrpNotification', 'VrrpFinding', 'VrrpElectionOutcome', 'VrrpOrphan', 'VrrpService'
}

BeforeAll {
    . $PSScriptRoot/Support.ps1
    . $PSScriptRoot/Capture.ps1
    Use-MemoryEngine
    $instance = Start-VrrpInstance eth0 41 192.168.31.250/24, 192.168.31.251/24 -TrackInterface eth1
    $null = Start-VrrpInstance eth0 42 fe80::1, fd00:31::250/64 -NetworkNamespace web
    (Get-MemoryEngine).Elect('eth0-42-v6', 'web', 'Fault', 'InterfaceDown', 'eth0 has no carrier: the cable is out, the switch port is off, or the other end is down')
    $null = Wait-VrrpState -NetworkNamespace web -State Fault -Timeout 10
    $reachability = [VrrpPS.VipReachability]@{
        VirtualIPAddress = '192.168.31.250'; Reachable = $true; PingSucceeded = $true; Latency = [timespan]::FromMilliseconds(0.2)
        ResponderMacAddress = [VrrpPS.VrrpList]::ToVrrpList([string[]]('02:00:00:00:00:01', '02:00:00:00:00:02')); ResponderCount = 2; Timestamp = Get-Date
    }
    $state = Get-VrrpState
    $nodes = (New-VrrpConfiguration eth0 41 192.0.2.250 -Priority 150), (New-VrrpConfiguration eth0 41 192.0.2.250)
    $outage = [VrrpPS.VipOutage]@{
        VirtualIPAddress = '192.168.31.250'; Start = Get-Date; End = (Get-Date).AddSeconds(3.2); Duration = [timespan]::FromSeconds(3.2); Uncertainty = [timespan]::FromMilliseconds(10)
        Lost = 320; Symptom = 'no answer'; MasterBefore = '192.168.31.203'; MasterAfter = '192.168.31.201'
    }
    $change = [VrrpPS.VipMasterChange]@{ Time = Get-Date; MasterBefore = '192.168.31.203'; MasterAfter = '192.168.31.201'; MacAddressAfter = '02:00:00:00:00:01' }
    $measured = [VrrpPS.VipMeasurement]@{
        VirtualIPAddress = '192.168.31.250'; Method = 'Ping'; Start = Get-Date; End = (Get-Date).AddSeconds(10); Duration = [timespan]'0:0:10'; Interval = [timespan]::FromMilliseconds(10)
        Timeout = [timespan]::FromMilliseconds(250); Sent = 1000; Answered = 680; OutageCount = 1; LongestOutage = $outage.Duration; TotalOutage = $outage.Duration; Skipped = 0
        Lateness = [timespan]::FromMilliseconds(1); Outage = [VrrpPS.VrrpList]::ToVrrpList([VrrpPS.VipOutage[]]$outage)
        MasterChange = [VrrpPS.VrrpList]::ToVrrpList([VrrpPS.VipMasterChange[]]$change); MasterBefore = '192.168.31.203'; MasterAfter = '192.168.31.201'; Latency = [timespan]::FromMilliseconds(0.2)
    }
    $service = [VrrpPS.VrrpService]@{
        Name = 'web'; UnitPath = '/etc/systemd/system/web.service'; ConfigurationPath = '/etc/vrrpps'; ServicePath = '/usr/bin/vrrpps'
        Capability = [VrrpPS.VrrpList]::ToVrrpList([string[]]('CAP_NET_ADMIN', 'CAP_NET_RAW'))
    }
    $samples = @{
        VrrpInstance = Get-VrrpInstance; VrrpConfiguration = New-VrrpConfiguration eth0 9 10.0.0.1; VrrpState = $state; VrrpTransition = Get-VrrpHistory
        VrrpCounter = Get-VrrpCounter; VrrpEvent = Receive-Job -Name eth0-41-v4 -Keep; VrrpAddressState = $state.VirtualIPAddress; VrrpTrackerState = $state.Tracker
        VrrpAdvert = Watch-VrrpAdvert -Path (New-Capture); VipReachability = $reachability
        VipMeasurement = $measured; VipOutage = $outage; VipMasterChange = $measured.MasterChange
        VrrpTracker = New-VrrpTracker -Tcp 127.0.0.1:80; VrrpNotification = New-VrrpNotification -Command /bin/true
        VrrpFinding = [VrrpPS.VrrpFinding]@{ Code = 'SingleNode'; Severity = 'Warning'; Subject = 'a'; Message = 'There is one.'; Fix = 'Add one.' }
        VrrpElectionOutcome = $nodes | Test-VrrpConfiguration | Where-Object Code -EQ ElectionOutcome
        VrrpOrphan = [VrrpPS.VrrpOrphan]@{ Kind = 'Address'; Target = '192.0.2.1/24'; AddressFamily = 'IPv4'; IPAddress = '192.0.2.1'; InterfaceName = 'eth0'; ValidLifetime = [timespan]'0:0:2' }
        VrrpService = $service
    }
}

AfterAll { Stop-AllInstance }

Describe '<_>' -ForEach $types {
    BeforeAll { $sample = $samples[$_] }

    It 'has a sample of that type' {
        $sample | Should -Not -BeNullOrEmpty
        $sample[0].GetType().FullName | Should -Be "VrrpPS.$_"
    }

    It 'survives ConvertTo-Json' {
        foreach ($item in $sample) {
            $json = $item | ConvertTo-Json -Depth 3 -WarningVariable cut -WarningAction SilentlyContinue
            $cut | Should -BeNullOrEmpty
            $back = $json | ConvertFrom-Json -AsHashtable
            foreach ($property in $item.GetType().GetProperties()) {
                $back.Keys | Should -Contain $property.Name
                $value = $property.GetValue($item)
                if ($value -is [enum]) { $back[$property.Name] | Should -Be "$value" }
                if ($value -is [string] -or $value -is [int] -or $value -is [double] -or $value -is [bool]) { $back[$property.Name] | Should -Be $value }
            }
            $json | Should -Not -Match '"(VRID|VIP|InterfaceAlias|Job)"'
        }
    }

    It 'survives Export-Csv' {
        $csv = $sample | ConvertTo-Csv | ConvertFrom-Csv
        foreach ($row in $csv) {
            foreach ($cell in $row.PSObject.Properties) {
                $cell.Value | Should -Not -Match 'VrrpPS\.|System\.'
            }
        }
    }

    It 'fits a table of 80 columns' {
        $lines = ($sample | Format-Table | Out-String -Width 80) -split "`n"
        $lines.Where({ $_ -match '^-|^ *-' }).Count | Should -BeGreaterThan 0
        foreach ($line in $lines) { ($line -replace '\e\[[0-9;]*m').Length | Should -BeLessOrEqual 80 }
    }

    It 'is a table by default or a list when asked, without an error' {
        $Error.Clear()
        $list = $sample | Format-List | Out-String
        $list | Should -Match ' : '
        $null = $sample | Out-String
        $Error.Count | Should -Be 0
        $list | Should -Not -Match '#ERR'
        ($sample | Format-Table | Out-String) | Should -Not -Match '#ERR'
    }
}

Describe 'Colour' {
    BeforeAll { $before = $PSStyle.OutputRendering }
    AfterEach { $PSStyle.OutputRendering = $before }

    It 'marks states when the output is rendered with ANSI' {
        $PSStyle.OutputRendering = 'Ansi'
        $text = Get-VrrpState | Out-String
        $text | Should -Match "\e\[32mMaster"
        $text | Should -Match "\e\[31mFault"
    }

    It 'is left out of plain text' {
        $PSStyle.OutputRendering = 'PlainText'
        Get-VrrpState | Out-String | Should -Not -Match "\e"
    }
}

Describe 'Hidden members' {
    It 'has the aliases and the job where they can be typed' {
        $instance.VRID | Should -Be 41
        $instance.InterfaceAlias | Should -Be 'eth0'
        $instance.VIP | Should -Be '192.168.31.250/24', '192.168.31.251/24'
        (Get-VrrpState eth0-41-v4).VRID | Should -Be 41
        $instance.Job | Should -BeOfType VrrpPS.Jobs.VrrpJob
        $instance.Job.Name | Should -Be 'eth0-41-v4'
    }
}

Describe 'What a table says' {
    It 'shows an age in the table and the exact time in the list' {
        Get-VrrpHistory | Format-Table | Out-String | Should -Match 'Ago'
        Get-VrrpHistory | Format-List | Out-String | Should -Match 'Time +: \d{4}-\d\d-\d\dT'
    }

    It 'shows the fault in place of the addresses' {
        ((Get-VrrpState -NetworkNamespace web | Format-Table | Out-String -Width 80) -replace '\s+', '') | Should -Match 'eth0hasnocarrier'
    }

    It 'ages <seconds> s as <text>' -ForEach @(
        @{ seconds = 0.5; text = 'now' }, @{ seconds = 119; text = '119s' }, @{ seconds = 120; text = '2m' }, @{ seconds = 7199; text = '119m' }
        @{ seconds = 7200; text = '2h' }, @{ seconds = 172800; text = '2d' }
    ) {
        $now = [datetimeoffset]::UnixEpoch
        [VrrpPS.Formatting.ViewText]::Age($now.AddSeconds(-$seconds), $now) | Should -Be $text
    }
}
