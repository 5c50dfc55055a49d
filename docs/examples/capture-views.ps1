<#
.SYNOPSIS
    Writes docs/views.md and docs/images: what every view of the module looks like in a terminal.
.DESCRIPTION
    Needs root, the module and the service built (dotnet build) and the hosts of docs/examples/three-hosts.sh. What is shown is what the commands
    answer while the cable of the Master is pulled and put back; nothing is typed by hand. It stops at a line that is wider than its terminal and at
    a view that is not shown. Files for the service are in /tmp/vrrp-views meanwhile. From the repository's root:

        sudo docs/examples/three-hosts.sh up
        sudo pwsh -NoProfile -File docs/examples/capture-views.ps1
        sudo docs/examples/three-hosts.sh down
.PARAMETER OutputDirectory
    Where the files go; docs unless given.
#>
param([string] $OutputDirectory = (Join-Path $PSScriptRoot '..'))

$ErrorActionPreference = 'Stop'
# Long cells break between words in the cultures that PowerShell knows.
[cultureinfo]::CurrentCulture = 'en-US'
$root = Join-Path $PSScriptRoot '../..'
Import-Module (Join-Path $root 'artifacts/module/VrrpPS')
$images = Join-Path $OutputDirectory images
$null = New-Item -ItemType Directory -Force $images
$scenario = Join-Path $root 'src/VrrpPS.Tool/Lab/Scenario'
$vip = '192.168.31.250'
$page = [Text.StringBuilder]::new()

# Where the files of the service are while it is shown; its name is part of what is captured.
$workshop = '/tmp/vrrp-views'
$types = ([xml](Get-Content (Join-Path $root module/VrrpPS.Format.ps1xml) -Raw)).Configuration.ViewDefinitions.View.ViewSelectedBy.TypeName | Select-Object -Unique
$tables = @{}
$lists = @{}

# Objects as a terminal of that width shows them, with or without colour. Lines of the information stream are kept as they are.
function Get-Screen([object[]] $Items, [int] $Width, [bool] $Colour, [bool] $List) {
    $PSStyle.OutputRendering = $Colour ? 'Ansi' : 'PlainText'
    $said = @($Items | Where-Object { $_ -is [Management.Automation.InformationRecord] } | ForEach-Object { "$_" }) -join "`n"
    $objects = $Items | Where-Object { $_ -isnot [Management.Automation.InformationRecord] }
    $shown = $List ? ($objects | Format-List | Out-String -Width $Width) : ($objects | Out-String -Width $Width)
    $text = "$said`n$shown" -replace '[ \t]+(?=\r?\n)' -replace '\n{3,}', "`n`n"
    ($Colour ? $text : ($text -replace '\e\[[0-9;]*m')).Trim("`n", "`r")
}

