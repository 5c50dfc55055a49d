BeforeDiscovery {
    . $PSScriptRoot/Network.ps1
    $able = Test-NamespaceAbility
}

Describe 'New-VrrpTracker' {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        Use-MemoryEngine
    }

    AfterAll { Get-Module VrrpPS | Remove-Module }

    AfterEach { Stop-AllInstance }

    It 'describes a <kind>' -ForEach @(
        @{ kind = 'Tcp'; arguments = @{ Tcp = '127.0.0.1:32463' }; name = 'tcp-127.0.0.1:32463'; target = '127.0.0.1:32463' }
        @{ kind = 'Http'; arguments = @{ Http = 'https://localhost/health'; ExpectStatus = '200..299', '404'; ExpectBody = 'ready'; SkipCertificateCheck = $true }; name = 'http-https://localhost/health'; target = 'https://localhost/health' }
        @{ kind = 'Ping'; arguments = @{ Ping = '192.0.2.1' }; name = 'ping-192.0.2.1'; target = '192.0.2.1' }
        @{ kind = 'Interface'; arguments = @{ Interface = 'eth1' }; name = 'eth1'; target = 'eth1' }
        @{ kind = 'Script'; arguments = @{ Script = '/usr/local/bin/check', '--quick'; User = 'nobody' }; name = 'script-check'; target = '/usr/local/bin/check --quick' }
        @{ kind = 'Process'; arguments = @{ Process = 'nginx'; Quorum = 2; QuorumMaximum = 9 }; name = 'process-nginx'; target = 'nginx' }
        @{ kind = 'Process'; arguments = @{ Process = '/usr/sbin/nginx'; FullCommand = $true; ArgumentList = '-g', 'daemon off;'; ArgumentMatch = 'Partial'; TerminateDelay = '2s' }; name = 'process-/usr/sbin/nginx'; target = '/usr/sbin/nginx -g daemon off;' }
        @{ kind = 'File'; arguments = @{ File = '/run/load' }; name = 'file-load'; target = '/run/load' }
    ) {
        $tracker = New-VrrpTracker @arguments -Weight -20 -Reverse
        "$($tracker.Kind)" | Should -Be $kind
        $tracker.Name | Should -Be $name
        $tracker.Target | Should -Be $target
        $tracker.Weight | Should -Be -20
        $tracker.Reverse | Should -BeTrue
        (New-VrrpTracker @arguments -Name mine).Name | Should -Be 'mine'
        $tracker | Out-String | Should -Match ([regex]::Escape($kind))
    }

    It 'takes an address by position and durations with units' {
        $tracker = New-VrrpTracker '[::1]:80' -Interval 500ms -Timeout 2s -Rise 3 -Fall 2 -InitialState Down
        $tracker.Target | Should -Be '[::1]:80'
        $tracker.IntervalSeconds | Should -Be 0.5
        $tracker.TimeoutSeconds | Should -Be 2
        $tracker.Rise, $tracker.Fall | Should -Be 3, 2
        "$($tracker.InitialState)" | Should -Be 'Down'
        (New-VrrpTracker '127.0.0.1:80' -Interval 3).TimeoutSeconds | Should -Be 3
    }

    It 'survives ConvertTo-Json with names and numbers' {
        $json = New-VrrpTracker -Ping 192.0.2.1 | ConvertTo-Json | ConvertFrom-Json
        $json.Kind | Should -Be 'Ping'
        $json.IntervalSeconds | Should -Be 1
    }

    It 'refuses <why>' -ForEach @(
        @{ why = 'an address without a port'; arguments = @{ Tcp = '127.0.0.1' }; words = 'ADDRESS:PORT' }
        @{ why = 'another scheme'; arguments = @{ Http = 'ftp://x/' }; words = 'http://HOST' }
        @{ why = 'a status that is none'; arguments = @{ Http = 'http://x/'; ExpectStatus = 'fine' }; words = '200..399' }
        @{ why = 'a weight beyond all priorities'; arguments = @{ Ping = '192.0.2.1'; Weight = 300 }; words = '-254 to 254' }
        @{ why = 'an interval too short'; arguments = @{ Ping = '192.0.2.1'; Interval = '10ms' }; words = '100ms to 1h' }
        @{ why = 'a path without the full command'; arguments = @{ Process = '/usr/sbin/nginx' }; words = 'full command' }
        @{ why = 'arguments that are not compared'; arguments = @{ Process = 'nginx'; ArgumentList = '-g'; ArgumentMatch = 'None' }; words = 'Exact, Initial or Partial' }
        @{ why = 'a delay of two hours'; arguments = @{ Process = 'nginx'; ForkDelay = '2h' }; words = '0s to 1h' }
        @{ why = 'a relative path'; arguments = @{ File = 'load' }; words = 'full path' }
    ) {
        $refusal = Get-ErrorOf { New-VrrpTracker @arguments }
        $refusal.FullyQualifiedErrorId | Should -BeLike 'InvalidConfiguration,*'
        $refusal.Exception.Message | Should -Match ([regex]::Escape($words))
    }

    It 'goes into configurations and instances and comes out again' {
        $check = New-VrrpTracker 127.0.0.1:80 -Name web
        (New-VrrpConfiguration eth0 41 192.0.2.1 -Tracker $check).Tracker.Name | Should -Be 'web'
        $null = Start-VrrpInstance eth0 41 192.0.2.1 -Name a -Tracker $check, (New-VrrpTracker -Interface eth1 -Weight -50)
        (Get-VrrpInstance a).Tracker.Name | Should -Be 'web', 'eth1'
        Get-VrrpInstance a | Set-VrrpInstance -Tracker $check
        (Get-VrrpInstance a).Tracker.Count | Should -Be 1
        $seen = (Get-VrrpState a).Tracker
        $seen.Name | Should -Be 'web'
        "$($seen.Status)" | Should -Be 'Up'
        Set-VrrpInstance a -Tracker @()
        (Get-VrrpInstance a).Tracker.Count | Should -Be 0
    }

    It 'is read from keepalived''s scripts' {
        $text = 'vrrp_script web { script "/usr/bin/pgrep nginx" interval 2 weight -30 user nobody }', 'vrrp_instance A {', 'interface eth0', 'virtual_router_id 1', 'virtual_ipaddress { 192.0.2.1 }', 'track_script { web }', '}'
        $tracker = ($text -replace ' (interval|weight|user|script) ', "`n`$1 " -replace ' }$', "`n}" | ConvertFrom-KeepalivedConfig).Tracker
        $tracker.Name | Should -Be 'web'
        $tracker.Target | Should -Be '/usr/bin/pgrep nginx'
        $tracker.Weight | Should -Be -30
    }
}

