# What is shown besides objects: the board, progress, a report, over the engine in memory.

BeforeDiscovery {
    # Every view, with what a reader sees of it: a table's labels in their order, or a list's.
    $views = ([xml](Get-Content $PSScriptRoot/../../module/VrrpPS.Format.ps1xml -Raw)).Configuration.ViewDefinitions.View | ForEach-Object {
        # By name, because what is not there is an error in strict mode otherwise.
        $table = $_['TableControl']
        $labels = $table ? @($table.TableHeaders.TableColumnHeader | ForEach-Object { ($_['Label'])?.InnerText } | Where-Object { $_ })
            : @($_['ListControl'].ListEntries.ListEntry.ListItems.ListItem | ForEach-Object { ($_['Label'] ?? $_['PropertyName']).InnerText })
        @{ Name = $_.Name; Type = $_.ViewSelectedBy.TypeName; IsTable = [bool]$table; Labels = $labels }
    }
}

BeforeAll {
    . $PSScriptRoot/Support.ps1
    . $PSScriptRoot/Capture.ps1
    Use-MemoryEngine
    $null = Start-VrrpInstance eth0 41 192.0.2.250/24
    $null = Start-VrrpInstance eth0 42 192.0.2.251/24 -Name spare

    # What a script showed as progress.
    function Get-Progress([scriptblock] $Script) {
        $job = Start-ThreadJob -ArgumentList $ModulePath, "$Script" { Import-Module $args[0]; $null = . ([scriptblock]::Create($args[1])) }
        $null = Wait-Job $job
        @($job.Progress | Where-Object Activity -NotLike 'Preparing*')
        Remove-Job $job
    }
}

AfterAll { Stop-AllInstance }

Describe 'Watch-VrrpState' {
    It 'emits every state, and ends after its time' {
        $states = Watch-VrrpState -Duration 300ms
        $states.Name | Should -Be 'eth0-41-v4', 'spare'
        $states[0] | Should -BeOfType VrrpPS.VrrpState
    }

    It 'emits what changes, and ends after -Count' {
        $changes = Start-ThreadJob -ArgumentList (Get-MemoryEngine) {
            Start-Sleep -Milliseconds 300
            $args[0].Elect('spare', $null, 'Fault', 'InterfaceDown', 'eth0 has no carrier')
        }
        $seen = Watch-VrrpState spare -Count 1 -Duration 20s
        $null = Receive-Job $changes -Wait
        Remove-Job $changes
        $seen.State | Should -Be 'Master', 'Fault'
        $seen[-1].FaultReason | Should -BeLike '*carrier*'
    }

    It 'names an instance that is not there, and a rest that is too short' {
        (Get-ErrorOf { Watch-VrrpState nosuch -Duration 100ms }).FullyQualifiedErrorId | Should -BeLike 'InstanceNotFound,*'
        (Get-ErrorOf { Watch-VrrpState -Interval 1ms }).FullyQualifiedErrorId | Should -BeLike 'InvalidConfiguration,*'
    }
}

Describe 'Wait-VrrpState' {
    It 'shows progress when it takes long, and takes it away' {
        $progress = Get-Progress { Wait-VrrpState eth0-41-v4 Suspended -Timeout 1500ms -ErrorAction Ignore }
        $progress[0].Activity | Should -Be 'Waiting for Suspended'
        $progress[0].StatusDescription | Should -BeLike '*eth0-41-v4* is Master*'
        $progress[-1].RecordType | Should -Be 'Completed'
    }
}

Describe 'Stop-VrrpInstance' {
    It 'shows progress while it waits for a successor' {
        $gate = [Threading.Tasks.TaskCompletionSource]::new()
        (Get-MemoryEngine).HandoverGate = $gate.Task
        $null = Start-VrrpInstance eth0 43 192.0.2.252/24 -Name slow
        $release = Start-ThreadJob -ArgumentList $gate { Start-Sleep -Milliseconds 1200; $args[0].SetResult() }
        $progress = Get-Progress { Stop-VrrpInstance slow }
        (Get-MemoryEngine).HandoverGate = $null
        $null = Receive-Job $release -Wait
        Remove-Job $release
        $progress[0].Activity | Should -BeLike '*slow*'
    }
}

Describe 'Watch-VrrpAdvert' {
    It 'says what is new and is quiet about what is not' {
        $adverts = Watch-VrrpAdvert -Path (New-Capture -Count 3)
        $adverts[0].Change | Should -Be 'new'
        $adverts.IsSteady | Should -Be $false, $true, $true
        @(Watch-VrrpAdvert -Path (New-Capture -Count 9) -ChangesOnly).Count | Should -Be 1
    }

    It 'marks them in the table' {
        $before = $PSStyle.OutputRendering
        try {
            $PSStyle.OutputRendering = 'Ansi'
            $lines = (Watch-VrrpAdvert -Path (New-Capture -Count 2) | Out-String) -split "`n" | Where-Object { $_ -match '192\.0\.2\.250' }
            $lines[0] | Should -Match '\e\[1m\e\[32m'
            $lines[-1] | Should -Match '\e\[2m'
        }
        finally { $PSStyle.OutputRendering = $before }
    }
}

Describe 'Get-VrrpState' {
    It 'shows in its list how it came about' {
        Get-VrrpState eth0-41-v4 | Format-List | Out-String | Should -Match 'LastTransition +: \d{4}-\d\d-\d\dT'
    }
}

