# Get-Help as a user reads it, from the composed module.

BeforeDiscovery {
    $cmdlets = (Import-PowerShellDataFile (Join-Path $PSScriptRoot '../../module/VrrpPS.psd1')).CmdletsToExport
}

BeforeAll {
    . $PSScriptRoot/Support.ps1
    Use-MemoryEngine
    $cmdlets = (Import-PowerShellDataFile (Join-Path $ModulePath 'VrrpPS.psd1')).CmdletsToExport
    $common = [Management.Automation.Internal.CommonParameters].GetProperties().Name
}

Describe 'The help of <_>' -ForEach $cmdlets {
    BeforeAll { $help = Get-Help $_ -Full }

    It 'has a synopsis, a description and two examples' {
        $help.Synopsis | Should -Match '\.$'
        $help.Description.Text | Should -Not -BeNullOrEmpty
        @($help.Examples.Example).Count | Should -BeGreaterOrEqual 2
    }

    It 'describes every parameter' {
        $described = @($help.Parameters.parameter)
        $names = (Get-Command $_).Parameters.Keys | Where-Object { $_ -notin $common }
        $described.Name | Sort-Object | Should -Be ($names | Sort-Object)
        foreach ($parameter in $described) { $parameter.Description.Text | Should -Match '\.$' -Because $parameter.Name }
    }

    It 'shows the syntax that the command has' {
        @($help.Syntax.syntaxItem).Count | Should -Be (Get-Command $_).ParameterSets.Count
    }

    It 'has examples that PowerShell can bind' {
        foreach ($example in $help.Examples.Example) {
            $errors = $null
            $ast = [Management.Automation.Language.Parser]::ParseInput($example.Code, [ref]$null, [ref]$errors)
            $errors | Should -BeNullOrEmpty
            $own = $ast.FindAll({ $args[0] -is [Management.Automation.Language.CommandAst] -and $args[0].GetCommandName() -in $cmdlets }, $true)
            foreach ($command in $own) {
                $bound = [Management.Automation.Language.StaticParameterBinder]::BindCommand($command)
                $bound.BindingExceptions.Keys | Should -BeNullOrEmpty -Because $command.Extent.Text
            }
        }
    }
}

Describe 'The help' {
    It 'reads well in full' {
        $text = Get-Help Start-VrrpInstance -Full | Out-String -Width 80
        $text | Should -Match 'Starts a virtual router'
        $text | Should -Match 'Example 2: '
        $text | Should -Match 'about_VrrpPS'
        $text | Should -Not -Match '-Online'
    }
}
