#!/usr/bin/env pwsh
#requires -Version 7.4
<#
.SYNOPSIS
    Builds, tests and packages VrrpPS from pwsh.
.DESCRIPTION
    The tasks are those of build.sh, which holds every step once; this script passes them on. Its own task is Pester,
    the lane that only pwsh can run: it runs tests/Pester against the module in artifacts/module and leaves
    Pester.xml (NUnit) and Pester.counts ("passed failed skipped") in the result directory. Exit code 3 means that
    Pester 5 or later is not installed.
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
    $pester = Get-Module -ListAvailable Pester | Where-Object Version -GE '5.0' | Sort-Object Version -Descending | Select-Object -First 1
    if (-not $pester) {
        return 3
    }

    Import-Module -Name $pester.Path
    $null = New-Item -ItemType Directory -Force -Path $ResultDirectory
    $configuration = New-PesterConfiguration
    $configuration.Run.Path = 'tests/Pester'
    $configuration.Run.PassThru = $true
    $configuration.Output.Verbosity = 'Normal'
    $configuration.Output.RenderMode = 'Plaintext'
    $configuration.TestResult.Enabled = $true
    $configuration.TestResult.OutputPath = Join-Path $ResultDirectory 'Pester.xml'
    $result = Invoke-Pester -Configuration $configuration

    # A file or block that could not even be read is a failure, not an absence of tests.
    $failed = $result.FailedCount + $result.FailedBlocksCount + $result.FailedContainersCount
    $skipped = $result.SkippedCount + $result.NotRunCount + $result.InconclusiveCount
    Set-Content -LiteralPath (Join-Path $ResultDirectory 'Pester.counts') -Value "$($result.PassedCount) $failed $skipped"
    return [int]($failed -gt 0)
}

if ($Task -eq 'Pester') {
    exit (Invoke-PesterLane)
}

& bash ./build.sh $Task.ToLowerInvariant() @Argument
exit $LASTEXITCODE
