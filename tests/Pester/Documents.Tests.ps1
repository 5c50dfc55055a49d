# Whatever README, docs/ and the about topics tell people to type is looked at here: PowerShell parses and binds, vrrpps has the command
# and its options, JSON and keepalived.conf are read by the product, links lead somewhere. Nothing is run; Transcript.Tests.ps1,
# Cookbook.Tests.ps1 and others run what can be run.

BeforeDiscovery {
    $root = (Resolve-Path (Join-Path $PSScriptRoot '../..')).Path
    $pages = @(Get-Item (Join-Path $root README.md)) + @(Get-ChildItem (Join-Path $root docs) -Filter *.md -Recurse) |
        ForEach-Object { @{ page = [IO.Path]::GetRelativePath($root, $_.FullName) } }
    $topics = Get-ChildItem (Join-Path $root module/en-US) -Filter about_*.help.txt | ForEach-Object { @{ topic = $_.Name } }
}

BeforeAll {
    . $PSScriptRoot/Support.ps1
    . $PSScriptRoot/Document.ps1
    Use-MemoryEngine
    $cmdlets = (Import-PowerShellDataFile (Join-Path $ModulePath 'VrrpPS.psd1')).CmdletsToExport
    $program = Join-Path $Root 'src/VrrpPS.Tool/bin/Release/net10.0/vrrpps'
    $helpOf = @{}

    # What vrrpps says of a command, asked once.
    function Get-ProgramHelp([string] $Command) {
        if (-not $helpOf.ContainsKey($Command)) { $helpOf[$Command] = (& $program $Command --help) -join "`n" }
        $helpOf[$Command]
    }

    # What is wrong with a call of vrrpps in a shell line.
    function Get-CallError([string] $Line) {
        foreach ($call in [regex]::Matches($Line, '(?<![\w/.-])vrrpps (?<command>[a-z]+)(?<rest>[^|;&>#)]*)')) {
            $name = $call.Groups['command'].Value
            if ((Get-ProgramHelp '') -notmatch "(?m)^  $name\b") { "vrrpps has no command '$name'."; continue }
            foreach ($option in [regex]::Matches($call.Groups['rest'].Value, '(?<= )--[a-z-]+')) {
                if ((Get-ProgramHelp $name) -notmatch "(?<![\w-])$option(?![\w-])") { "vrrpps $name has no option $option." }
            }
        }
    }

    # What is wrong with JSON: of a configuration, a piece of one, or one message a line.
    function Get-JsonError([string] $Code, [string] $Folder) {
        try {
            if ($Code -match '^\{"jsonrpc"') { $Code -split "`n" | ForEach-Object { $null = $_ | ConvertFrom-Json -AsHashtable }; return }
            $text = $Code.TrimStart()[0] -eq '{' ? $Code : "{ $Code }"
            $json = $text | ConvertFrom-Json -AsHashtable
            if (@($json['instances']).Where({ $_ }).Count -gt 0) {
                $file = Join-Path $Folder "$([guid]::NewGuid()).json"
                Set-Content $file $text
                $null = Import-VrrpConfiguration $file -WarningAction SilentlyContinue -ErrorAction Stop
            }
        }
        catch { "$_" }
    }

    # The anchors of a page, as GitHub makes them.
    function Get-Anchor([string] $Path) {
        [regex]::Matches(((Get-Content -LiteralPath $Path -Raw) -replace '(?ms)^```.*?^```'), '(?m)^#+ (.+)$') |
            ForEach-Object { (($_.Groups[1].Value.ToLowerInvariant() -replace '\[([^\]]*)\]\([^)]*\)', '$1') -replace '[^\w\- ]') -replace ' ', '-' }
    }
}

