# PSScriptAnalyzer over the PowerShell that users get, where it is installed; its absence is named. With VRRPPS_ANALYZE=1 in the environment
# over the scripts of the tests as well, which takes a while.

BeforeDiscovery {
    $analyzer = Get-Module -ListAvailable PSScriptAnalyzer | Sort-Object Version -Descending | Select-Object -First 1
    $scripts = @('build.ps1', 'docs/examples', 'packaging', 'module/VrrpPS.psd1') + @(if ($env:VRRPPS_ANALYZE -eq '1') { 'tests/hosts', 'tests/Pester' })
    $note = $analyzer ? '' : ' (PSScriptAnalyzer is not installed)'
}

Describe 'PSScriptAnalyzer<note>' -ForEach @{ note = $note } -Skip:(-not $analyzer) {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        Import-Module PSScriptAnalyzer
        $settings = Join-Path $PSScriptRoot PSScriptAnalyzerSettings.psd1
    }

    It 'has nothing to say about <_>' -ForEach $scripts {
        $found = Invoke-ScriptAnalyzer -Path (Join-Path $Root $_) -Recurse -Settings $settings
        $found | ForEach-Object { "$($_.ScriptName):$($_.Line): $($_.RuleName): $($_.Message)" } | Should -BeNullOrEmpty
    }
}

Describe 'The manifest' {
    It 'is clean' {
        . $PSScriptRoot/Support.ps1
        $manifest = Test-ModuleManifest (Join-Path $ModulePath 'VrrpPS.psd1') -WarningVariable warned -WarningAction SilentlyContinue -ErrorAction Stop
        $warned | Should -BeNullOrEmpty
        $manifest.ExportedCmdlets.Count | Should -BeGreaterThan 25
        foreach ($member in 'Author', 'Description', 'Copyright', 'LicenseUri') { $manifest.$member | Should -Not -BeNullOrEmpty -Because $member }
    }
}
