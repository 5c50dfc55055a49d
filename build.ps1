#!/usr/bin/env pwsh
#requires -Version 7.4
<#
.SYNOPSIS
    Builds, tests and packages VrrpPS from pwsh.
.DESCRIPTION
    The tasks are those of build.sh, which holds every step once; this script passes them on. Its own task is Pester,
    the lane that only pwsh can run: it runs tests/Pester against the module in artifacts/module and leaves
    Pester.xml (NUnit) and Pester.counts ("passed failed skipped") in the result directory. Exit code 3 means that
    Pester 5 or later is neither installed nor in artifacts/tools.
.EXAMPLE
    ./build.ps1 Test
.EXAMPLE
    ./build.ps1 Lab --with-keepalived
#>
[CmdletBinding(PositionalBinding = $false)]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Setup', 'Build', 'Test', 'Lab', 'Bench', 'Package', 'Pester')]
    [string] $Task = 'Build',

    # The files that the Pester task runs, or directories with them, separated by commas.
    [string] $PesterPath = 'tests/Pester',

    # Where the Pester task leaves its results.
    [string] $ResultDirectory = 'artifacts/test-results',

    # Passed on to the task, for example --with-keepalived.
    [Parameter(ValueFromRemainingArguments)]
    [string[]] $Argument = @()
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
Set-Location -LiteralPath $PSScriptRoot

function Invoke-PesterLane {
    # For the tests that start another pwsh, too.
    $env:PSModulePath += [IO.Path]::PathSeparator + (Join-Path $PSScriptRoot 'artifacts/tools/modules')
    $pester = Get-Module -ListAvailable Pester | Where-Object Version -GE '5.0' | Sort-Object Version -Descending | Select-Object -First 1
    if (-not $pester) {
        return 3
    }

    Import-Module -Name $pester.Path
    $null = New-Item -ItemType Directory -Force -Path $ResultDirectory
    $configuration = New-PesterConfiguration
    $configuration.Run.Path = $PesterPath -split ','
    $configuration.Run.PassThru = $true
    $configuration.Output.Verbosity = 'Normal'
    $configuration.Output.RenderMode = 'Plaintext'
    $configuration.TestResult.Enabled = $true
    $configuration.TestResult.OutputPath = Join-Path $ResultDirectory 'Pester.xml'
    $result = Invoke-Pester -Configuration $configuration
    $result = Get-SecondLook $result $configuration

    # A file or block that could not even be read is a failure, not an absence of tests.
    $failed = $result.FailedCount + $result.FailedBlocksCount + $result.FailedContainersCount
    $skipped = $result.SkippedCount + $result.NotRunCount + $result.InconclusiveCount
    Set-Content -LiteralPath (Join-Path $ResultDirectory 'Pester.counts') -Value "$($result.PassedCount) $failed $skipped"
    return [int]($failed -gt 0)
}

# As in build.sh: a few failed tests are looked at once more, by file; a file that passes whole then counts as passed and is named.
function Get-SecondLook($first, $configuration) {
    $isWhole = $first.FailedBlocksCount -eq 0 -and $first.FailedContainersCount -eq 0
    if ($env:TEST_RETRY -eq '0' -or -not $isWhole -or $first.FailedCount -notin 1..4) {
        return $first
    }

    $files = @($first.Failed | ForEach-Object { $_.ScriptBlock.File } | Sort-Object -Unique)
    Write-Host "== Pester: once more, alone: $files"
    $configuration.Run.Path = $files
    $configuration.TestResult.OutputPath = Join-Path $ResultDirectory 'Pester.second.xml'
    $second = Invoke-Pester -Configuration $configuration
    if ($second.Result -ne 'Passed') {
        return $first
    }

    Write-Host "passed only at the second look, alone (Pester): $($first.Failed.ExpandedPath -join '; ')"
    [pscustomobject]@{
        PassedCount = $first.PassedCount + $first.FailedCount
        FailedCount = 0
        FailedBlocksCount = 0
        FailedContainersCount = 0
        SkippedCount = $first.SkippedCount
        NotRunCount = $first.NotRunCount
        InconclusiveCount = $first.InconclusiveCount
    }
}

if ($Task -eq 'Pester') {
    exit (Invoke-PesterLane)
}

& bash ./build.sh $Task.ToLowerInvariant() @Argument
exit $LASTEXITCODE
