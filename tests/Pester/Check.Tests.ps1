BeforeDiscovery {
    . $PSScriptRoot/Network.ps1
    $canNamespace = Test-NamespaceAbility
}

BeforeAll {
    . $PSScriptRoot/Support.ps1
    . $PSScriptRoot/Network.ps1
    Use-RealEngine

    # The processes that a process started, and those that they started.
    function Get-Descendant([int] $Id) {
        foreach ($child in Get-ChildItem "/proc/$Id/task" | ForEach-Object { (Get-Content "$_/children" -Raw) -split ' ' } | Where-Object { $_ }) {
            $child
            Get-Descendant $child
        }
    }
}

Describe 'Test-VrrpConfiguration' {
    It 'plays every failure of the nodes of three files' {
        $outcomes = @(Test-VrrpConfiguration (Join-Path $ScenarioPath 'node[123].conf') | Where-Object Code -EQ ElectionOutcome)
        ($outcomes | Where-Object Failure -EQ '').Master | Should -Be 'node1'
        ($outcomes | Where-Object Failure -EQ 'node1 is down').Master | Should -Be 'node2'
        ($outcomes | Where-Object Failure -EQ 'node1 is down').MasterAfterwards | Should -Be 'node1'
        $outcomes.Count | Should -Be 7
    }

    It 'takes configurations and names for their nodes' {
        $a = New-VrrpConfiguration eth0 51 192.0.2.250 -Priority 150
        $b = New-VrrpConfiguration eth0 51 192.0.2.250 -Version 2
        $findings = $a, $b | Test-VrrpConfiguration -NodeName red, blue
        ($findings | Where-Object Code -EQ VersionDiffers).Severity | Should -Be 'Error'
        ($findings | Where-Object Code -EQ TwoMasters).Message | Should -BeLike 'red and blue are Master at the same time*'
        $findings.Code | Should -Contain 'DefaultVirtualRouterId'
    }

    It 'puts the second configuration of a virtual router on a second node' {
        $pair = (New-VrrpConfiguration eth0 41 192.0.2.250 -Priority 150), (New-VrrpConfiguration eth0 41 192.0.2.250)
        (Test-VrrpConfiguration -Configuration $pair | Where-Object Failure -EQ 'node1 is down').Master | Should -Be 'node2'
    }

    It 'refuses names that do not fit the number of configurations' {
        (Get-ErrorOf { New-VrrpConfiguration eth0 41 192.0.2.250 | Test-VrrpConfiguration -NodeName a, b }).FullyQualifiedErrorId | Should -BeLike 'InvalidConfiguration,*'
    }

    It 'shows what is wrong in a file with line and column and goes on with the others' {
        $bad = Join-Path $TestDrive 'bad.conf'
        Set-Content $bad "vrrp_instance a {`n interface eth0`n virtual_router_id 300`n virtual_ipaddress {`n 192.0.2.1`n }`n}"
        $findings = Test-VrrpConfiguration $bad, (Join-Path $ScenarioPath node1.conf)
        ($findings | Where-Object Severity -EQ Error)[0].Subject | Should -BeLike "$bad`:3:*"
        $findings.Code | Should -Contain 'SingleNode'
    }

    It 'names a check whose weight is too small' {
        $tracker = New-VrrpTracker -Tcp 127.0.0.1:32463 -Name port -Weight -5
        $pair = (New-VrrpConfiguration eth0 41 192.0.2.250 -Priority 100 -Tracker $tracker), (New-VrrpConfiguration eth0 41 192.0.2.250 -Priority 90)
        ($pair | Test-VrrpConfiguration | Where-Object Code -EQ CheckWithoutFailover).Message | Should -BeLike '*node1 is 95 and node2 is 90*'
    }

    It 'says what is not by the RFC on request' {
        $configuration = New-VrrpConfiguration eth0 41 192.0.2.250
        ($configuration | Test-VrrpConfiguration).Code | Should -Not -Contain 'StrictChecksum'
        ($configuration | Test-VrrpConfiguration -Strict).Code | Should -Contain 'StrictChecksum'
    }

    It 'takes files from the pipeline' {
        @(Get-ChildItem (Join-Path $ScenarioPath 'node?.conf') | Test-VrrpConfiguration | Where-Object Code -EQ ElectionOutcome).Count | Should -Be 7
    }

    It 'shows a table that says what to do' {
        $text = New-VrrpConfiguration eth0 51 192.0.2.250 | Test-VrrpConfiguration | Out-String -Width 200
        $text | Should -Match 'Severity\s+Code\s+What / what to do'
        $text | Should -Match 'DefaultVirtualRouterId'
        $outcomes = (New-VrrpConfiguration eth0 41 192.0.2.250 -Priority 150), (New-VrrpConfiguration eth0 41 192.0.2.250) | Test-VrrpConfiguration | Out-String -Width 120
        $outcomes | Should -Match 'node1 is down\s+node1\s+node2\s+node1\s+3\.\d+s'
    }

    It 'survives ConvertTo-Json' {
        $json = New-VrrpConfiguration eth0 51 192.0.2.250 | Test-VrrpConfiguration | ConvertTo-Json | ConvertFrom-Json
        $json.Severity | Should -Contain 'Warning'
    }
}

