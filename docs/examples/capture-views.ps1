<#
.SYNOPSIS
    Writes docs/views.md and docs/images: what every view of the module looks like in a terminal.
.DESCRIPTION
    Needs root, the module built (dotnet build) and the hosts of docs/examples/three-hosts.sh. What is shown is what the commands answer while
    the cable of the Master is pulled and put back; nothing is typed by hand. From the repository's root:

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
$scenario = Join-Path $root 'src/VrrpPS.Service/Lab/Scenario'
$vip = '192.168.31.250'
$page = [Text.StringBuilder]::new()

# Objects as a terminal of that width shows them, with or without colour. Lines of the information stream are kept as they are.
function Get-Screen([object[]] $Items, [int] $Width, [bool] $Colour) {
    $PSStyle.OutputRendering = $Colour ? 'Ansi' : 'PlainText'
    $said = @($Items | Where-Object { $_ -is [Management.Automation.InformationRecord] } | ForEach-Object { "$_" }) -join "`n"
    $shown = $Items | Where-Object { $_ -isnot [Management.Automation.InformationRecord] } | Out-String -Width $Width
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

# One command: what it answers at 80 and at 120 columns, and the 80 with colours as a drawing.
function Add-View([string] $Title, [string] $Command, [string] $Text, [object[]] $Items, [switch] $Narrow) {
    $name = ($Title.ToLowerInvariant() -replace '[^a-z0-9]+', '-').Trim('-')
    $null = $page.Append("## $Title`n`n$Text`n`n``````powershell`n$Command`n```````n`n")
    [IO.File]::WriteAllText((Join-Path $images "$name.svg"), (ConvertTo-Svg (Get-Screen $Items 80 $true) 80 $Title))
    $null = $page.Append("![$Title](images/$name.svg)`n`n``````text`n$(Get-Screen $Items 80 $false)`n```````n`n")
    if (-not $Narrow) {
        $wide = Get-Screen $Items 120 $false
        $null = $page.Append("At 120 columns:`n`n``````text`n$wide`n```````n`n")
    }
    foreach ($width in 80, 120) {
        foreach ($line in (Get-Screen $Items $width $false) -split "`n") { if ($line.Length -gt $width) { throw "$Title has a line of $($line.Length) at $width columns: $line" } }
    }
}

$null = $page.Append(@'
# What the views look like

Captured by [capture-views.ps1](examples/capture-views.ps1) from the hosts of [three-hosts.sh](examples/three-hosts.sh) while the cable of the Master is pulled:
run both to see them yourself. The drawings show the colours, in light and dark; the text is the same at 80 and at 120 columns. Colour is left out where
`$PSStyle.OutputRendering` is `PlainText`, as it is with `NO_COLOR`.


'@)

$null = 1..3 | ForEach-Object { Import-VrrpConfiguration $scenario/node$_.conf -NetworkNamespace node$_ } | Start-VrrpInstance
try {
    $null = Wait-VrrpState -NetworkNamespace node1 -State Master -Timeout 20s
    Add-View 'Instances' 'Get-VrrpInstance' 'What is configured, and the state. `Format-List` shows every setting.' (Get-VrrpInstance)
    Add-View 'Advertisements' 'Watch-VrrpAdvert -NetworkNamespace laptop -Count 3' 'Live or from a capture file. A steady Master is dim; what changes and what is wrong stands out, and `-ChangesOnly` leaves the rest out.' (Watch-VrrpAdvert -NetworkNamespace laptop -Count 3)

    $PSStyle.OutputRendering = 'Ansi'
    $cut = Start-ThreadJob { Start-Sleep 2; ip -n vrrp-switch link set port-node1 down }
    $all = Measure-VipFailover $vip -NetworkNamespace laptop -Until { $_.Outages -ge 1 -and $_.Elapsed.TotalSeconds -gt 8 } -Duration 20s -Summary 6>&1
    $null = Receive-Job $cut -Wait -AutoRemoveJob
    $measured = $all | Where-Object { $_ -is [VrrpPS.VipMeasurement] }
    Add-View 'A failover, measured' "Measure-VipFailover $vip -Duration 8s" 'A ping every 10 ms, from a client. Each outage is emitted when it ends, and the timeline is drawn at the end, as wide as the terminal.' (@($all | Where-Object { $_ -is [Management.Automation.InformationRecord] }) + @($measured.Outage)) -Narrow
    Add-View 'The whole measurement' "Measure-VipFailover $vip -Duration 8s -Summary | Format-List" 'One object with everything, for a script.' ($measured | Format-List)

    Add-View 'State' 'Get-VrrpState' 'Who is Master, since when, and what is wrong.' (Get-VrrpState)
    Add-View 'Why it is Master' 'Get-VrrpState -NetworkNamespace node2 | Format-List' 'Everything, with the chain of reasons of the last change.' (Get-VrrpState -NetworkNamespace node2 | Format-List) -Narrow
    $states = Get-VrrpState
    foreach ($colour in $false, $true) { $board = @([VrrpPS.Engine.Report.StateBoard]::Draw([VrrpPS.VrrpState[]]$states, [VrrpPS.VrrpTransition[]](Get-VrrpHistory), $states[0].CapturedAt, 80, 24, $colour)) -join "`n"; if ($colour) { $painted = $board } else { $plain = $board } }
    [IO.File]::WriteAllText((Join-Path $images 'board.svg'), (ConvertTo-Svg $painted 80 'The board'))
    $null = $page.Append("## The board`n`nDrawn in place, and again when something changes; ``q`` or Ctrl+C ends it. In a pipeline it is a row for each change.`n`n``````powershell`nWatch-VrrpState`n```````n`n![The board](images/board.svg)`n`n``````text`n$plain`n```````n`n")

    ip -n vrrp-switch link set port-node1 up
    $null = Wait-VrrpState -NetworkNamespace node1 -State Master -Timeout 20s
    Add-View 'History' 'Get-VrrpHistory' 'What changed, and why. Ages in the table, exact times in the list.' (Get-VrrpHistory)
    $PSStyle.OutputRendering = 'Ansi'
    Add-View 'A planned move' 'Move-VrrpMaster VRRP1 -NetworkNamespace node1 -Measure -MeasureNamespace laptop' 'The old Master serves until it hears the new one announce the address.' @(Move-VrrpMaster VRRP1 -NetworkNamespace node1 -Measure -MeasureNamespace laptop 6>&1) -Narrow
    Add-View 'Counters' 'Get-VrrpCounter' 'The counters of RFC 8347 and ours.' (Get-VrrpCounter)
    Add-View 'Reachability' "Test-VipReachability $vip -NetworkNamespace laptop" 'ARP, ping and, as asked, TCP and HTTP.' (Test-VipReachability $vip -NetworkNamespace laptop)
    Add-View 'Events of a job' 'Receive-Job -Name VRRP1 -Keep' 'What an instance reports while it runs.' (Get-Job | Where-Object Name -EQ VRRP1 | Receive-Job -Keep | Select-Object -Last 6)
    Add-View 'Addresses' '(Get-VrrpState -NetworkNamespace node2).VirtualIPAddress' 'Whether each address is bound, and for how long the lease is good.' (Get-VrrpState -NetworkNamespace node2).VirtualIPAddress
    Add-View 'Configurations' "Import-VrrpConfiguration node1.conf" 'What a file says.' (Import-VrrpConfiguration $scenario/node1.conf)
    Add-View 'Findings' 'Test-VrrpConfiguration node1.conf, node2.conf, node3.conf' 'What is wrong with the configurations of several nodes, and who is Master in which failure.' (Test-VrrpConfiguration $scenario/node1.conf, $scenario/node2.conf, $scenario/node3.conf)
    Add-View 'The environment' 'Test-VrrpEnvironment ens33' 'What stands in the way on this machine.' (Test-VrrpEnvironment ens33 -NetworkNamespace node2 -Duration 0 | Where-Object Code -NE Container)

    $report = Join-Path ([IO.Path]::GetTempPath()) "vrrp-report-$PID.html"
    $parts = @($measured) + @(Get-VrrpState) + @(Get-VrrpHistory) + @(Watch-VrrpAdvert -NetworkNamespace laptop -Count 3) + @(Test-VrrpConfiguration $scenario/node1.conf, $scenario/node2.conf, $scenario/node3.conf)
    $parts | Export-VrrpReport $report -Title 'Acceptance of 192.168.31.250'
    $null = $page.Append("## The report`n`nOne page without scripts, light or dark, for the screen and for paper.`n`n``````powershell`n`$measured, (Get-VrrpState), (Get-VrrpHistory), `$adverts, `$findings | ForEach-Object { `$_ } | Export-VrrpReport acceptance.html`n```````n`n![The report, light](images/report-light.png)`n`n![The report, dark](images/report-dark.png)`n")
    $browser = Get-Command chromium, chromium-browser, google-chrome -ErrorAction Ignore | Select-Object -First 1
    if ($browser) {
        foreach ($scheme in @{ Name = 'light'; Number = 1 }, @{ Name = 'dark'; Number = 0 }) {
            $profile = Join-Path ([IO.Path]::GetTempPath()) "vrrp-browser-$PID"
            & $browser --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync --hide-scrollbars "--user-data-dir=$profile" --window-size=900,1100 "--blink-settings=preferredColorScheme=$($scheme.Number)" "--screenshot=$(Join-Path (Resolve-Path $images) "report-$($scheme.Name).png")" "file://$report" 2>&1 | Out-Null
            Remove-Item $profile -Recurse -Force -ErrorAction Ignore
        }
    } else { Write-Warning 'No Chromium was found: the pictures of the report stay as they are.' }
    Remove-Item $report
}
finally {
    Stop-VrrpInstance * -Force -ErrorAction Ignore
    ip -n vrrp-switch link set port-node1 up
}

# Lines end where they end: no spaces behind them, and one line feed at the end of the file.
[IO.File]::WriteAllText((Join-Path $OutputDirectory 'views.md'), (($page.ToString() -replace '[ \t]+(?=\n)').TrimEnd() + "`n"))
"Wrote $(Join-Path $OutputDirectory views.md) and $(@(Get-ChildItem $images).Count) images."