# A terminal's text with colours as a drawing that is light or dark as the reader's page is.
function ConvertTo-Svg([string] $Text, [int] $Columns, [string] $Title) {
    $names = @{ 30 = 'k'; 31 = 'r'; 32 = 'g'; 33 = 'y'; 34 = 'b'; 35 = 'm'; 36 = 'c'; 37 = 'w' }
    $escape = { param($part) [Net.WebUtility]::HtmlEncode($part) }
    $lines = $Text -split "`n"
    $height = 16 + 18 * $lines.Count
    $svg = [Text.StringBuilder]::new()
    $null = $svg.Append("<svg xmlns=`"http://www.w3.org/2000/svg`" viewBox=`"0 0 $(16 + 8 * $Columns) $height`" width=`"$(16 + 8 * $Columns)`" role=`"img`"><title>$(& $escape $Title)</title><style>")
    $null = $svg.Append('text{font:13.3px ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace;white-space:pre;fill:#1f2328}.p{fill:#fff;stroke:#d1d9e0}.r{fill:#b42318}.g{fill:#1a7f37}.y{fill:#7a5200}.c{fill:#0a6a75}.b{fill:#0969da}.m{fill:#8250df}.s{font-weight:bold}.d{opacity:.6}')
    $null = $svg.Append("@media(prefers-color-scheme:dark){text{fill:#e6edf3}.p{fill:#0d1117;stroke:#3d444d}.r{fill:#ff7b72}.g{fill:#56d364}.y{fill:#e3b341}.c{fill:#76e3ea}.b{fill:#79c0ff}.m{fill:#d2a8ff}}</style><rect class=`"p`" x=`".5`" y=`".5`" width=`"$(15 + 8 * $Columns)`" height=`"$($height - 1)`" rx=`"6`"/>`n")
    $colour = ''; $bold = $false; $dim = $false; $y = 22
    foreach ($line in $lines) {
        $null = $svg.Append("<text x=`"8`" y=`"$y`">")
        foreach ($piece in [regex]::Split($line.TrimEnd("`r"), '(\e\[[0-9;]*m)')) {
            if ($piece -match '^\e\[([0-9;]*)m$') {
                foreach ($code in $Matches[1] -split ';' | ForEach-Object { [int]"0$_" }) {
                    if ($code -eq 0) { $colour = ''; $bold = $dim = $false } elseif ($code -eq 1) { $bold = $true } elseif ($code -eq 2) { $dim = $true } elseif ($names[$code]) { $colour = $names[$code] } elseif ($code -ge 90) { $colour = $names[$code - 60] }
                }
            } elseif ($piece) {
                $class = @($colour; $bold ? 's' : ''; $dim ? 'd' : '').Where({ $_ }) -join ' '
                $null = $svg.Append($class ? "<tspan class=`"$class`">$(& $escape $piece)</tspan>" : (& $escape $piece))
            }
        }
        $null = $svg.Append("</text>`n")
        $y += 18
    }
    $svg.Append("</svg>`n").ToString()
}

# The name of a file, and of a heading as links know it.
function Get-Anchor([string] $Title) { ($Title.ToLowerInvariant() -replace '[^a-z0-9]+', '-').Trim('-') }

# Text of a terminal, drawn where a name for the drawing is given. A line that is too wide ends it all.
function Add-Screen([string] $Title, [string] $Plain, [string] $Coloured, [int] $Width, [string] $Name) {
    foreach ($line in $Plain -split "`n") { if ($line.Length -gt $Width) { throw "$Title has a line of $($line.Length) at $Width columns: $line" } }
    if ($Name) {
        [IO.File]::WriteAllText((Join-Path $images "$Name.svg"), (ConvertTo-Svg $Coloured $Width $Title))
        $null = $page.Append("![$Title](images/$Name.svg)`n`n")
    }
    $null = $page.Append("``````text`n$Plain`n```````n`n")
}

# Objects at 80 columns and at 120, and drawings of both with colours.
function Add-ScreenPair([string] $Title, [object[]] $Items, [bool] $List, [string] $Name) {
    # Within a second: ages are not to differ between them.
    do {
        $plain = Get-Screen $Items 80 $false $List
        $wide = Get-Screen $Items 120 $false $List
    } until ($plain -eq (Get-Screen $Items 80 $false $List))
    Add-Screen $Title $plain (Get-Screen $Items 80 $true $List) 80 $Name
    if ($wide -eq $plain) {
        Remove-Item (Join-Path $images "$Name-120.svg") -ErrorAction Ignore
        $null = $page.Append("At 120 columns it is the same.`n`n")
        return
    }
    $null = $page.Append("At 120 columns:`n`n")
    Add-Screen "$Title, at 120 columns" $wide (Get-Screen $Items 120 $true $List) 120 ($Name ? "$Name-120" : '')
}

# One command: its table, drawn, and with -List the list of the first object.
function Add-View([string] $Title, [string] $Command, [string] $Text, [object[]] $Items, [switch] $List, [switch] $ListOnly, [switch] $DrawList, [switch] $NoDrawing) {
    $name = Get-Anchor $Title
    # A list that is a property counts as what is in it.
    $Items = @($Items | ForEach-Object { $_ })
    $objects = @($Items | Where-Object { $_ -isnot [Management.Automation.InformationRecord] })
    if (-not $objects) { throw "'$Title' has nothing to show." }
    $null = $page.Append("## $Title`n`n$Text`n`n``````powershell`n$Command`n```````n`n")
    if (-not $ListOnly) {
        Add-ScreenPair $Title $Items $false ($NoDrawing ? '' : $name)
        # A table is one of the type of its first object.
        $tables[$objects[0].GetType().FullName] ??= $Title
    }
    if ($List -or $ListOnly) {
        if ($List) { $null = $page.Append("As a list:`n`n``````powershell`n($Command)[0] | Format-List`n```````n`n") }
        Add-ScreenPair "$Title, as a list" $objects[0] $true ($DrawList ? ($ListOnly ? $name : "$name-list") : '')
        $lists[$objects[0].GetType().FullName] ??= $Title
    }
}

$null = $page.Append(@'
# What the views look like

Captured by [capture-views.ps1](examples/capture-views.ps1) from the hosts of [three-hosts.sh](examples/three-hosts.sh) while the cable of the Master is pulled:
run both to see them yourself. Each is shown as text at 80 and at 120 columns; the drawings show the colours, and are light or dark as the page is. Colour is left out where
`$PSStyle.OutputRendering` is `PlainText`, as it is with `NO_COLOR`.

INDEX


'@)

$null = 1..3 | ForEach-Object { Import-VrrpConfiguration $scenario/node$_.conf -NetworkNamespace node$_ } | Start-VrrpInstance
try {
    $null = Wait-VrrpState -NetworkNamespace node1 -State Master -Timeout 20s
    Add-View 'Instances' 'Get-VrrpInstance' 'What is configured, and the state. The list has every setting.' (Get-VrrpInstance) -List
    Add-View 'Advertisements' 'Watch-VrrpAdvert -NetworkNamespace laptop -Count 3' 'Live or from a capture file. A steady Master is dim; what changes and what is wrong stands out, and `-ChangesOnly` leaves the rest out.' (Watch-VrrpAdvert -NetworkNamespace laptop -Count 3) -List

    $PSStyle.OutputRendering = 'Ansi'
    $cut = Start-ThreadJob { Start-Sleep 2; ip -n vrrp-switch link set port-node1 down }
    $measured = Measure-VipFailover $vip -NetworkNamespace laptop -Until { $_.Outages -ge 1 -and $_.Elapsed.TotalSeconds -gt 8 } -Duration 20s -Summary -InformationAction Ignore
    $null = Receive-Job $cut -Wait
    Remove-Job $cut
    $null = $page.Append("## The timeline`n`nA ping every 10 ms, from a client. The timeline is drawn at the end, as wide as the terminal.`n`n``````powershell`nMeasure-VipFailover $vip -Duration 8s`n```````n`n")
    foreach ($width in 80, 120) {
        if ($width -eq 120) { $null = $page.Append("At 120 columns:`n`n") }
        $plain, $painted = $false, $true | ForEach-Object { [VrrpPS.Engine.Report.MeasurementText]::Draw($measured, $width, $_) -join "`n" }
        Add-Screen 'The timeline' $plain $painted $width ($width -eq 80 ? 'the-timeline' : 'the-timeline-120')
    }
    Add-View 'Outages' "Measure-VipFailover $vip -Duration 8s" 'What the same command emits: each outage when it ends.' @($measured.Outage) -List
    Add-View 'The whole measurement' "Measure-VipFailover $vip -Duration 8s -Summary" 'One object with everything, for a script.' $measured -List -DrawList
    Add-View 'Changes of the Master' '$measured.MasterChange' 'Who answered, as the client saw it: the first one, and each one after.' @($measured.MasterChange) -List -NoDrawing

    Add-View 'State' 'Get-VrrpState' 'Who is Master, since when, and what is wrong.' (Get-VrrpState)
    Add-View 'Why it is Master' 'Get-VrrpState -NetworkNamespace node2 | Format-List' 'Everything, with the chain of reasons of the last change.' (Get-VrrpState -NetworkNamespace node2) -ListOnly -DrawList
    $states = Get-VrrpState
    $null = $page.Append("## The board`n`nDrawn in place, and again when something changes; ``q`` or Ctrl+C ends it. In a pipeline it is a row for each change.`n`n``````powershell`nWatch-VrrpState`n```````n`n")
    foreach ($width in 80, 120) {
        if ($width -eq 120) { $null = $page.Append("At 120 columns:`n`n") }
        $plain, $painted = $false, $true | ForEach-Object { [VrrpPS.Engine.Report.StateBoard]::Draw([VrrpPS.VrrpState[]]$states, [VrrpPS.VrrpTransition[]](Get-VrrpHistory), $states[0].CapturedAt, $width, 24, $_) -join "`n" }
        Add-Screen 'The board' $plain $painted $width ($width -eq 80 ? 'board' : 'board-120')
    }

    ip -n vrrp-switch link set port-node1 up
    $null = Wait-VrrpState -NetworkNamespace node1 -State Master -Timeout 20s
    Add-View 'History' 'Get-VrrpHistory' 'What changed, and why. Ages in the table, exact times in the list.' (Get-VrrpHistory) -List
    $PSStyle.OutputRendering = 'Ansi'
    $moved = @(Move-VrrpMaster VRRP1 -NetworkNamespace node1 -Measure -MeasureNamespace laptop 6>&1)
    $plain, $painted = $false, $true | ForEach-Object { Get-Screen $moved 80 $_ $false }
    $null = $page.Append("## A planned move`n`nThe old Master serves until it hears the new one announce the address.`n`n``````powershell`nMove-VrrpMaster VRRP1 -NetworkNamespace node1 -Measure -MeasureNamespace laptop`n```````n`n")
    Add-Screen 'A planned move' $plain $painted 80 'a-planned-move'
    Add-View 'Counters' 'Get-VrrpCounter' 'The counters of RFC 8347 and ours.' (Get-VrrpCounter) -List
    Add-View 'Reachability' "Test-VipReachability $vip -NetworkNamespace laptop" 'ARP, ping and, as asked, TCP and HTTP.' (Test-VipReachability $vip -NetworkNamespace laptop) -List
    Add-View 'Events of a job' 'Receive-Job -Name VRRP1 -Keep' 'What an instance reports while it runs.' (Get-Job | Where-Object Name -EQ VRRP1 | Receive-Job -Keep | Select-Object -Last 6) -List
    Add-View 'Addresses' '(Get-VrrpState -NetworkNamespace node2).VirtualIPAddress' 'Whether each address is bound, and for how long the lease is good.' (Get-VrrpState -NetworkNamespace node2).VirtualIPAddress -List

    $trackers = @(
        New-VrrpTracker 192.168.31.100:443 -Name web -Fall 1 -Weight -20
        New-VrrpTracker -Ping 192.168.31.100 -Name laptop
        New-VrrpTracker -Interface ens33 -Name uplink
    )
    $null = Start-VrrpInstance ens33 42 192.168.31.251/24 -Name shop -NetworkNamespace node3 -Tracker $trackers
    $until = [DateTime]::UtcNow.AddSeconds(20)
    while ((Get-VrrpState shop -NetworkNamespace node3).Tracker.Status -contains 'Unknown') { if ([DateTime]::UtcNow -gt $until) { throw 'The trackers of shop never knew.' }; Start-Sleep -Milliseconds 100 }
    Add-View 'Trackers' "New-VrrpTracker 192.168.31.100:443 -Name web -Fall 1 -Weight -20`nNew-VrrpTracker -Ping 192.168.31.100 -Name laptop`nNew-VrrpTracker -Interface ens33 -Name uplink" 'What is watched, how often, and what it costs.' $trackers
    Add-View 'A tracker' "New-VrrpTracker 192.168.31.100:443 -Name web -Fall 1 -Weight -20 | Format-List" 'One of them, with everything.' $trackers[0] -ListOnly
    Add-View 'What the trackers see' '(Get-VrrpState shop -NetworkNamespace node3).Tracker' 'Whether each is up, since when, what it costs at the moment, and what it was answered.' @((Get-VrrpState shop -NetworkNamespace node3).Tracker) -List
    $notifications = @(
        New-VrrpNotification /usr/local/bin/failover -On Master, Backup
        New-VrrpNotification -Fifo /run/vrrp.fifo -PriorityChange
        New-VrrpNotification -EventFile /var/log/vrrp.jsonl
        New-VrrpNotification -Mail ops@example.com -From vrrp@example.com -Server mail.example.com
    )
    Add-View 'Notifications' "New-VrrpNotification /usr/local/bin/failover -On Master, Backup`nNew-VrrpNotification -Fifo /run/vrrp.fifo -PriorityChange`nNew-VrrpNotification -EventFile /var/log/vrrp.jsonl`nNew-VrrpNotification -Mail ops@example.com -From vrrp@example.com -Server mail.example.com" 'Who is told, by which way, and of what.' $notifications -NoDrawing
    Add-View 'A notification' "New-VrrpNotification /usr/local/bin/failover -On Master, Backup | Format-List" 'One of them, with everything.' $notifications[0] -ListOnly

    Add-View 'Configurations' 'Import-VrrpConfiguration node1.conf' 'What a file says.' (Import-VrrpConfiguration $scenario/node1.conf) -List -NoDrawing
    $nodes = "$scenario/node1.conf", "$scenario/node2.conf", "$scenario/node3.conf"
    Add-View 'Outcomes' 'Test-VrrpConfiguration node1.conf, node2.conf, node3.conf' 'Who is Master in which failure, by the configurations of several nodes.' (Test-VrrpConfiguration $nodes) -List
    $null = New-Item -ItemType Directory $workshop
    $workshopIsOurs = $true
    (Get-Content $scenario/node2.conf) -replace 'priority \d+', 'priority 200' -replace 'advert_int 1', 'advert_int 3' | Set-Content $workshop/node2.conf
    Add-View 'Findings' "Test-VrrpConfiguration node1.conf, node2.conf | Where-Object Severity -NE Information" 'What is wrong with them, and what to do. Here node2.conf has the priority of node1.conf and another interval.' (Test-VrrpConfiguration $scenario/node1.conf, $workshop/node2.conf | Where-Object Severity -NE Information) -List
    Add-View 'The environment' 'Test-VrrpEnvironment ens33' 'What stands in the way on this machine.' (Test-VrrpEnvironment ens33 -NetworkNamespace node2 -Duration 0 | Where-Object Code -NE Container)

    # A session that is killed with the guards that would clean up after it. It is stopped first, so that it does not replace them.
    $killed = Start-Process (Get-Process -Id $PID).Path -PassThru -RedirectStandardOutput $workshop/killed.txt -ArgumentList '-NoProfile', '-Command', (
        "Import-Module '$((Get-Module VrrpPS).Path)'; `$null = Start-VrrpInstance ens33 43 192.168.31.252/24 -Name killed -NetworkNamespace laptop -UseVirtualMac -NoAddressLease -VirtualRoute '10.9.0.0/16 via 192.168.31.1'; " +
        "Wait-VrrpState killed -NetworkNamespace laptop -State Master -Timeout 20s; Start-Sleep 60")
    $until = [DateTime]::UtcNow.AddSeconds(30)
    while (-not (Get-Content $workshop/killed.txt)) { if ($killed.HasExited -or [DateTime]::UtcNow -gt $until) { throw 'The session to be killed never became Master.' }; Start-Sleep -Milliseconds 100 }
    /bin/kill -STOP $killed.Id
    foreach ($guard in -split (Get-Content /proc/$($killed.Id)/task/*/children)) { /bin/kill -KILL -- "-$guard" }
    /bin/kill -KILL $killed.Id
    $killed.WaitForExit()
    Add-View 'What was left behind' 'Get-VrrpOrphan -NetworkNamespace laptop' 'Addresses, routes and interfaces that bear our mark and belong to no instance that runs. A guard cleans up after a session that dies, and an address goes when its lease ends; here the guard was killed too, and the address had none. `Remove-VrrpOrphan` takes away what is left.' (Get-VrrpOrphan -NetworkNamespace laptop) -List
    Get-VrrpOrphan -NetworkNamespace laptop | Remove-VrrpOrphan -Confirm:$false

    $built = Get-Item (Join-Path $root src/VrrpPS.Tool/bin/*/*/vrrpps) | Sort-Object LastWriteTime | Select-Object -Last 1
    if (-not $built) { throw 'vrrpps is not built: dotnet build src/VrrpPS.Tool' }
    $null = New-Item -ItemType SymbolicLink $workshop/vrrpps -Target $built.FullName
    Copy-Item $scenario/node1.conf $workshop/web.conf
    Add-View 'A service' "Register-VrrpService $workshop/web.conf -UnitDirectory $workshop -ServicePath $workshop/vrrpps -PassThru" 'The unit that was written. In a directory that is not systemd''s, as here, nothing is enabled or started.' (Register-VrrpService $workshop/web.conf -UnitDirectory $workshop -ServicePath $workshop/vrrpps -PassThru) -List -NoDrawing
    $service = Start-Process $workshop/vrrpps -PassThru -RedirectStandardOutput $workshop/out.txt -RedirectStandardError $workshop/err.txt -ArgumentList 'run', '--config', "$workshop/web.conf", '--namespace', 'laptop', '--socket', "$workshop/control.sock"
    $until = [DateTime]::UtcNow.AddSeconds(20)
    while (-not (Test-Path $workshop/control.sock)) { if ($service.HasExited -or [DateTime]::UtcNow -gt $until) { throw "vrrpps never listened: $(Get-Content $workshop/err.txt)" }; Start-Sleep -Milliseconds 100 }
    (Get-Content $workshop/web.conf) -replace 'priority 200', 'priority 150' | Set-Content $workshop/web.conf
    Add-View 'A service that was updated' "Update-VrrpService -SocketPath $workshop/control.sock" 'What became of its instances after the priority in the file was changed.' (Update-VrrpService -SocketPath $workshop/control.sock) -List -NoDrawing

    $report = Join-Path ([IO.Path]::GetTempPath()) "vrrp-report-$PID.html"
    $parts = @($measured) + @(Get-VrrpState) + @(Get-VrrpHistory) + @(Watch-VrrpAdvert -NetworkNamespace laptop -Count 3) + @(Test-VrrpConfiguration $nodes)
    $parts | Export-VrrpReport $report -Title 'Acceptance of 192.168.31.250'
    $null = $page.Append("## The report`n`nOne page without scripts, light or dark, for the screen and for paper.`n`n``````powershell`n`$measured, (Get-VrrpState), (Get-VrrpHistory), `$adverts, `$findings | ForEach-Object { `$_ } | Export-VrrpReport acceptance.html`n```````n`n![The report, light](images/report-light.png)`n`n![The report, dark](images/report-dark.png)`n")
    $browser = Get-Command chromium, chromium-browser, google-chrome -ErrorAction Ignore | Select-Object -First 1
    if ($browser) {
        foreach ($scheme in @{ Name = 'light'; Number = 1 }, @{ Name = 'dark'; Number = 0 }) {
            $browserData = Join-Path ([IO.Path]::GetTempPath()) "vrrp-browser-$PID"
            & $browser --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync --hide-scrollbars "--user-data-dir=$browserData" --window-size=900,1100 "--blink-settings=preferredColorScheme=$($scheme.Number)" "--screenshot=$(Join-Path (Resolve-Path $images) "report-$($scheme.Name).png")" "file://$report" 2>&1 | Out-Null
            Remove-Item $browserData -Recurse -Force -ErrorAction Ignore
        }
    } else { Write-Warning 'No Chromium was found: the pictures of the report stay as they are.' }
    Remove-Item $report
}
finally {
    $PSStyle.OutputRendering = 'Host'
    foreach ($process in $killed, $service) { if ($process -and -not $process.HasExited) { $null = /bin/kill $process.Id; $null = $process.WaitForExit(20000) } }
    if ($workshopIsOurs) { Remove-Item $workshop -Recurse -Force -ErrorAction Ignore }
    Stop-VrrpInstance * -Force -ErrorAction Ignore
    ip -n vrrp-switch link set port-node1 up
}

foreach ($type in $types) { if (-not ($tables[$type] -and $lists[$type])) { throw "The table or the list of $type is not shown." } }
$index = @('| Type | Table | List |', '| --- | --- | --- |') + @($types | Sort-Object | ForEach-Object { "| ``$_`` | [$($tables[$_])](#$(Get-Anchor $tables[$_])) | [$($lists[$_])](#$(Get-Anchor $lists[$_])) |" })
$null = $page.Replace("INDEX`n", "$($index -join "`n")`n")

# Lines end where they end: no spaces behind them, and one line feed at the end of the file.
[IO.File]::WriteAllText((Join-Path $OutputDirectory 'views.md'), (($page.ToString() -replace '[ \t]+(?=\n)').TrimEnd() + "`n"))
"Wrote $(Join-Path $OutputDirectory views.md) and $(@(Get-ChildItem $images).Count) images."