Describe 'Export-VrrpReport' {
    BeforeAll { $parts = @(Get-VrrpState) + @(Get-VrrpHistory) + @(Watch-VrrpAdvert -Path (New-Capture)) }

    It 'writes one page of all that it is given' {
        $file = $parts | Export-VrrpReport (Join-Path $TestDrive 'a.html') -Title 'A <b>test</b>' -PassThru
        $file | Should -BeOfType IO.FileInfo
        $page = Get-Content -LiteralPath $file.FullName -Raw
        $page | Should -Match '<!DOCTYPE html>'
        $page | Should -Match 'A &lt;b&gt;test&lt;/b&gt;'
        $page | Should -Match 'eth0-41-v4'
        $page | Should -Match '192\.0\.2\.1 \(VRID 41\)'
        $page | Should -Not -Match '<script|href=|src='
    }

    It 'refuses other things once, by name, and goes on' {
        $failure = $null
        'text', 'more', $parts[0] | Export-VrrpReport (Join-Path $TestDrive 'b.html') -ErrorVariable failure -ErrorAction SilentlyContinue
        $failure.Count | Should -Be 1
        $failure.FullyQualifiedErrorId | Should -BeLike 'NotReportable,*'
        Join-Path $TestDrive 'b.html' | Should -Exist
    }

    It 'replaces what it may and nothing else' {
        $file = Join-Path $TestDrive 'c[1].html'
        $parts | Export-VrrpReport -LiteralPath $file -WhatIf
        Test-Path -LiteralPath $file | Should -BeFalse
        $parts | Export-VrrpReport -LiteralPath $file
        Test-Path -LiteralPath $file | Should -BeTrue
        (Get-ErrorOf { $parts | Export-VrrpReport -LiteralPath $file -NoClobber }).FullyQualifiedErrorId | Should -BeLike 'FileExists,*'
        (Get-Item -LiteralPath $file).IsReadOnly = $true
        (Get-ErrorOf { $parts | Export-VrrpReport -LiteralPath $file }).FullyQualifiedErrorId | Should -BeLike 'FileReadOnly,*'
        $parts | Export-VrrpReport -LiteralPath $file -Force
    }
}

Describe 'Measure-VipFailover' {
    It 'refuses <_>' -ForEach @(
        { Measure-VipFailover 192.0.2.1 -Interval 10us }, { Measure-VipFailover 192.0.2.1 -Timeout 2h }, { Measure-VipFailover no-address }
    ) {
        (Get-ErrorOf $_).FullyQualifiedErrorId | Should -Match '^(InvalidConfiguration|InvalidAddress),'
    }

    It 'measures this host itself' {
        $info = $null
        $measured = Measure-VipFailover 127.0.0.1 -Duration 500ms -Summary -InformationVariable info -InformationAction SilentlyContinue
        $measured | Should -BeOfType VrrpPS.VipMeasurement
        $measured.Sent | Should -BeGreaterThan 0
        $measured.Lost | Should -Be 0
        "$($info[0])" | Should -BeLike '127.0.0.1*: ping every 10 ms*'
        "$info" | Should -BeLike '*No outage*'
    }

    It 'ends when -Until is true, with how it goes in $_' {
        (Measure-VipFailover 127.0.0.1 -Until { $_.Sent -ge 5 } -Duration 20s -Summary -InformationAction Ignore).Duration | Should -BeLessThan ([timespan]'0:0:20')
    }

    It 'draws SVG as text and into a file' {
        [xml](Measure-VipFailover 127.0.0.1 -Duration 200ms -AsSvg) | ForEach-Object { $_.svg.title } | Should -BeLike '127.0.0.1: 0 of *'
        $file = Join-Path $TestDrive 'a.svg'
        Measure-VipFailover 127.0.0.1 -Duration 200ms -Path $file -InformationAction Ignore
        ([xml](Get-Content $file -Raw)).svg | Should -Not -BeNullOrEmpty
    }
}

Describe 'docs/views.md' {
    BeforeAll {
        $page = Get-Content $PSScriptRoot/../../docs/views.md -Raw
        $sections = @{}
        foreach ($section in $page -split '(?m)^## ' | Select-Object -Skip 1) {
            $heading, $body = $section -split "`n", 2
            $sections[($heading.ToLowerInvariant() -replace '[^a-z0-9]+', '-').Trim('-')] = $body
        }
    }

    # A new view, or a column that is new or called otherwise, needs a new capture: docs/examples/capture-views.ps1.
    It 'shows <Name> as it is' -ForEach $views {
        $page -match "(?m)^\| ``$([regex]::Escape($Type))`` \| \[[^]]+\]\(#(?<table>[^)]+)\) \| \[[^]]+\]\(#(?<list>[^)]+)\) \|$" | Should -BeTrue -Because "the index has a row for $Type"
        $body = $sections[$IsTable ? $Matches.table : $Matches.list]
        $body | Should -Not -BeNullOrEmpty -Because 'a link of the index leads to a section'
        $escaped = $Labels | ForEach-Object { [regex]::Escape($_) }
        $pattern = $IsTable ? "(?m)^ *$($escaped -join ' +')$" : "(?m)^$($escaped -join ' +:.*\n(?:[ ].*\n)*')"
        $body | Should -Match $pattern
    }

    It 'draws what it links to, in light and dark' {
        $drawings = [regex]::Matches($page, '\(images/(?<name>[^)]+\.svg)\)') | ForEach-Object { $_.Groups['name'].Value }
        $drawings.Count | Should -BeGreaterThan 20
        foreach ($drawing in $drawings) {
            $text = Get-Content (Join-Path $PSScriptRoot '../../docs/images' $drawing) -Raw
            ([xml]$text).svg.title | Should -Not -BeNullOrEmpty
            $text | Should -BeLike '*prefers-color-scheme:dark*'
        }
    }
}
