# The examples of the cmdlets' help and README's first commands, typed on a host of their own over the engine that ships. Needs root.

BeforeDiscovery {
    . $PSScriptRoot/Hosts.ps1
    $obstacle = Get-HostsObstacle
    $cmdlets = (Import-PowerShellDataFile (Join-Path $PSScriptRoot '../../module/VrrpPS.psd1')).CmdletsToExport
}

Describe 'The examples<note>' -Tag Namespace -ForEach @{ note = $obstacle ? " ($obstacle)" : '' } -Skip:([bool] $obstacle) {
    BeforeAll {
        . $PSScriptRoot/Hosts.ps1
        $seen = Invoke-OnLaptop Examples.ps1 -Seconds 300
    }

    It 'of <_> can be typed' -ForEach ($cmdlets + 'README') {
        $own = @($seen | Where-Object Cmdlet -EQ $_)
        $own.Count | Should -BeGreaterOrEqual ($_ -eq 'README' ? 1 : 2)
        foreach ($example in $own) { $example.Errors | Should -BeNullOrEmpty -Because "of $($example.Code)" }
    }
}
