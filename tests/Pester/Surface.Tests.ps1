BeforeDiscovery {
    $manifest = Import-PowerShellDataFile (Join-Path $PSScriptRoot '../../module/VrrpPS.psd1')
    $cmdlets = $manifest.CmdletsToExport
    $changers = $cmdlets | Where-Object { $_ -match '^(Start|Stop|Suspend|Resume|Restart|Set|Clear|Move|Send|Remove)-' }
}

BeforeAll {
    . $PSScriptRoot/Support.ps1
    Use-MemoryEngine
}

Describe 'The module' {
    It 'has a valid manifest' {
        { Test-ModuleManifest (Join-Path $ModulePath 'VrrpPS.psd1') -ErrorAction Stop } | Should -Not -Throw
    }

    It 'exports exactly what the manifest lists' {
        $expected = (Import-PowerShellDataFile (Join-Path $ModulePath 'VrrpPS.psd1')).CmdletsToExport | Sort-Object
        (Get-Command -Module VrrpPS).Name | Sort-Object | Should -Be $expected
        (Get-Module VrrpPS).ExportedFunctions.Count | Should -Be 0
        (Get-Module VrrpPS).ExportedAliases.Count | Should -Be 0
    }

    It 'ships no assembly but its own' {
        (Get-ChildItem $ModulePath -Recurse -Filter *.dll).Name | Sort-Object | Should -Be 'VrrpPS.dll', 'VrrpPS.Engine.dll', 'VrrpPS.Protocol.dll'
    }

    It 'explains itself' {
        Get-Help about_VrrpPS | Out-String | Should -Match 'virtual IP'
    }

    It 'keeps its cmdlets after Import-Module -Force' {
        Import-Module $ModulePath -Force -Global
        (Get-Command -Module VrrpPS).Count | Should -Be (Get-Module VrrpPS).ExportedCmdlets.Count
        Get-VrrpState | Should -BeNullOrEmpty
    }
}

Describe '<_>' -ForEach $cmdlets {
    It 'has an approved verb and a singular noun' {
        $verb, $noun = $_ -split '-'
        (Get-Verb).Verb | Should -Contain $verb
        $noun | Should -Not -Match 's$'
    }

    It 'says what it emits' {
        (Get-Command $_).OutputType | Should -Not -BeNullOrEmpty
    }

    It 'binds no value by property name' {
        $bound = (Get-Command $_).ParameterSets.Parameters | Where-Object ValueFromPipelineByPropertyName | ForEach-Object Name | Sort-Object -Unique
        $bound | Where-Object { $_ -notin 'Name', 'NetworkNamespace', 'SocketPath', 'LiteralPath' } | Should -BeNullOrEmpty
    }
}

Describe '<_> changes something' -ForEach $changers {
    It 'asks ShouldProcess and does not prompt in automation' {
        $command = Get-Command $_
        $command.Parameters.Keys | Should -Contain 'WhatIf'
        $attribute = $command.ImplementingType.GetCustomAttributes([Management.Automation.CmdletAttribute], $false)
        $attribute.ConfirmImpact | Should -Be 'Medium'
    }
}

Describe 'Elsewhere than on Linux' {
    BeforeAll { [VrrpPS.TestEngine.MemoryEngineInstaller]::PretendLinux([VrrpPS.VrrpInstance].Assembly, $false) }
    AfterAll { [VrrpPS.TestEngine.MemoryEngineInstaller]::PretendLinux([VrrpPS.VrrpInstance].Assembly, $true) }

    It '<_> says so in one error' -ForEach @(
        { Start-VrrpInstance eth0 41 192.0.2.1 }, { Stop-VrrpInstance x }, { Suspend-VrrpInstance x }, { Resume-VrrpInstance x }, { Restart-VrrpInstance x }
        { Set-VrrpInstance x -Priority 1 }, { Get-VrrpInstance }, { Get-VrrpState }, { Get-VrrpHistory }, { Get-VrrpCounter }, { Clear-VrrpCounter x }
        { Wait-VrrpState x Master }, { Watch-VrrpAdvert }, { Test-VipReachability 192.0.2.1 }, { Test-VrrpEnvironment }, { Get-VrrpOrphan }, { Remove-VrrpOrphan }, { Measure-VipFailover 192.0.2.1 }, { Watch-VrrpState }
    ) {
        $_ | Should -Throw -ErrorId 'PlatformNotSupported,*'
    }

    It 'still writes and reads configurations' {
        (New-VrrpConfiguration eth0 41 192.0.2.1).Name | Should -Be 'eth0-41-v4'
        (Import-VrrpConfiguration (Join-Path $ScenarioPath node1.conf)).Priority | Should -Be 200
    }
}
