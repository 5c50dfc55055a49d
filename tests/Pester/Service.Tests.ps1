BeforeAll {
    . $PSScriptRoot/Support.ps1
    Use-MemoryEngine
}

Describe 'Services' {
    BeforeEach {
        $units = Join-Path $TestDrive "units-$([guid]::NewGuid().ToString('n'))"
        $null = New-Item -ItemType Directory $units
        $program = Join-Path $units 'vrrpps'
        Set-Content $program ''
        $configuration = New-VrrpConfiguration -Name web -InterfaceName eth0 -VirtualRouterId 41 -VirtualIPAddress 192.0.2.1/24
    }

    It 'are made of a file, read where it is, and unmade' {
        $file = Join-Path $units 'web.json'
        $configuration | Export-VrrpConfiguration $file

        $service = Register-VrrpService $file -UnitDirectory $units -ServicePath $program -PassThru

        $service.Name | Should -Be 'vrrpps'
        $service.ConfigurationPath | Should -Be $file
        $service.Capability | Should -Be 'CAP_NET_ADMIN', 'CAP_NET_RAW'
        $service.Enabled, $service.Started | Should -Be $false, $false
        Get-Content $service.UnitPath -Raw | Should -Match ([regex]::Escape("run --config $file "))
        (Get-Item $service.UnitPath).UnixMode | Should -Be '-rw-r--r--'

        Unregister-VrrpService -UnitDirectory $units
        $service.UnitPath | Should -Not -Exist
        $file | Should -Exist
        { Unregister-VrrpService -UnitDirectory $units -ErrorAction Stop } | Should -Throw -ErrorId 'UnitNotFound*'
    }

    It 'of the pipeline get a configuration for their user only' {
        $service = $configuration | Register-VrrpService -Name dmz.service -UnitDirectory $units -ServicePath $program -ConfigurationDirectory $units/etc -PassThru

        $service.ConfigurationPath | Should -Be (Join-Path $units 'etc/dmz.json')
        (Get-Item $service.ConfigurationPath).UnixMode | Should -Be '-rw-------'
        (Import-VrrpConfiguration $service.ConfigurationPath).Name | Should -Be 'web'
        Split-Path $service.UnitPath -Leaf | Should -Be 'dmz.service'
    }

    It 'ask for their rights by what the configuration needs' {
        $service = New-VrrpConfiguration -Name web -InterfaceName eth0 -VirtualRouterId 41 -VirtualIPAddress 192.0.2.1/24 -NetworkNamespace blue |
            Register-VrrpService -UnitDirectory $units -ServicePath $program -ConfigurationDirectory $units -PassThru

        $service.NetworkNamespace | Should -Be 'blue'
        Get-Content $service.UnitPath | Should -Contain 'NetworkNamespacePath=/run/netns/blue'
    }

    It 'export metrics by the ways that are asked for' {
        $ways = @{ MetricsListen = '127.0.0.1:9765'; MetricsFile = "$units/vrrp.prom"; OtlpEndpoint = 'http://127.0.0.1:4318' }
        $service = $configuration | Register-VrrpService -UnitDirectory $units -ServicePath $program -ConfigurationDirectory $units @ways -PassThru

        Get-Content $service.UnitPath -Raw | Should -Match ([regex]::Escape(" --metrics-listen 127.0.0.1:9765 --metrics-file $units/vrrp.prom --otlp-endpoint http://127.0.0.1:4318`n"))
        Get-Content $service.UnitPath | Should -Contain "ReadWritePaths=/proc/sys/net $units"
        { $configuration | Register-VrrpService -UnitDirectory $units -ServicePath $program -ConfigurationDirectory $units -MetricsListen 9765 -ErrorAction Stop } |
            Should -Throw -ErrorId 'MetricsUnavailable*'
    }

    It 'are not made with -WhatIf, nor of what check refuses, nor over another one''s unit' {
        $configuration | Register-VrrpService -UnitDirectory $units -ServicePath $program -ConfigurationDirectory $units -WhatIf
        Get-ChildItem $units | ForEach-Object Name | Should -Be 'vrrpps'

        Set-Content $units/bad.json '{ "instances": [ { "nmae": "web" } ] }'
        { Register-VrrpService $units/bad.json -UnitDirectory $units -ServicePath $program -ErrorAction Stop } | Should -Throw -ErrorId 'ConfigurationSyntax*'
        $null = New-Item -ItemType Directory $units/empty
        { Register-VrrpService $units/empty -UnitDirectory $units -ServicePath $program -ErrorAction Stop } | Should -Throw -ErrorId 'NoInstances*'
        { $configuration | Register-VrrpService -UnitDirectory $units -ServicePath $units/none -ErrorAction Stop } | Should -Throw -ErrorId 'ProgramNotFound*'

        Set-Content $units/vrrpps.service '[Unit]'
        { $configuration | Register-VrrpService -UnitDirectory $units -ServicePath $program -ConfigurationDirectory $units/etc -ErrorAction Stop } | Should -Throw -ErrorId 'UnitNotOurs*'
        { Unregister-VrrpService -UnitDirectory $units -ErrorAction Stop } | Should -Throw -ErrorId 'UnitNotOurs*'
        "$units/etc" | Should -Not -Exist
        Get-Content $units/vrrpps.service | Should -Be '[Unit]'
    }

    It 'belong to the user they run as' -Skip:((id -u) -ne 0) {
        $service = $configuration | Register-VrrpService -User nobody -UnitDirectory $units -ServicePath $program -ConfigurationDirectory $units/etc -PassThru

        (Get-Item $service.ConfigurationPath).User | Should -Be 'nobody'
        Get-Content $service.UnitPath | Should -Contain 'AmbientCapabilities=CAP_NET_ADMIN CAP_NET_RAW'
        { $configuration | Register-VrrpService -User no-such-user -UnitDirectory $units -ServicePath $program -ConfigurationDirectory $units/etc -ErrorAction Stop } |
            Should -Throw -ErrorId 'UserNotFound*'
    }
}
