# The cmdlets and a real service: what runs there is shown beside the session's, changed by name, and refused to nobody. Needs root.

BeforeDiscovery {
    . $PSScriptRoot/Network.ps1
    $able = (Test-NamespaceAbility) -and (Test-Path (Join-Path $PSScriptRoot '../../src/VrrpPS.Tool/bin/Release/net10.0/vrrpps'))
}

Describe 'The service through its control socket' -Tag Namespace -Skip:(-not $able) {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        . $PSScriptRoot/Network.ps1
        New-ScenarioNetwork
        Use-RealEngine
        $socket = Join-Path $TestDrive 'control.sock'
        $service = [Collections.Generic.List[Diagnostics.Process]]::new()

        # Copies, because a test changes them.
        Copy-Item (Join-Path $ScenarioPath 'node*.conf') $TestDrive

        function Start-Service-Node([int] $Node, [string] $Socket) {
            $start = [Diagnostics.ProcessStartInfo]::new((Join-Path $Root 'src/VrrpPS.Tool/bin/Release/net10.0/vrrpps'))
            foreach ($argument in 'run', '--config', (Join-Path $TestDrive "node$Node.conf"), '--namespace', (Get-NodeNamespace $Node), '--socket', $Socket, '--events', 'json') {
                $start.ArgumentList.Add($argument)
            }

            $start.RedirectStandardOutput = $true
            $service.Add([Diagnostics.Process]::Start($start))
            $null = $service[-1].StandardOutput.ReadLine()
        }

        function Stop-Service-Node([Diagnostics.Process] $Process) {
            & kill -TERM $Process.Id
            if (-not $Process.WaitForExit(20000)) { $Process.Kill() }
        }

        Start-Service-Node 1 $socket
        Start-Service-Node 2 (Join-Path $TestDrive 'second.sock')
    }

    AfterAll {
        foreach ($process in $service | Where-Object { -not $_.HasExited }) {
            Stop-Service-Node $process
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
        $answer = & setpriv --reuid 65534 --regid 65534 --clear-groups -- env HOME=/tmp $PwshPath -NoProfile -Command "
            `$client = [Net.Sockets.Socket]::new('Unix', 'Stream', 'Unspecified')
            `$client.Connect([Net.Sockets.UnixDomainSocketEndPoint]::new('$socket'))
            `$stream = [Net.Sockets.NetworkStream]::new(`$client)
            `$stream.Write([Text.Encoding]::UTF8.GetBytes('$line' + [char]10))
            [IO.StreamReader]::new(`$stream).ReadLine()"
        $answer | Should -Match '"errorId":"NotPermitted"'
        $answer | Should -Match 'sudo'
        (Get-VrrpState -SocketPath $socket).State | Should -Not -Be 'Suspended'
    }

    It 'reads its configuration again and says what was different' {
        $file = Join-Path $TestDrive 'node1.conf'
        $text = Get-Content $file -Raw
        try {
            Set-Content $file ($text -replace 'priority 200', 'priority 205')
            Update-VrrpService -SocketPath $socket -WhatIf | Should -BeNullOrEmpty
            (Get-VrrpState -SocketPath $socket).BasePriority | Should -Be 200

            $change = Update-VrrpService -SocketPath $socket
            $change | Should -BeOfType VrrpPS.VrrpServiceChange
            $change.Changed | Should -Be "VRRP1 (namespace $(Get-NodeNamespace 1))"
            $change.Started.Count + $change.Restarted.Count + $change.Stopped.Count + $change.Failure.Count | Should -Be 0
            (Get-VrrpState -SocketPath $socket).BasePriority | Should -Be 205
            (Update-VrrpService -SocketPath $socket).Unchanged | Should -Be 1

            Set-Content $file ($text -replace 'priority 200', 'priority 900')
            $refusal = Get-ErrorOf { Update-VrrpService -SocketPath $socket }
            $refusal.FullyQualifiedErrorId | Should -BeLike 'ConfigurationSyntax,*'
            "$refusal" | Should -Match 'the old one stays in force'
            "$refusal" | Should -Match 'node1\.conf:5:\d+: '
            (Get-VrrpState -SocketPath $socket).BasePriority | Should -Be 205
        }
        finally {
            Set-Content $file $text -NoNewline
        }

        # What was stopped by hand starts.
        Stop-VrrpInstance VRRP1 -SocketPath $socket -Force
        Get-VrrpState -SocketPath $socket | Should -BeNullOrEmpty
        (Update-VrrpService -SocketPath $socket).Started | Should -Be "VRRP1 (namespace $(Get-NodeNamespace 1))"
        (Get-VrrpState -SocketPath $socket).BasePriority | Should -Be 200
    }

    It 'tells events also after it has been restarted, and none of its transitions is missed' {
        $null = Register-VrrpEvent -EventName Transition, Connection -SocketPath $socket -SourceIdentifier service.again
        try {
            Stop-Service-Node $service[0]
            Start-Service-Node 1 $socket
            $told = [Collections.Generic.List[object]]::new()
            $deadline = [Diagnostics.Stopwatch]::StartNew()
            while (-not ($told | Where-Object { $_.Transition -and $_.Transition.Event -eq 'Startup' })) {
                $deadline.Elapsed.TotalSeconds | Should -BeLessThan 30
                foreach ($item in Wait-Event service.again -Timeout 1 | ForEach-Object { Get-Event -SourceIdentifier service.again }) {
                    $told.Add($item.SourceEventArgs)
                    $item | Remove-Event
                }
            }

            $lost = @($told | Where-Object { $_.Kind -eq 'Connection' })
            $lost[0].Event.IsWarning | Should -BeTrue
            $lost[0].Message | Should -Match 'has ended the connection'
            $lost[1].Message | Should -Match 'answers again'
            $startup = @($told | Where-Object { $_.Transition -and $_.Transition.Event -eq 'Startup' })
            $startup.Count | Should -Be 1
            $told.IndexOf($startup[0]) | Should -BeGreaterThan $told.IndexOf($lost[1])
        }
        finally {
            Unregister-Event service.again
            Get-Event -SourceIdentifier service.again -ErrorAction Ignore | Remove-Event
        }
    }

    It 'is found in the usual place, and told apart from the session' {
        # A place of its own: what is mounted there is seen by this child and its service only.
        $script = Join-Path $TestDrive 'usual.ps1'
        Set-Content $script @"
`$ErrorActionPreference = 'Stop'
Import-Module '$ModulePath'
`$start = [Diagnostics.ProcessStartInfo]::new('$(Join-Path $Root 'src/VrrpPS.Tool/bin/Release/net10.0/vrrpps')')
foreach (`$argument in 'run', '--config', '$(Join-Path $TestDrive 'node2.conf')', '--namespace', '$(Get-NodeNamespace 3)', '--events', 'json') { `$start.ArgumentList.Add(`$argument) }
`$start.RedirectStandardOutput = `$true
function Show([scriptblock] `$Script) { try { & `$Script | ForEach-Object { "`$_" } } catch { `$_.FullyQualifiedErrorId; "`$_" } }
Show { Get-VrrpState -Service }
`$service = [Diagnostics.Process]::Start(`$start)
`$null = `$service.StandardOutput.ReadLine()
try {
    `$mine = Start-VrrpInstance -Name VRRP1 ens33 42 192.168.31.251/24 -NetworkNamespace '$(Get-NodeNamespace 3)'
    'hosts ' + ((Get-VrrpState).Host -join ' ')
    'service ' + ((Get-VrrpState -Service).Host -join ' ')
    'session ' + ((Get-VrrpState -SocketPath '').Host -join ' ')
    Show { Suspend-VrrpInstance VRRP1 -Force }
    Suspend-VrrpInstance VRRP1 -Force -Service
    'suspended ' + ((Get-VrrpState | Where-Object State -EQ Suspended).Host -join ' ')
    Resume-VrrpInstance VRRP1 -Service
    Suspend-VrrpInstance VRRP1 -Force -SocketPath ''
    'suspended ' + ((Get-VrrpState | Where-Object State -EQ Suspended).Host -join ' ')
    `$null = Register-VrrpEvent -Service -SourceIdentifier usual
    Suspend-VrrpInstance VRRP1 -Force -Service
    'event ' + (Wait-Event usual -Timeout 20).SourceEventArgs.Transition.Host
    'unchanged ' + (Update-VrrpService).Unchanged
    'named ' + (Update-VrrpService vrrpps.service).SocketPath
    `$mine | Stop-VrrpInstance -Force
}
finally {
    & kill -TERM `$service.Id
    `$null = `$service.WaitForExit(20000)
}
"@
        $made = -not (Test-Path /run/vrrpps)
        try {
            $output = & unshare --mount --propagation private sh -c 'mkdir -p /run/vrrpps && mount -t tmpfs tmpfs /run/vrrpps && exec "$@"' sh `
                $PwshPath -NoProfile -NonInteractive -File $script 2>&1 | ForEach-Object { "$_" }
        }
        finally {
            if ($made) { Remove-Item /run/vrrpps -ErrorAction Ignore }
        }

        $text = $output -join "`n"
        $text | Should -Match "(?m)^ServiceUnreachable,.*`n.*/run/vrrpps/control\.sock.*systemctl status vrrpps"
        $output | Should -Contain 'hosts Session Service'
        $output | Should -Contain 'service Service'
        $output | Should -Contain 'session Session'
        $text | Should -Match "(?m)^AmbiguousInstance,.*`n'VRRP1' runs in this session and in the vrrpps service\. Give -Service"
        $output | Should -Contain 'suspended Service'
        $output | Should -Contain 'suspended Session'
        $output | Should -Contain 'event Service'
        $output | Should -Contain 'unchanged 1'
        $output | Should -Contain 'named /run/vrrpps/control.sock'
    }

    It 'says when no service answers where one was asked for' {
        (Get-ErrorOf { Get-VrrpState -SocketPath (Join-Path $TestDrive none.sock) }).FullyQualifiedErrorId | Should -BeLike 'ServiceUnreachable,*'
    }
}
