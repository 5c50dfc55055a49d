BeforeDiscovery {
    . $PSScriptRoot/Network.ps1
    $canNamespace = Test-NamespaceAbility
}

BeforeAll {
    . $PSScriptRoot/Support.ps1
    . $PSScriptRoot/Network.ps1
    Use-RealEngine
}

Describe 'A virtual MAC address as a value' {
    It 'is described by its parameters and comes back from JSON' {
        $configuration = New-VrrpConfiguration eth0 51 192.0.2.250 -UseVirtualMac -VirtualMacName web0 -VirtualMacAddress 02-00-00-00-00-0A -TransmitFromBase
        $configuration.VirtualMacName, $configuration.VirtualMacAddress, $configuration.TransmitFromBase | Should -Be 'web0', '02:00:00:00:00:0a', $true
        $file = Join-Path $TestDrive 'vmac.json'
        $configuration | Export-VrrpConfiguration -Path $file
        $read = Import-VrrpConfiguration $file
        $read.UseVirtualMac, $read.VirtualMacName, $read.VirtualMacAddress, $read.TransmitFromBase | Should -Be $true, 'web0', '02:00:00:00:00:0a', $true
    }

    It 'is the protocol''s own unless another is given' {
        (New-VrrpConfiguration eth0 51 192.0.2.250 -UseVirtualMac).VirtualMacAddress | Should -Be '00:00:5e:00:01:33'
        (New-VrrpConfiguration eth0 51 2001:db8::250 -UseVirtualMac).VirtualMacName | Should -Be 'vrrp6.51'
        (New-VrrpConfiguration eth0 51 192.0.2.250).UseVirtualMac | Should -BeFalse
    }

    It 'refuses <_> without -UseVirtualMac' -ForEach '-VirtualMacName web0', '-VirtualMacAddress 02:00:00:00:00:0a', '-TransmitFromBase' {
        $script = [scriptblock]::Create("New-VrrpConfiguration eth0 51 192.0.2.250 $_")
        $problem = Get-ErrorOf $script
        $problem.FullyQualifiedErrorId | Should -BeLike 'InvalidConfiguration,*'
        "$problem" | Should -BeLike '*-UseVirtualMac*'
    }

    It 'refuses a text that is no MAC address' {
        "$(Get-ErrorOf { New-VrrpConfiguration eth0 51 192.0.2.250 -UseVirtualMac -VirtualMacAddress nonsense })" | Should -BeLike "*'nonsense' is no MAC address*"
    }
}

Describe 'A virtual MAC address in a network' -Skip:(-not $canNamespace) {
    BeforeAll { New-ScenarioNetwork }
    AfterAll { Remove-ScenarioNetwork }

    It 'answers a client, is shown, cannot be changed, and is gone after the stop' {
        $namespace = Get-NodeNamespace 1
        try {
            $null = Start-VrrpInstance ens33 41 192.168.31.250/24 -UseVirtualMac -NetworkNamespace $namespace -Name vmac
            Wait-VrrpState vmac Master -Timeout 20s
            $state = Get-VrrpState vmac
            $state.VirtualMacAddress | Should -Be '00:00:5e:00:01:29'
            $state.VirtualIPAddress[0].InterfaceName | Should -Be 'vrrp.41'
            Get-Holder 192.168.31.250 | Should -BeNullOrEmpty
            $answer = Test-VipReachability 192.168.31.250 -InterfaceName br0 -NetworkNamespace (Get-ClientNamespace)
            $answer.Reachable, $answer.IsVirtualMac | Should -Be $true, $true
            Get-VrrpOrphan -NetworkNamespace $namespace | Should -BeNullOrEmpty
            "$(Get-ErrorOf { Set-VrrpInstance vmac -UseVirtualMac:$false })" | Should -BeLike '*virtual MAC address of the running instance*'
            Stop-VrrpInstance vmac -Force
            "$(Invoke-Ip -n $namespace -o link show)" | Should -Not -BeLike '*vrrp.41*'
        }
        finally {
            Stop-AllInstance
        }
    }

    It 'finds and removes a link that a dead engine left' {
        $namespace = Get-NodeNamespace 2
        $null = Invoke-Ip -n $namespace link add vrrp.9 link ens33 address 00:00:5e:00:01:09 type macvlan mode private
        $null = Invoke-Ip -n $namespace link set vrrp.9 alias 'vrrpps v4/9 arp_ignore=0 arp_announce=0'
        $orphan = Get-VrrpOrphan -NetworkNamespace $namespace
        "$orphan" | Should -Be 'link vrrp.9 (00:00:5e:00:01:09)'
        $orphan.Kind | Should -Be 'Link'
        $orphan.MacAddress | Should -Be '00:00:5e:00:01:09'
        ($orphan | Remove-VrrpOrphan -PassThru).InterfaceName | Should -Be 'vrrp.9'
        Get-VrrpOrphan -NetworkNamespace $namespace | Should -BeNullOrEmpty
    }
}
