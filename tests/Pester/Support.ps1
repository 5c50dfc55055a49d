# What the test files share. Dot-source it in BeforeAll.

Set-StrictMode -Version Latest

$script:Root = (Resolve-Path (Join-Path $PSScriptRoot '../..')).Path
$script:ModulePath = Join-Path $Root 'artifacts/module/VrrpPS'
$script:TestEnginePath = Join-Path $Root 'artifacts/test/VrrpPS.TestEngine.dll'
$script:ScenarioPath = Join-Path $PSScriptRoot 'scenario'

. $PSScriptRoot/Pwsh.ps1

function Import-TestedModule {
    Get-Module VrrpPS | Remove-Module
    if ('VrrpPS.TestEngine.MemoryEngineInstaller' -as [type] -and [VrrpPS.TestEngine.MemoryEngineInstaller]::HasEngine([VrrpPS.VrrpInstance].Assembly)) {
        throw 'The engine of an earlier test file is still there: a runspace that has the module was left open.'
    }

    Import-Module $ModulePath -Global
    Add-Type -LiteralPath $TestEnginePath
    [VrrpPS.VrrpInstance].Assembly
}

# The cmdlets over an engine in memory: no root, no waiting.
function Use-MemoryEngine {
    $assembly = Import-TestedModule
    [VrrpPS.TestEngine.MemoryEngineInstaller]::Install($assembly)
    [VrrpPS.TestEngine.MemoryEngineInstaller]::PretendLinux($assembly, $true)
}

# The cmdlets over the engine that ships.
function Use-RealEngine {
    $assembly = Import-TestedModule
    [VrrpPS.TestEngine.MemoryEngineInstaller]::Uninstall($assembly)
}

function Get-MemoryEngine {
    [VrrpPS.TestEngine.MemoryEngineInstaller]::Current
}

# Ends what a test started, whatever state it left.
function Stop-AllInstance {
    Get-VrrpInstance | Stop-VrrpInstance -Force
    Get-Job | Where-Object PSJobTypeName -EQ VrrpJob | Remove-Job -Force
}

# One error of a command, as its own result.
function Get-ErrorOf([scriptblock] $Script) {
    try {
        & $Script 2>&1 | Where-Object { $_ -is [Management.Automation.ErrorRecord] } | Select-Object -First 1
    }
    catch {
        $_
    }
}

# A child pwsh that runs a script over the memory engine and keeps a journal of what the engine was told.
function Start-TestedProcess([string] $Script, [switch] $Interactive) {
    $journal = Join-Path $TestDrive "journal-$([guid]::NewGuid())"
    $file = Join-Path $TestDrive "child-$([guid]::NewGuid()).ps1"
    Set-Content -LiteralPath $file -Value @"
`$ErrorActionPreference = 'Stop'
Import-Module '$ModulePath'
Add-Type -LiteralPath '$TestEnginePath'
[VrrpPS.TestEngine.MemoryEngineInstaller]::Install([VrrpPS.VrrpInstance].Assembly)
$Script
"@
    $start = [Diagnostics.ProcessStartInfo]::new($PwshPath)
    foreach ($argument in '-NoProfile', '-NonInteractive', '-File', $file) {
        $start.ArgumentList.Add($argument)
    }

    $start.Environment['VRRPPS_TEST_JOURNAL'] = $journal
    $start.Environment['NO_COLOR'] = '1'
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    $start.RedirectStandardInput = $true
    [pscustomobject]@{ Process = [Diagnostics.Process]::Start($start); Journal = $journal; Output = [Text.StringBuilder]::new() }
}

# Waits until the child has printed a line.
function Wait-Line($Child, [string] $Line, [int] $Seconds = 60) {
    $deadline = [Threading.CancellationTokenSource]::new([timespan]::FromSeconds($Seconds))
    while ($true) {
        $text = $Child.Process.StandardOutput.ReadLineAsync($deadline.Token).AsTask().GetAwaiter().GetResult()
        if ($null -eq $text) {
            throw "The child ended before '$Line': $($Child.Output) $($Child.Process.StandardError.ReadToEnd())"
        }

        $null = $Child.Output.AppendLine($text)
        if ($text -eq $Line) {
            return
        }
    }
}

# Waits for the end and gives what remains: the exit code, all output and the journal.
function Wait-End($Child, [int] $Seconds = 60) {
    if (-not $Child.Process.WaitForExit($Seconds * 1000)) {
        $Child.Process.Kill()
        throw "The child did not end within $Seconds s: $($Child.Output)"
    }

    [pscustomobject]@{
        ExitCode = $Child.Process.ExitCode
        Output   = "$($Child.Output)$($Child.Process.StandardOutput.ReadToEnd())$($Child.Process.StandardError.ReadToEnd())"
        Journal  = @(if (Test-Path -LiteralPath $Child.Journal) { Get-Content -LiteralPath $Child.Journal })
    }
}
