# Reads the fenced blocks and the transcripts of the pages in docs/, README and the help. Dot-source it.

# The blocks of a page: language, code, the line they begin at, the heading above and the line of text before.
function Get-CodeBlock([string] $Path) {
    $section = ''
    $before = ''
    $block = $null
    $number = 0
    foreach ($line in Get-Content -LiteralPath $Path) {
        $number++
        if ($block) {
            if ($line -eq '```') {
                $block.Code = $block.Lines -join "`n"
                $block
                $block = $null
            }
            else {
                $block.Lines.Add($line)
            }
        }
        elseif ($line -match '^```(\w+)$') {
            $block = [pscustomobject]@{
                Page = Split-Path -Leaf $Path; Line = $number; Language = $Matches[1]; Section = $section; Before = $before
                Lines = [Collections.Generic.List[string]]::new(); Code = ''
            }
        }
        elseif ($line -match '^```') { throw "$Path`:$number`: a block needs a language, and three quotes are its end." }
        elseif ($line -match '^#+ (.+)$') { $section = $Matches[1] }
        elseif ($line) { $before = $line }
    }

    if ($block) { throw "$Path`:$($block.Line): the block has no end." }
}

# The steps of a transcript: what is typed, as it is shown and as a command, and what is answered.
function Get-Transcript([string] $Text) {
    [regex]::Split($Text, '(?m)^PS> ') | Select-Object -Skip 1 | ForEach-Object {
        $lines = $_ -split "`n"
        $more = @($lines | Select-Object -Skip 1 | Where-Object { $_ -match '^>> ' })
        [pscustomobject]@{
            Typed   = (@($lines[0]) + $more) -join "`n"
            Command = (@($lines[0]) + ($more -replace '^>> ')) -join "`n"
            Answer  = (($lines | Select-Object -Skip (1 + $more.Count)) -join "`n").Trim("`n")
        }
    }
}

# All transcripts of a page, one after the other.
function Get-PageTranscript([string] $Path) {
    Get-CodeBlock $Path | Where-Object { $_.Language -eq 'text' -and $_.Code -match '(?m)^PS> ' } | ForEach-Object { Get-Transcript $_.Code }
}

# The topics of Get-Help: their commands, which are indented by four.
function Get-TopicCommand([string] $Path) {
    $text = (Get-Content -LiteralPath $Path | ForEach-Object { $_ -replace '^    (?=PS> |>> )' }) -join "`n"
    (Get-Transcript $text).Command
}

# What is wrong with PowerShell that somebody is told to type: it does not parse, or a cmdlet of the module does not take what it is given.
function Get-TypingError([string] $Code, [string[]] $Cmdlet) {
    $errors = $null
    $ast = [Management.Automation.Language.Parser]::ParseInput($Code, [ref] $null, [ref] $errors)
    $errors | ForEach-Object { "$($_.Message) ($($_.Extent.Text))" }
    foreach ($command in $ast.FindAll({ $args[0] -is [Management.Automation.Language.CommandAst] }, $true)) {
        $name = $command.GetCommandName()
        if ($name -in $Cmdlet) {
            [Management.Automation.Language.StaticParameterBinder]::BindCommand($command).BindingExceptions.Values |
                ForEach-Object { "$($_.BindingException.Message) ($($command.Extent.Text))" }
        }
        elseif ($name -match '^\w+-(Vrrp|Vip|Keepalived)') {
            "The module has no cmdlet $name."
        }
    }
}