Describe 'Health checks of a running instance' -Tag Namespace -Skip:(-not $able) {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        . $PSScriptRoot/Network.ps1
        New-ScenarioNetwork
        Use-RealEngine
        $namespace = Get-NodeNamespace 1
        $start = @{ InterfaceName = 'ens33'; VirtualRouterId = 41; VirtualIPAddress = '192.168.31.250/24'; Name = 'checked'; NetworkNamespace = $namespace }
    }

    AfterAll {
        Get-Module VrrpPS | Remove-Module
        Remove-ScenarioNetwork
    }

    AfterEach { Stop-AllInstance }

    It 'shows what each found, and what follows' {
        $number = Join-Path $TestDrive number
        Set-Content -LiteralPath $number -Value '-30'
        $trackers = (New-VrrpTracker -File $number -Name load -Weight 1 -Interval 100ms), (New-VrrpTracker -Script sh, -c, 'echo fine; exit 0' -Name script), (New-VrrpTracker -Ping 192.168.31.10 -Name client)
        $null = Start-VrrpInstance @start -Tracker $trackers
        $state = Wait-VrrpState checked -NetworkNamespace $namespace -State Master -Timeout 15s
        $state.Priority | Should -Be 70
        $state.BasePriority | Should -Be 100
        $state.Tracker.Name | Should -Be 'load', 'script', 'client'
        $state.Tracker.Status | ForEach-Object { "$_" } | Should -Be 'Up', 'Up', 'Up'
        $state.Tracker.Effect | Should -Be '-30', 'none', 'none'
        $state.Tracker[1].Output | Should -Be 'exit code 0: fine'
        $state.Tracker | Out-String -Width 200 | Should -Match 'script +Script +Up'

        # A script's own number, and a check that fails in the middle of the Master role.
        Set-Content -LiteralPath $number -Value '-300'
        $fault = Wait-VrrpState checked -NetworkNamespace $namespace -State Fault -Timeout 15s
        $fault.FaultReason | Should -Be "health check 'load' failed: value -300"
        $fault | Format-Table | Out-String -Width 200 | Should -Match "health check 'load' failed"
        (Get-VrrpHistory checked -NetworkNamespace $namespace)[-1].Reason | Should -Match "'load'"
    }

    It 'names a check with a weight that fails in the table' {
        $null = Start-VrrpInstance @start -Tracker (New-VrrpTracker 127.0.0.1:9 -Name service -Weight -10)
        $state = Wait-VrrpState checked -NetworkNamespace $namespace -State Master -Timeout 15s
        $state.Priority | Should -Be 90
        $state | Format-Table | Out-String -Width 200 | Should -Match 'service=Down \(-10\)'
        $state | Format-List | Out-String -Width 200 | Should -Match 'Tracker +: \{?service=Down'
    }

    It 'refuses a program that is not there' {
        $refusal = Get-ErrorOf { Start-VrrpInstance @start -Tracker (New-VrrpTracker -Script /no/such/check) }
        $refusal.FullyQualifiedErrorId | Should -BeLike 'ProgramNotFound,*'
    }
}
