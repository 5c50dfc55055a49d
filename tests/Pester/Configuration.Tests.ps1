BeforeAll {
    . $PSScriptRoot/Support.ps1
    Use-MemoryEngine
}

Describe 'Configurations' {
    AfterEach { Stop-AllInstance }

    Describe 'Import-VrrpConfiguration' {
        It 'reads the scenario''s <file>' -ForEach @(
            @{ file = 'node1.conf'; priority = 200 }, @{ file = 'node2.conf'; priority = 199 }, @{ file = 'node3.conf'; priority = 198 }
        ) {
            $configuration = Import-VrrpConfiguration (Join-Path $ScenarioPath $file)
            $configuration.Name | Should -Be 'VRRP1'
            $configuration.InterfaceName | Should -Be 'ens33'
            $configuration.VirtualRouterId | Should -Be 41
            $configuration.Priority | Should -Be $priority
            $configuration.Version | Should -Be 2
            $configuration.AdvertisementIntervalSeconds | Should -Be 1
            $configuration.VirtualIPAddress | Should -Be '192.168.31.250/24'
        }

        It 'names static addresses, which belong to the service' {
            Set-Content TestDrive:/static.json '{ "static": { "addresses": [ "10.9.0.1/24 dev eth1" ], "rules": [ "from 10.9.0.1 table 100" ] }, "instances": [ { "interfaceName": "eth0", "virtualRouterId": 41, "virtualAddresses": [ "192.0.2.1" ] } ] }'
            $configuration = Import-VrrpConfiguration TestDrive:/static.json -WarningVariable warnings -WarningAction SilentlyContinue
            @($configuration).Count | Should -Be 1
            "$warnings" | Should -BeLike "*'vrrpps run' does: 10.9.0.1/24 dev eth1; rule from 10.9.0.1/32 table 100.*"
        }

        It 'takes a delay after boot and requires unicast peers where asked to' {
            $configuration = New-VrrpConfiguration eth0 41 192.0.2.1 -DelayAfterBoot 90s -RequireUnicastPeer
            $configuration.DelayAfterBootSeconds | Should -Be 90
            $configuration.RequireUnicastPeer | Should -BeTrue
            $null = $configuration | Start-VrrpInstance
            Set-VrrpInstance eth0-41-v4 -RequireUnicastPeer:$false -DelayAfterBoot 0
            $changed = Get-VrrpInstance eth0-41-v4
            $changed.RequireUnicastPeer | Should -BeFalse
            $changed.DelayAfterBootSeconds | Should -Be 0
            { New-VrrpConfiguration eth0 41 192.0.2.1 -DelayAfterBoot 2h -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidConfiguration*'
        }

        It 'takes options of addresses, routes and rules, and shows them' {
            $configuration = New-VrrpConfiguration eth0 41 '192.0.2.1/24 label eth0:web' -ExcludedVirtualIPAddress '10.8.0.1 dev eth1', '2001:db8::9' `
                -VirtualRoute '10.0.0.0/8 via 192.0.2.254' -VirtualRule 'from 192.0.2.1 table 100 priority 900'
            $configuration.VirtualIPAddress | Should -Be '192.0.2.1/24 label eth0:web'
            $configuration.ExcludedVirtualIPAddress | Should -Be '10.8.0.1/32 dev eth1', '2001:db8::9/128'
            $configuration.VirtualRoute | Should -Be '10.0.0.0/8 via 192.0.2.254'
            $configuration.VirtualRule | Should -Be 'from 192.0.2.1/32 priority 900 table 100'
            { New-VrrpConfiguration eth0 41 192.0.2.1 -VirtualRoute '10.0.0.0/8 vai 192.0.2.2' -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidRoute*'
        }

        It 'takes wildcards, relative paths and the pipeline' {
            Push-Location $ScenarioPath
            try {
                (Import-VrrpConfiguration node*.conf).Count | Should -Be 3
                (Import-VrrpConfiguration ./node1.conf).Priority | Should -Be 200
                (Get-ChildItem *.conf | Import-VrrpConfiguration).Count | Should -Be 3
            }
            finally { Pop-Location }
        }

        It 'renames interfaces and puts instances into a namespace' {
            $configuration = Import-VrrpConfiguration (Join-Path $ScenarioPath node1.conf) -InterfaceMap @{ ens33 = 'eth0' } -NetworkNamespace web
            $configuration.InterfaceName | Should -Be 'eth0'
            $configuration.NetworkNamespace | Should -Be 'web'
        }

        It 'feeds Start-VrrpInstance, where typed values win' {
            $instance = Import-VrrpConfiguration (Join-Path $ScenarioPath node1.conf) | Start-VrrpInstance -Priority 77 -NetworkNamespace web
            $instance.Priority | Should -Be 77
            $instance.NetworkNamespace | Should -Be 'web'
            $instance.VirtualRouterId | Should -Be 41
        }

        It 'names a file that does not exist and reads the others' {
            $failure = $null
            $read = Import-VrrpConfiguration (Join-Path $TestDrive nosuch.conf), (Join-Path $ScenarioPath node1.conf) -ErrorVariable failure -ErrorAction SilentlyContinue
            $read.Name | Should -Be 'VRRP1'
            $failure.FullyQualifiedErrorId | Should -BeLike 'ConfigurationUnreadable,*'
        }

        It 'names file, line and column of an unknown keyword' {
            $file = Join-Path $TestDrive bad.conf
            Set-Content $file "vrrp_instance A {`n    interface eth0`n    virtual_ruter_id 41`n}"
            $failure = Get-ErrorOf { Import-VrrpConfiguration $file }
            $failure.FullyQualifiedErrorId | Should -BeLike 'ConfigurationSyntax,*'
            $failure.Exception.Message | Should -Match 'bad\.conf:3:5: .*virtual_ruter_id'
            $failure.CategoryInfo.Category | Should -Be 'ParserError'
        }

        It 'refuses a path of another provider' {
            (Get-ErrorOf { Import-VrrpConfiguration Env:PATH }).FullyQualifiedErrorId | Should -BeLike 'ConfigurationUnreadable,*'
        }

        It 'refuses an empty file' {
            $file = Join-Path $TestDrive empty.conf
            Set-Content $file '' -NoNewline
            (Get-ErrorOf { Import-VrrpConfiguration $file }).FullyQualifiedErrorId | Should -BeLike 'ConfigurationUnreadable,*'
        }
    }

    Describe 'Export-VrrpConfiguration' {
        BeforeAll {
            $secret = ConvertTo-SecureString 's3cr3t' -AsPlainText -Force
            $web = New-VrrpConfiguration -Name web -InterfaceName eth0 -VirtualRouterId 41 -VirtualIPAddress 192.0.2.1/24 -Version 2 -AuthenticationPass $secret -Priority 150
            $plain = New-VrrpConfiguration -Name plain -InterfaceName eth1 -VirtualRouterId 42 -VirtualIPAddress 192.0.2.129/25 -NoPreempt
        }

        It 'writes <name>, which is read back the same' -ForEach @(
            @{ name = 'a.json'; arguments = @{}; start = '{' }
            @{ name = 'a.conf'; arguments = @{}; start = 'vrrp_instance' }
            @{ name = 'b.conf'; arguments = @{ Format = 'Json' }; start = '{' }
            @{ name = 'a[1].txt'; arguments = @{ Format = 'Keepalived' }; start = 'vrrp_instance' }
        ) {
            $file = Join-Path $TestDrive $name
            $web, $plain | Export-VrrpConfiguration -LiteralPath $file -IncludeSecret @arguments | Should -BeNullOrEmpty
            (Get-Content -LiteralPath $file -Raw) | Should -Match "^$([regex]::Escape($start))"
            $read = Import-VrrpConfiguration -LiteralPath $file
            $read.Name | Should -Be 'web', 'plain'
            $read.Priority | Should -Be 150, 100
            $read.Preempt | Should -Be $true, $false
            $read.HasAuthentication | Should -Be $true, $false
            if ($IsLinux) { [IO.File]::GetUnixFileMode($file) | Should -Be 'UserWrite, UserRead' }
        }

        It 'leaves passwords out unless asked, with a warning, in <_>' -ForEach 'p.json', 'p.conf' {
            $file = Join-Path $TestDrive $_
            $web | Export-VrrpConfiguration $file -WarningVariable warnings -WarningAction SilentlyContinue
            Get-Content $file -Raw | Should -Not -Match 's3cr3t'
            "$warnings" | Should -Match 'web: .*left out'
            (Import-VrrpConfiguration $file).HasAuthentication | Should -BeFalse
        }

        It 'names what keepalived cannot be told' {
            $leased = New-VrrpConfiguration -InterfaceName eth0 -VirtualRouterId 1 -VirtualIPAddress 192.0.2.1 -AddressLease 5s
            $leased | Export-VrrpConfiguration (Join-Path $TestDrive l.conf) -WarningVariable warnings -WarningAction SilentlyContinue
            "$warnings" | Should -Match 'addressLease'
        }

        It 'writes the instances of the session' {
            $null = $plain | Start-VrrpInstance
            $file = Join-Path $TestDrive session.json
            Get-VrrpInstance | Export-VrrpConfiguration $file
            (Import-VrrpConfiguration $file).Name | Should -Be 'plain'
        }

        It 'keeps a file with -NoClobber or -WhatIf and a read-only one without -Force' {
            $file = Join-Path $TestDrive keep.json
            Set-Content $file 'mine' -NoNewline
            (Get-ErrorOf { $plain | Export-VrrpConfiguration $file -NoClobber }).FullyQualifiedErrorId | Should -BeLike 'FileExists,*'
            $plain | Export-VrrpConfiguration $file -WhatIf
            Set-ItemProperty $file IsReadOnly $true
            (Get-ErrorOf { $plain | Export-VrrpConfiguration $file }).FullyQualifiedErrorId | Should -BeLike 'FileReadOnly,*'
            Get-Content $file -Raw | Should -Be 'mine'
            ($plain | Export-VrrpConfiguration $file -Force -PassThru).FullName | Should -Be $file
            (Import-VrrpConfiguration $file).Name | Should -Be 'plain'
        }

        It 'refuses a folder that does not exist and a path of another provider' {
            (Get-ErrorOf { $plain | Export-VrrpConfiguration (Join-Path $TestDrive no/such.json) }).FullyQualifiedErrorId | Should -BeLike 'ConfigurationUnwritable,*'
            (Get-ErrorOf { $plain | Export-VrrpConfiguration Env:X }).FullyQualifiedErrorId | Should -BeLike 'ConfigurationUnreadable,*'
        }
    }

    Describe 'ConvertFrom-KeepalivedConfig' {
        It 'takes the lines for -ConfigId' {
            $text = "vrrp_instance A {`n interface eth0`n virtual_router_id 1`n @one priority 11`n @two priority 22`n virtual_ipaddress {`n ~SEQ(i, 1, 3) 192.0.2.`${i}`n }`n}"
            (ConvertFrom-KeepalivedConfig $text -ConfigId two).Priority | Should -Be 22
            (ConvertFrom-KeepalivedConfig $text -ConfigId one).VirtualIPAddress.Count | Should -Be 3
        }

        BeforeAll { $text = Get-Content (Join-Path $ScenarioPath node2.conf) -Raw }

        It 'takes one text' {
            (ConvertFrom-KeepalivedConfig $text).Priority | Should -Be 199
        }

        It 'takes lines from the pipeline as one text' {
            (Get-Content (Join-Path $ScenarioPath node2.conf) | ConvertFrom-KeepalivedConfig).Priority | Should -Be 199
        }

        It 'warns of what is not carried over and goes on' {
            $read = ConvertFrom-KeepalivedConfig ($text -replace 'advert_int 1', "advert_int 1`n    debug 4") -WarningVariable warned -WarningAction SilentlyContinue
            $read.Name | Should -Be 'VRRP1'
            $warned | Should -Match 'keepalived.conf:\d+:\d+: .*debug'
        }

        It 'refuses what would change the election, unless partial is enough' {
            $lossy = $text -replace 'advert_int 1', "advert_int 1`n    track_script {`n        chk weight -20`n    }"
            $failure = Get-ErrorOf { ConvertFrom-KeepalivedConfig $lossy }
            $failure.FullyQualifiedErrorId | Should -Match '^Configuration(Partial|Syntax),'
        }

        It 'reads both families as two instances'  {
            $both = $text + "`nvrrp_instance V6 {`n interface ens33`n virtual_router_id 41`n priority 100`n virtual_ipaddress {`n  fe80::250/64`n }`n}"
            (ConvertFrom-KeepalivedConfig $both).AddressFamily | Should -Be 'IPv4', 'IPv6'
        }
    }

    Describe 'New-VrrpConfiguration' {
        It 'describes without starting' {
            $configuration = New-VrrpConfiguration eth0 41 192.0.2.250 -Priority 120 -NoPreempt -TrackInterface eth1
            $configuration.VirtualIPAddress | Should -Be '192.0.2.250/32'
            $configuration.Preempt | Should -BeFalse
            $configuration.TrackInterface | Should -Be 'eth1'
            Get-VrrpInstance | Should -BeNullOrEmpty
        }

        It 'names IPv6 instances v6 and binds /128' {
            $configuration = New-VrrpConfiguration eth0 41 fe80::1
            $configuration.Name | Should -Be 'eth0-41-v6'
            $configuration.VirtualIPAddress | Should -Be 'fe80::1/128'
        }
    }
}
