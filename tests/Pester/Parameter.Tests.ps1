BeforeAll {
    . $PSScriptRoot/Support.ps1
    Use-MemoryEngine
    $script:common = @{ InterfaceName = 'eth0'; VirtualRouterId = 41; VirtualIPAddress = '192.0.2.250/24' }
}

Describe 'Parameters' {
    AfterEach { Stop-AllInstance }

    Describe 'Refusals of Start-VrrpInstance' {
        It '<name> is <id>' -ForEach @(
            @{ name = 'VRID 0'; typed = @{ VirtualRouterId = 0 }; id = 'InvalidVirtualRouterId'; says = '1 to 255' }
            @{ name = 'VRID 256'; typed = @{ VirtualRouterId = 256 }; id = 'InvalidVirtualRouterId'; says = '256' }
            @{ name = 'priority 0'; typed = @{ Priority = 0 }; id = 'InvalidPriority'; says = '1 to 254' }
            @{ name = 'priority 256'; typed = @{ Priority = 256 }; id = 'InvalidPriority'; says = '256' }
            @{ name = 'an interval of 41 s in version 3'; typed = @{ AdvertisementInterval = 41 }; id = 'InvalidInterval'; says = '40.95s' }
            @{ name = 'half a second in version 2'; typed = @{ AdvertisementInterval = 0.5; Version = 2 }; id = 'InvalidInterval'; says = 'whole seconds' }
            @{ name = 'a prefix of 33'; typed = @{ VirtualIPAddress = '192.0.2.1/33' }; id = 'InvalidPrefixLength'; says = '192.0.2.1/33' }
            @{ name = 'no address'; typed = @{ VirtualIPAddress = 'nonsense' }; id = 'InvalidAddress'; says = 'nonsense' }
            @{ name = 'a multicast address'; typed = @{ VirtualIPAddress = '224.0.0.18' }; id = 'InvalidAddress'; says = '224.0.0.18' }
            @{ name = 'an interface name with a slash'; typed = @{ InterfaceName = 'a/b' }; id = 'InvalidInterfaceName'; says = 'a/b' }
            @{ name = 'both families'; typed = @{ VirtualIPAddress = '192.0.2.1', 'fd00::1' }; id = 'MixedAddressFamily'; says = '-VirtualIPAddress fd00::1' }
            @{ name = 'a source that is no address'; typed = @{ SourceAddress = '10.1' }; id = 'InvalidPeer'; says = '10.1' }
            @{ name = 'a lost unit'; typed = @{ AdvertisementInterval = [int16]2 }; id = 'AmbiguousDuration'; says = 'in quotes' }
            @{ name = 'an unreadable duration'; typed = @{ PreemptDelay = 'soon' }; id = 'InvalidDuration'; says = 'soon' }
            @{ name = 'a negative duration'; typed = @{ PreemptDelay = -1 }; id = 'InvalidDuration'; says = '-1' }
            @{ name = 'an interval below 100 ms'; typed = @{ AdvertisementInterval = '50ms' }; id = 'IntervalUnsafeInSession'; says = '-Force' }
        ) {
            $all = $common.Clone()
            foreach ($key in $typed.Keys) { $all[$key] = $typed[$key] }
            $failure = Get-ErrorOf { Start-VrrpInstance @all }
            $failure.FullyQualifiedErrorId | Should -Be "$id,VrrpPS.Commands.StartVrrpInstanceCommand"
            $failure.Exception.Message | Should -BeLike "*$says*"
            Get-VrrpInstance | Should -BeNullOrEmpty
        }

        It 'shows the two commands for both families, and both work' {
            $failure = Get-ErrorOf { Start-VrrpInstance eth0 41 192.0.2.1, fd00::1 }
            $commands = [regex]::Matches($failure.Exception.Message, "'(Start-VrrpInstance [^']+)'") | ForEach-Object { $_.Groups[1].Value }
            $commands.Count | Should -Be 2
            $started = $commands | ForEach-Object { & ([scriptblock]::Create($_)) }
            $started.AddressFamily | Should -Be 'IPv4', 'IPv6'
        }

        It 'refuses a second instance of the same name' {
            $null = Start-VrrpInstance @common
            (Get-ErrorOf { Start-VrrpInstance @common }).FullyQualifiedErrorId | Should -BeLike 'InstanceExists,*'
            @(Get-VrrpInstance).Count | Should -Be 1
        }

        It 'passes on what the engine refuses and leaves no job behind' {
            $null = Start-VrrpInstance eth1 1 192.0.2.9
            (Get-MemoryEngine).NextStartRefusal = [VrrpPS.Engine.Errors.VrrpException]::new('MissingCapability', 'lacks CAP_NET_RAW', 'x', $null)
            $failure = Get-ErrorOf { Start-VrrpInstance @common }
            $failure.FullyQualifiedErrorId | Should -BeLike 'MissingCapability,*'
            $failure.CategoryInfo.Category | Should -Be 'PermissionDenied'
            (Get-Job | Where-Object PSJobTypeName -EQ VrrpJob).Name | Should -Be 'eth1-1-v4'
        }

        It 'goes on with the next configuration after a bad one' {
            $null = New-VrrpConfiguration eth0 1 192.0.2.1 | Start-VrrpInstance
            $errors = $null
            $started = (New-VrrpConfiguration eth0 1 192.0.2.1), (New-VrrpConfiguration eth0 2 192.0.2.2) | Start-VrrpInstance -ErrorVariable errors -ErrorAction SilentlyContinue
            $started.Name | Should -Be 'eth0-2-v4'
            $errors.FullyQualifiedErrorId | Should -BeLike 'InstanceExists,*'
        }

        It 'warns below half a second and not above' {
            $null = Start-VrrpInstance @common -AdvertisementInterval 0.49 -WarningVariable warned -WarningAction SilentlyContinue
            $warned | Should -BeLike 'IntervalUnsafeInSession*0.49s*'
            $null = Start-VrrpInstance eth0 42 192.0.2.1 -AdvertisementInterval 0.5 -WarningVariable quiet -WarningAction SilentlyContinue
            $quiet | Should -BeNullOrEmpty
        }

        It 'takes 50 ms with -Force' {
            (Start-VrrpInstance @common -AdvertisementInterval 50ms -Force -WarningAction SilentlyContinue).AdvertisementIntervalSeconds | Should -Be 0.05
        }

        It 'starts nothing with -WhatIf' {
            Start-VrrpInstance @common -WhatIf | Should -BeNullOrEmpty
            Get-VrrpInstance | Should -BeNullOrEmpty
        }
    }

    Describe 'Peers' {
        It 'refuses <_> instead of guessing an address' -ForEach @(10, '10.1', 'fe80::1%eth0', 'peer1') {
            $peer = $_
            { Start-VrrpInstance @common -UnicastPeer $peer } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
        }

        It 'takes one address or several, as text or object' {
            (New-VrrpConfiguration @common -UnicastPeer 192.0.2.1).UnicastPeer | Should -Be '192.0.2.1'
            (New-VrrpConfiguration @common -UnicastPeer 192.0.2.1, ([ipaddress]'192.0.2.2')).UnicastPeer | Should -Be '192.0.2.1', '192.0.2.2'
        }
    }

    Describe 'Passwords' {
        It 'takes a SecureString and never shows it' {
            $password = ConvertTo-SecureString 'hunter2x' -AsPlainText -Force
            $instance = Start-VrrpInstance @common -Version 2 -AuthenticationPass $password
            $instance.HasAuthentication | Should -BeTrue
            foreach ($shown in ($instance | ConvertTo-Json), ($instance | Format-List * | Out-String), ($instance | ConvertTo-Csv | Out-String)) {
                $shown | Should -Not -Match 'hunter2x'
            }
            $what = Set-VrrpInstance $instance.Name -AuthenticationPass (ConvertTo-SecureString 'other' -AsPlainText -Force) -WhatIf *>&1 | Out-String
            $what | Should -Not -Match 'hunter2x|other'
        }

        It 'refuses more than eight characters without showing them' {
            $failure = Get-ErrorOf { Start-VrrpInstance @common -Version 2 -AuthenticationPass (ConvertTo-SecureString 'ninechars' -AsPlainText -Force) }
            $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidAuthentication,*'
            $failure.Exception.Message | Should -Not -Match 'ninechars'
        }
    }

    Describe 'AH and HMAC' {
        BeforeAll {
            $hex = 'hex:' + ('0123456789abcdef' * 4)
            $key = ConvertTo-SecureString $hex -AsPlainText -Force
        }

        It 'keys an Authentication Header with the password' {
            $password = ConvertTo-SecureString 'hunter2x' -AsPlainText -Force
            $configuration = New-VrrpConfiguration @common -Version 2 -AuthenticationPass $password -AuthenticationType AH
            $configuration.AuthenticationType | Should -Be 'AH'
            (Get-ErrorOf { New-VrrpConfiguration @common -AuthenticationPass $password -AuthenticationType AH }).FullyQualifiedErrorId | Should -BeLike 'InvalidAuthentication,*'
            (Get-ErrorOf { New-VrrpConfiguration @common -Version 2 -AuthenticationType AH }).FullyQualifiedErrorId | Should -BeLike 'InvalidAuthentication,*'
        }

        It 'takes a key and never shows it' {
            $instance = Start-VrrpInstance @common -HmacKey $key -HmacTimeWindow 7s
            $instance.HmacKeyId | Should -Be 1
            $instance.HmacMode | Should -Be 'Enforce'
            $instance.HmacTimeWindowSeconds | Should -Be 7
            foreach ($shown in ($instance | ConvertTo-Json), ($instance | Format-List * | Out-String), ($instance | ConvertTo-Csv | Out-String)) {
                $shown | Should -Not -Match '0123456789abcdef'
            }
            (Set-VrrpInstance $instance.Name -HmacKey $key -HmacKeyId 2 -WhatIf *>&1 | Out-String) | Should -Not -Match '0123456789abcdef'
        }

        It 'rotates keys in three steps' {
            $instance = Start-VrrpInstance @common -HmacKey $key
            $changed = Set-VrrpInstance $instance.Name -HmacKey $key -HmacKeyId 2 -PassThru
            $changed.HmacKeyId | Should -Be 1, 2
            $changed.HmacActiveKey | Should -Be 1
            (Set-VrrpInstance $instance.Name -HmacActiveKey 2 -PassThru).HmacActiveKey | Should -Be 2
            (Get-ErrorOf { Set-VrrpInstance $instance.Name -HmacActiveKey 3 -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'InvalidAuthentication,*'
        }

        It 'refuses <name>' -ForEach @(
            @{ name = 'a short key'; typed = @{ HmacKey = ConvertTo-SecureString 'short' -AsPlainText -Force } }
            @{ name = 'half a digit'; typed = @{ HmacKey = ConvertTo-SecureString 'hex:012' -AsPlainText -Force } }
            @{ name = 'a mode without a key'; typed = @{ HmacMode = 'Permissive' } }
        ) {
            (Get-ErrorOf { New-VrrpConfiguration @common @typed }).FullyQualifiedErrorId | Should -BeLike 'InvalidAuthentication,*'
        }
    }

    Describe 'Timers and strict mode' {
        It 'takes the knobs of the election' {
            $configuration = New-VrrpConfiguration @common -DownTimerAdvert 5 -NoPreempt -TimerExpiredBackup 200
            $configuration.DownTimerAdvert | Should -Be 5
            $configuration.TimerExpiredBackup | Should -Be 200
            (Get-ErrorOf { New-VrrpConfiguration @common -OwnerIgnoreAdvert }).FullyQualifiedErrorId | Should -BeLike 'InvalidConfiguration,*'
            (Get-ErrorOf { New-VrrpConfiguration @common -TimerExpiredBackup 200 }).FullyQualifiedErrorId | Should -BeLike 'InvalidConfiguration,*'
        }

        It 'warns of what is not as the RFC has it, only when asked' {
            New-VrrpConfiguration @common -PreemptDelay 5s -WarningVariable quiet -WarningAction SilentlyContinue | Out-Null
            $quiet | Should -BeNullOrEmpty
            $strict = New-VrrpConfiguration @common -PreemptDelay 5s -Strict -WarningVariable told -WarningAction SilentlyContinue
            $strict.PreemptDelaySeconds | Should -Be 5
            "$told" | Should -Match 'StrictPreemptDelay.*RFC 9568 section 6\.4\.2'
        }
    }

    Describe 'Durations' {
        It '<typed> is <seconds> s' -ForEach @(
            @{ typed = '1'; seconds = 1 }
            @{ typed = '1.5s'; seconds = 1.5 }
            @{ typed = '1s'; seconds = 1 }
            @{ typed = '250ms'; seconds = 0.25 }
            @{ typed = '1.5'; seconds = 1.5 }
            @{ typed = '2m'; seconds = 120 }
            @{ typed = '0.25h'; seconds = 900 }
            @{ typed = "'1.5s'"; seconds = 1.5 }
            @{ typed = '"2"'; seconds = 2 }
            @{ typed = '(2)'; seconds = 2 }
            @{ typed = '([long]3)'; seconds = 3 }
            @{ typed = '(0.5)'; seconds = 0.5 }
            @{ typed = "'00:00:05'"; seconds = 5 }
            @{ typed = '([timespan]::FromSeconds(7))'; seconds = 7 }
            @{ typed = '100us'; seconds = 0.0001 }
            @{ typed = '0'; seconds = 0 }
        ) {
            $script = [scriptblock]::Create("New-VrrpConfiguration eth0 41 192.0.2.1 -PreemptDelay $typed")
            (& $script).PreemptDelaySeconds | Should -Be $seconds
            $script = [scriptblock]::Create("New-VrrpConfiguration eth0 41 192.0.2.1 -PreemptDelay:$typed")
            (& $script).PreemptDelaySeconds | Should -Be $seconds
        }

        It '<typed> is <id>' -ForEach @(
            @{ typed = '(1.5s)'; id = 'AmbiguousDuration' }
            @{ typed = '(100us)'; id = 'AmbiguousDuration' }
            @{ typed = '1d'; id = 'AmbiguousDuration' }
            @{ typed = '(1d)'; id = 'AmbiguousDuration' }
            @{ typed = '([byte]1)'; id = 'AmbiguousDuration' }
            @{ typed = '(10n)'; id = 'AmbiguousDuration' }
            @{ typed = "'-1s'"; id = 'InvalidDuration' }
            @{ typed = "'1,5s'"; id = 'InvalidDuration' }
            @{ typed = "'1 fortnight'"; id = 'InvalidDuration' }
            @{ typed = "''"; id = 'InvalidDuration' }
            @{ typed = '([double]::NaN)'; id = 'InvalidDuration' }
            @{ typed = '([double]::MaxValue)'; id = 'InvalidDuration' }
            @{ typed = '(Get-Date)'; id = 'InvalidDuration' }
            @{ typed = '$true'; id = 'InvalidDuration' }
        ) {
            $script = [scriptblock]::Create("New-VrrpConfiguration eth0 41 192.0.2.1 -PreemptDelay $typed")
            (Get-ErrorOf $script).FullyQualifiedErrorId | Should -Be "$id,VrrpPS.Commands.NewVrrpConfigurationCommand"
        }

        It 'reads a variable that still has its unit and refuses one that lost it' {
            $text = '1.5s'
            (New-VrrpConfiguration @common -PreemptDelay $text).PreemptDelaySeconds | Should -Be 1.5
            $number = 1.5s
            (Get-ErrorOf { New-VrrpConfiguration @common -PreemptDelay $number }).FullyQualifiedErrorId | Should -BeLike 'AmbiguousDuration,*'
        }

        It 'does not depend on the culture' {
            $before = [cultureinfo]::CurrentCulture
            try {
                [cultureinfo]::CurrentCulture = [cultureinfo]::GetCultureInfo('de-DE')
                (New-VrrpConfiguration @common -PreemptDelay '1.5s').PreemptDelaySeconds | Should -Be 1.5
            }
            finally {
                [cultureinfo]::CurrentCulture = $before
            }
        }

        It 'checks the protocol''s limits afterwards' {
            (Get-ErrorOf { New-VrrpConfiguration @common -PreemptDelay 1001 }).FullyQualifiedErrorId | Should -BeLike 'InvalidConfiguration,*'
        }
    }

    Describe 'Names' {
        BeforeEach {
            $null = Start-VrrpInstance eth0 1 192.0.2.1
            $null = Start-VrrpInstance eth0 2 192.0.2.2 -Name '[odd]'
        }

        It '<_> reports a literal name that does not exist' -ForEach @(
            'Get-VrrpInstance', 'Get-VrrpState', 'Get-VrrpHistory', 'Get-VrrpCounter', 'Stop-VrrpInstance', 'Suspend-VrrpInstance', 'Resume-VrrpInstance'
            'Restart-VrrpInstance', 'Clear-VrrpCounter'
        ) {
            $command = $_
            $failure = Get-ErrorOf { & $command nosuch }
            $failure.FullyQualifiedErrorId | Should -BeLike 'InstanceNotFound,*'
            $failure.CategoryInfo.Category | Should -Be 'ObjectNotFound'
            $failure.TargetObject | Should -Be 'nosuch'
            Get-ErrorOf { & $command 'nosuch*' } | Should -BeNullOrEmpty
        }

        It 'is not terminating: the other names are served' {
            (Get-VrrpState nosuch, eth0-1-v4 -ErrorAction SilentlyContinue).Name | Should -Be 'eth0-1-v4'
        }

        It 'takes wildcards and ignores case' {
            (Get-VrrpState 'ETH0-*').Name | Should -Be 'eth0-1-v4'
            (Get-VrrpState '*').Count | Should -Be 2
        }

        It 'prefers the instance that is called exactly so to the pattern' {
            (Get-VrrpState '[odd]').Name | Should -Be '[odd]'
        }

        It 'lists an instance once however often it is asked for' {
            @(Get-VrrpState eth0-1-v4, 'eth*', eth0-1-v4).Count | Should -Be 1
        }

        It 'changes one instance only, unless told which namespace or all' {
            $null = Start-VrrpInstance eth0 1 192.0.2.1 -NetworkNamespace web
            (Get-ErrorOf { Suspend-VrrpInstance eth0-1-v4 }).FullyQualifiedErrorId | Should -BeLike 'AmbiguousInstance,*'
            Suspend-VrrpInstance eth0-1-v4 -NetworkNamespace web
            (Get-VrrpState -NetworkNamespace web).State | Should -Be 'Suspended'
            (Get-VrrpState eth0-1-v4 -NetworkNamespace '').State | Should -Be 'Master'
            Suspend-VrrpInstance 'eth0-1*'
            (Get-VrrpState eth0-1-v4 -NetworkNamespace '').State | Should -Be 'Suspended'
        }
    }
}

Describe 'Names and addresses that are neither' {
    AfterEach { Stop-AllInstance }

    It 'refuses a broken wildcard pattern and goes on with the next name' {
        $null = Start-VrrpInstance @common
        $found = Get-VrrpState 'eth[0', 'eth0-41-v4' -ErrorVariable failure -ErrorAction SilentlyContinue
        $found.Name | Should -Be 'eth0-41-v4'
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InstanceNotFound,*'
        $failure[0].Exception.Message | Should -BeLike '*eth`[0*never closed*'
    }

    It 'refuses <text> as a virtual address to test with <id>' -ForEach @(
        @{ text = '10.0.0'; id = 'InvalidAddress' }, @{ text = '10.0.0.1/33'; id = 'InvalidPrefixLength' }, @{ text = '10.0.0.1/x'; id = 'InvalidPrefixLength' }
    ) {
        (Get-ErrorOf { Test-VipReachability $text }).FullyQualifiedErrorId | Should -Be "$id,VrrpPS.Commands.TestVipReachabilityCommand"
    }

    It 'says the network namespace where one name runs in two' {
        $null = Start-VrrpInstance @common -NetworkNamespace web
        (Get-ErrorOf { Wait-VrrpState eth0-41-v4 -State Fault -Timeout 10ms }).Exception.Message | Should -BeLike '*namespace web*'
        Suspend-VrrpInstance eth0-41-v4 -NetworkNamespace web
        (Get-ErrorOf { Send-VrrpAnnouncement eth0-41-v4 -NetworkNamespace web }).Exception.Message | Should -BeLike '*namespace web*'
    }

    It 'warns when there is nothing to wait for' {
        Wait-VrrpState -State Master -WarningVariable said -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        "$said" | Should -BeLike '*nothing to wait for*'
        Wait-VrrpState x* -State Master -WarningVariable said -WarningAction SilentlyContinue
        $said | Should -BeNullOrEmpty
    }
}