Describe '<page>' -ForEach $pages {
    BeforeAll {
        $file = Join-Path $Root $page
        $text = Get-Content -LiteralPath $file -Raw
        $blocks = @(Get-CodeBlock $file)
    }

    It 'has PowerShell that can be typed' {
        $typed = @($blocks | Where-Object Language -EQ powershell | ForEach-Object Code) + @(Get-PageTranscript $file | ForEach-Object Command)
        foreach ($code in $typed) { Get-TypingError $code $cmdlets | Should -BeNullOrEmpty -Because $code }
    }

    It 'names only cmdlets that the module has' {
        [regex]::Matches($text, '(?<![\w-])[A-Z][a-z]+-(Vrrp|Vip|Keepalived)[A-Z]\w*') | ForEach-Object Value | Where-Object { $_ -notin $cmdlets } | Sort-Object -Unique | Should -BeNullOrEmpty
    }

    It 'has shell commands that can be typed' {
        $code = @($blocks | Where-Object Language -EQ sh | ForEach-Object Code) -join "`n"
        if ($code) { $code | & bash -n 2>&1 | Should -BeNullOrEmpty }
        $code -split "`n" | ForEach-Object { Get-CallError $_ } | Should -BeNullOrEmpty
        [regex]::Matches(($text -replace '(?ms)^```.*?^```'), '`(vrrpps [^`]+)`') | ForEach-Object { Get-CallError $_.Groups[1].Value } | Should -BeNullOrEmpty
    }

    It 'has configurations that are read' {
        foreach ($block in $blocks | Where-Object Language -EQ json) { Get-JsonError $block.Code $TestDrive | Should -BeNullOrEmpty -Because "of line $($block.Line)" }
        foreach ($block in $blocks | Where-Object Language -EQ conf) {
            { $null = ConvertFrom-KeepalivedConfig $block.Code -ErrorAction Stop -WarningAction SilentlyContinue } | Should -Not -Throw -Because "of line $($block.Line)"
        }
    }

    It 'has no block that nobody looks at' {
        $blocks | ForEach-Object Language | Where-Object { $_ -notin 'powershell', 'sh', 'json', 'conf', 'text', 'ini', 'yaml' } | Should -BeNullOrEmpty
    }

    It 'has links that lead somewhere' {
        foreach ($link in [regex]::Matches(($text -replace '(?ms)^```.*?^```'), '\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)')) {
            $target = $link.Groups[1].Value ? (Join-Path (Split-Path $file) $link.Groups[1].Value) : $file
            Test-Path -LiteralPath $target | Should -BeTrue -Because "of $($link.Value)"
            if ($link.Groups[2].Success) { Get-Anchor $target | Should -Contain $link.Groups[2].Value -Because "of $($link.Value)" }
        }
    }
}

Describe 'The index' {
    It 'leads to every page' {
        $index = Get-Content (Join-Path $Root docs/README.md) -Raw
        foreach ($page in Get-ChildItem (Join-Path $Root docs) -Filter *.md | Where-Object Name -NE README.md) { $index | Should -Match "\($([regex]::Escape($page.Name))\)" }
    }
}

Describe 'The troubleshooting guide' {
    BeforeAll { $text = Get-Content (Join-Path $Root docs/troubleshooting.md) -Raw }

    It 'has a section with a command for each of the twenty problems' {
        $sections = [regex]::Split($text, '(?m)^## ') | Select-Object -Skip 1
        $sections | ForEach-Object { [regex]::Match($_, '^\d+').Value } | Should -Be (1..20 | ForEach-Object { "$_" })
        foreach ($section in $sections) {
            $section | Should -Match '```powershell'
            $section | Should -Match '(?m)^(Do: |No signals|A move)'
        }
    }

    It 'names only codes that are explained, and properties that objects have' {
        $known = @(Get-ChildItem (Join-Path $Root docs) -Include errors.md, checks.md -Recurse | ForEach-Object { [regex]::Matches((Get-Content $_ -Raw), '(?m)^\| (`\w+`(, )?)+') } |
                ForEach-Object { [regex]::Matches($_.Value, '\w+').Value })
        $known.Count | Should -BeGreaterThan 150
        $known += 'VrrpState', 'VrrpAdvert', 'VipReachability', 'VrrpCounter' | ForEach-Object { ("VrrpPS.$_" -as [type]).GetProperties().Name }
        [regex]::Matches(($text -replace '(?ms)^```.*?^```'), '`([A-Z][a-z]+[A-Z]\w*)`') | ForEach-Object { $_.Groups[1].Value } | Where-Object { $_ -notin $known } | Should -BeNullOrEmpty
    }
}

Describe 'The topic <topic>' -ForEach $topics {
    BeforeAll { $file = Join-Path $ModulePath "en-US/$topic" }

    It 'is found by Get-Help' {
        Get-Help ($topic -replace '\.help\.txt$') | Out-String | Should -Match 'SHORT DESCRIPTION'
    }

    It 'has commands that can be typed' {
        $commands = @(Get-TopicCommand $file)
        $commands.Count | Should -BeGreaterThan 4
        foreach ($code in $commands) { Get-TypingError $code $cmdlets | Should -BeNullOrEmpty -Because $code }
    }

    It 'has configurations that are read' {
        $text = (Get-Content $file | ForEach-Object { $_ -replace '^    ' }) -join "`n"
        foreach ($json in [regex]::Matches($text, '(?ms)^\{.*?^\}')) { Get-JsonError $json.Value $TestDrive | Should -BeNullOrEmpty }
        foreach ($conf in [regex]::Matches($text, '(?ms)^vrrp_instance.*?^\}')) { (ConvertFrom-KeepalivedConfig $conf.Value).Name | Should -Be 'web' }
    }
}
