# The cmdlets and a real service: what runs there is shown beside the session's, changed by name, and refused to nobody. Needs root.

BeforeDiscovery {
    . $PSScriptRoot/Network.ps1
    $able = (Test-NamespaceAbility) -and (Test-Path (Join-Path $PSScriptRoot '../../src/VrrpPS.Service/bin/Release/net10.0/vrrpps'))
}

Describe 'The service through its control socket' -Tag Namespace -Skip:(-not $able) {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        . $PSScriptRoot/Network.ps1
        New-ScenarioNetwork
        Use-RealEngine
        $socket = Join-Path $TestDrive 'control.sock'
        $service = [Collections.Generic.List[Diagnostics.Process]]::new()

        function Start-Service-Node([int] $Node, [string] $Socket) {
            $start = [Diagnostics.ProcessStartInfo]::new((Join-Path $Root 'src/VrrpPS.Service/bin/Release/net10.0/vrrpps'))
            foreach ($argument in 'run', '--config', (Join-Path $ScenarioPath "node$Node.conf"), '--namespace', (Get-NodeNamespace $Node), '--socket', $Socket, '--events', 'json') {
                $start.ArgumentList.Add($argument)
            }

            $start.RedirectStandardOutput = $true
            $service.Add([Diagnostics.Process]::Start($start))
            $null = $service[-1].StandardOutput.ReadLine()
        }

        Start-Service-Node 1 $socket
        Start-Service-Node 2 (Join-Path $TestDrive 'second.sock')
    }

    AfterAll {
        foreach ($process in $service) {
            & kill -TERM $process.Id
            if (-not $process.WaitForExit(20000)) { $process.Kill() }
        }

        Get-Module VrrpPS | Remove-Module
        Remove-ScenarioNetwork
    }

    It 'waits for a state of the service and shows it' {
        $state = Wait-VrrpState VRRP1 -State Master -SocketPath $socket -Timeout 20s -ErrorAction Stop
        $state.Host | Should -Be 'Service'
        $state.NetworkNamespace | Should -Be (Get-NodeNamespace 1)
        (Get-VrrpState -SocketPath $socket).State | Should -Be 'Master'
        $instance = Get-VrrpInstance -SocketPath $socket
        $instance.Host | Should -Be 'Service'
        $instance.State | Should -Be 'Master'
        $instance.SocketPath | Should -Be $socket
        (Get-VrrpHistory -SocketPath $socket).ToState | Should -Contain 'Master'
        (Get-VrrpCounter -SocketPath $socket).AdvertisementSent | Should -BeGreaterThan 0
    }

    It 'has the properties that a session has' {
        $instance = Import-VrrpConfiguration (Join-Path $ScenarioPath 'node3.conf') -NetworkNamespace (Get-NodeNamespace 3) | Start-VrrpInstance
        try {
            $session = Get-VrrpState | Where-Object Host -EQ Session
            $service = Get-VrrpState -SocketPath $socket
            $service.PSObject.TypeNames[0] | Should -Be $session.PSObject.TypeNames[0]
            $service.PSObject.Properties.Name | Should -Be $session.PSObject.Properties.Name
            $other = Get-VrrpInstance -SocketPath $socket
            foreach ($name in 'VirtualRouterId', 'Version', 'AdvertisementInterval', 'VirtualIPAddress', 'Preempt', 'AuthenticationType', 'HasAuthentication', 'UnicastPeer') {
                "$name $($other.$name)" | Should -Be "$name $($instance.$name)"
            }
        }
        finally {
            $instance | Stop-VrrpInstance -Force
        }
    }

    It 'changes a priority live' {
        Set-VrrpInstance VRRP1 -SocketPath $socket -Priority 210
        (Get-VrrpState -SocketPath $socket).BasePriority | Should -Be 210
        (Get-VrrpState -SocketPath $socket).State | Should -Be 'Master'
        Get-VrrpInstance -SocketPath $socket | Set-VrrpInstance -Priority 200
        (Get-VrrpInstance -SocketPath $socket).Priority | Should -Be 200
    }

    It 'tells events' {
        $null = Register-VrrpEvent -SocketPath $socket -SourceIdentifier service.test
        try {
            Suspend-VrrpInstance VRRP1 -SocketPath $socket -Force
            $told = Wait-Event service.test -Timeout 20
            $told.SourceEventArgs.Transition.Name | Should -Be 'VRRP1'
            Resume-VrrpInstance VRRP1 -SocketPath $socket
            $null = Wait-VrrpState VRRP1 -State Master -SocketPath $socket -Timeout 20s -ErrorAction Stop
        }
        finally {
            Unregister-Event service.test
            Get-Event -SourceIdentifier service.test -ErrorAction Ignore | Remove-Event
        }
    }

    It 'moves the Master role to the other service' {
        Move-VrrpMaster VRRP1 -SocketPath $socket -ErrorAction Stop
        $state = Get-VrrpState -SocketPath $socket
        $state.State | Should -Be 'Backup'
        $state.Held | Should -BeTrue
        (Get-VrrpState -SocketPath (Join-Path $TestDrive 'second.sock')).State | Should -Be 'Master'
        (Get-ErrorOf { Send-VrrpAnnouncement VRRP1 -SocketPath $socket }).FullyQualifiedErrorId | Should -BeLike 'NotMaster,*'
    }

    It 'restarts and clears' {
        (Clear-VrrpCounter VRRP1 -SocketPath $socket -PassThru).Name | Should -Be 'VRRP1'
        Restart-VrrpInstance VRRP1 -SocketPath $socket -Force
        (Get-VrrpState -SocketPath $socket).Held | Should -BeFalse
    }

    It 'refuses nobody a change and says the way out' {
        $line = '{"jsonrpc":"2.0","id":1,"method":"suspend","params":{"name":"VRRP1"}}'
        & chmod 755 $TestDrive
        $answer = & setpriv --reuid 65534 --regid 65534 --clear-groups -- env HOME=/tmp (Get-Process -Id $PID).Path -NoProfile -Command "
            `$client = [Net.Sockets.Socket]::new('Unix', 'Stream', 'Unspecified')
            `$client.Connect([Net.Sockets.UnixDomainSocketEndPoint]::new('$socket'))
            `$stream = [Net.Sockets.NetworkStream]::new(`$client)
            `$stream.Write([Text.Encoding]::UTF8.GetBytes('$line' + [char]10))
            [IO.StreamReader]::new(`$stream).ReadLine()"
        $answer | Should -Match '"errorId":"NotPermitted"'
        $answer | Should -Match 'sudo'
        (Get-VrrpState -SocketPath $socket).State | Should -Not -Be 'Suspended'
    }

    It 'says when no service answers where one was asked for' {
        (Get-ErrorOf { Get-VrrpState -SocketPath (Join-Path $TestDrive none.sock) }).FullyQualifiedErrorId | Should -BeLike 'ServiceUnreachable,*'
    }
}
