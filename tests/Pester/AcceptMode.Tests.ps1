BeforeDiscovery {
    . $PSScriptRoot/Network.ps1
    $canNamespace = Test-NamespaceAbility
}

BeforeAll {
    . $PSScriptRoot/Support.ps1
    . $PSScriptRoot/Network.ps1
    Use-RealEngine
}

Describe 'Accept mode as a value' {
    It 'is on unless it is disabled, and comes back from <_>' -ForEach 'Json', 'Keepalived' {
        (New-VrrpConfiguration eth0 41 192.0.2.250).AcceptMode | Should -BeTrue
        $configuration = New-VrrpConfiguration eth0 41 192.0.2.250 -DisableAcceptMode
        $configuration.AcceptMode | Should -BeFalse
        $file = Join-Path $TestDrive "accept.$($_ -eq 'Json' ? 'json' : 'conf')"
        $configuration | Export-VrrpConfiguration -Path $file -Format $_
        (Import-VrrpConfiguration $file).AcceptMode | Should -BeFalse
    }

    It 'is explained, and a difference between nodes is warned of' {
        $off = New-VrrpConfiguration eth0 41 192.0.2.250 -DisableAcceptMode -Priority 150
        (@($off) | Test-VrrpConfiguration | Where-Object Code -EQ AcceptModeOff).Message | Should -BeLike '*neither ping nor any service*'
        $on = New-VrrpConfiguration eth0 41 192.0.2.250
        ($off, $on | Test-VrrpConfiguration -NodeName a, b | Where-Object Code -EQ AcceptModeDiffers).Severity | Should -Be 'Warning'
    }
}

Describe 'Accept mode in a network' -Skip:(-not $canNamespace) {
    BeforeAll { New-ScenarioNetwork }
    AfterAll { Remove-ScenarioNetwork }

    It 'is switched off and on while the instance runs' {
        $namespace = Get-NodeNamespace 1
        try {
            $null = Start-VrrpInstance ens33 41 192.168.31.250/24 -DisableAcceptMode -NetworkNamespace $namespace -Name gateway
            Wait-VrrpState gateway Master -Timeout 20s
            Get-VrrpInstance gateway | Format-List | Out-String | Should -Match 'AcceptMode\s+: False'
            $answer = Test-VipReachability 192.168.31.250 -Count 1 -Timeout 1 -InterfaceName br0 -NetworkNamespace (Get-ClientNamespace)
            $answer.PingSucceeded | Should -BeFalse
            $answer.ResponderCount | Should -Be 1
            # The rules are no danger for advertisements.
            Test-VrrpEnvironment -InterfaceName ens33 -NetworkNamespace $namespace | Where-Object Code -Like '*Firewall*' | Should -BeNullOrEmpty
            Set-VrrpInstance gateway -DisableAcceptMode:$false
            (Get-VrrpState gateway).State | Should -Be 'Master'
            (Test-VipReachability 192.168.31.250 -InterfaceName br0 -NetworkNamespace (Get-ClientNamespace)).PingSucceeded | Should -BeTrue
            Set-VrrpInstance gateway -DisableAcceptMode
            (Test-VipReachability 192.168.31.250 -Count 1 -Timeout 1 -InterfaceName br0 -NetworkNamespace (Get-ClientNamespace)).PingSucceeded | Should -BeFalse
        }
        finally {
            Stop-AllInstance
        }
    }
}
