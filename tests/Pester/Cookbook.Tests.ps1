# The recipes of docs/cookbook.md: what is said "on your desk" is typed, recipe by recipe, in an empty folder, and the files of its nodes must
# fit together. Needs neither root nor a network.

BeforeDiscovery {
    . $PSScriptRoot/Document.ps1
    $recipes = Get-CodeBlock (Join-Path $PSScriptRoot ../../docs/cookbook.md) | Where-Object Before -Like 'On your desk*' | Group-Object Section | ForEach-Object {
        @{ recipe = $_.Name; hasNodes = @($_.Group | Where-Object Language -EQ json).Count -gt 0 }
    }
}

BeforeAll {
    . $PSScriptRoot/Support.ps1
    . $PSScriptRoot/Document.ps1
    Use-MemoryEngine
    $blocks = Get-CodeBlock (Join-Path $Root docs/cookbook.md)
    $path = $env:PATH
    $env:PATH = "$(Join-Path $Root 'src/VrrpPS.Tool/bin/Release/net10.0'):$path"
}

AfterAll { $env:PATH = $path }

Describe 'The recipe "<recipe>"' -ForEach $recipes {
    BeforeAll {
        $folder = Join-Path $TestDrive ([guid]::NewGuid())
        $null = New-Item -ItemType Directory $folder
        Push-Location $folder
        $answers = foreach ($block in $blocks | Where-Object { $_.Section -eq $recipe -and $_.Before -like 'On your desk*' }) {
            $failed = $null
            $answer = switch ($block.Language) {
                json { Set-Content ([regex]::Match($block.Before, 'as `([^`]+)`').Groups[1].Value) $block.Code }
                sh { bash -euc $block.Code 2>&1; if ($LASTEXITCODE -ne 0) { $failed = "exit code $LASTEXITCODE" } }
                # A reader's session is not strict.
                powershell { & { Set-StrictMode -Off; . ([scriptblock]::Create($block.Code)) } 2>&1 }
            }
            [pscustomobject]@{ Code = $block.Code; Failed = $failed ?? ($answer | Where-Object { $_ -is [Management.Automation.ErrorRecord] }); Answer = $answer | Out-String -Width 120 }
        }
    }

    AfterAll { Pop-Location }

    It 'can be typed' {
        @($answers).Count | Should -BeGreaterThan 0
        foreach ($answer in $answers) { $answer.Failed | Should -BeNullOrEmpty -Because "$($answer.Code)`n$($answer.Answer)" }
    }

    It 'makes files of nodes that fit together' -ForEach @($_ | Where-Object hasNodes) {
        $files = Get-ChildItem -Filter node*.json
        $files.Count | Should -BeGreaterThan 1
        $findings = Test-VrrpConfiguration $files.FullName
        $findings | Where-Object Severity -EQ Error | Should -BeNullOrEmpty
        # Who dies is replaced by somebody.
        $dead = @($findings | Where-Object { $_.Code -eq 'ElectionOutcome' -and $_.Failure -eq 'node1 is down' })
        $dead | Should -Not -BeNullOrEmpty
        $dead.Master | Should -Not -Contain 'node1'
        $dead.Master | Should -Not -Contain $null
        # Only what the recipe is about is warned of.
        $findings | Where-Object Severity -EQ Warning | ForEach-Object Code | Sort-Object -Unique | Should -BeNullOrEmpty
    }

    It 'finds the cluster that was copied' -ForEach @($_ | Where-Object { -not $_.hasNodes }) {
        $answers[-1].Answer | Should -Match 'AddressListDiffers'
    }
}