Describe 'Test-VrrpEnvironment' {
    It 'names an interface that is not there' {
        $finding = Test-VrrpEnvironment nosuch -Duration 0 | Where-Object Code -EQ InterfaceMissing
        $finding.Severity | Should -Be 'Error'
        $finding.Fix | Should -Not -BeNullOrEmpty
    }

    It 'refuses a virtual router id that cannot be' {
        (Get-ErrorOf { Test-VrrpEnvironment -VirtualRouterId 256 -Duration 0 }).FullyQualifiedErrorId | Should -BeLike 'InvalidVirtualRouterId,*'
    }

    It 'names a namespace that is not there' {
        (Get-ErrorOf { Test-VrrpEnvironment -NetworkNamespace nosuch -Duration 0 }).FullyQualifiedErrorId | Should -BeLike 'NamespaceNotFound,*'
    }
}

Describe 'In a network' -Skip:(-not $canNamespace) {
    BeforeAll { New-ScenarioNetwork }
    AfterAll { Remove-ScenarioNetwork }

    It 'hears nobody and names a free virtual router id' {
        $findings = Test-VrrpEnvironment ens33 -NetworkNamespace (Get-NodeNamespace 1) -Duration 300ms
        $findings.Code | Should -Contain 'HeardNobody'
        ($findings | Where-Object Code -EQ FreeVirtualRouterId).Message | Should -BeLike 'Virtual router id 1 *'
    }

    It 'finds and removes what a process left that was killed with its guard, and with -WhatIf only says so' {
        $namespace = Get-NodeNamespace 2
        $start = [Diagnostics.ProcessStartInfo]::new($PwshPath)
        $script = "Import-Module '$ModulePath'; `$null = Start-VrrpInstance ens33 41 192.168.31.250/32 -NoAddressLease -NetworkNamespace $namespace; `$null = Wait-VrrpState * Master; [Console]::Out.WriteLine('MASTER'); `$null = [Console]::In.ReadLine()"
        foreach ($argument in '-NoProfile', '-NonInteractive', '-Command', $script) { $start.ArgumentList.Add($argument) }
        $start.RedirectStandardOutput = $true
        $start.RedirectStandardError = $true
        $start.RedirectStandardInput = $true
        $child = [pscustomobject]@{ Process = [Diagnostics.Process]::Start($start); Output = [Text.StringBuilder]::new() }
        Wait-Line $child MASTER
        Get-VrrpOrphan -NetworkNamespace $namespace | Should -BeNullOrEmpty

        # Stopped first, so that it does not replace its guard.
        kill -STOP $child.Process.Id
        $guards = @(Get-Descendant $child.Process.Id)
        $guards | Should -Not -BeNullOrEmpty
        $guards | ForEach-Object { kill -KILL $_ }
        kill -KILL $child.Process.Id
        $child.Process.WaitForExit(20000) | Should -BeTrue

        $orphan = Get-VrrpOrphan -NetworkNamespace $namespace
        "$orphan" | Should -Be '192.168.31.250/32 on ens33'
        $orphan | Out-String | Should -Match 'ever'
        Remove-VrrpOrphan -NetworkNamespace $namespace -WhatIf
        Get-Holder 192.168.31.250 | Should -Be 2
        ($orphan | Remove-VrrpOrphan -PassThru).IPAddress | Should -Be '192.168.31.250'
        Get-Holder 192.168.31.250 | Should -BeNullOrEmpty
        Get-Holder 192.168.31.201 | Should -Be 2
    }

    It 'calls nothing an orphan that a living engine holds' {
        $namespace = Get-NodeNamespace 3
        try {
            $null = Start-VrrpInstance ens33 41 192.168.31.250/24 -NetworkNamespace $namespace -Name checked
            Wait-VrrpState checked Master -Timeout 20s
            Get-Holder 192.168.31.250 | Should -Be 3
            Get-VrrpOrphan -NetworkNamespace $namespace | Should -BeNullOrEmpty
            Remove-VrrpOrphan -NetworkNamespace $namespace
            Get-Holder 192.168.31.250 | Should -Be 3
        }
        finally {
            Stop-AllInstance
        }
    }
}
