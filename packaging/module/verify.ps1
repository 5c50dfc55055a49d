# Installs the module's package as its users do, from a folder as a repository where PowerShell has the means, and imports it.
param(
    [Parameter(Mandatory)] [string] $Package,
    [Parameter(Mandatory)] [version] $Version
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$work = Join-Path ([IO.Path]::GetTempPath()) "vrrpps-$([guid]::NewGuid().ToString('n'))"
$null = New-Item -ItemType Directory $work
try {
    if (Get-Command Save-PSResource -ErrorAction Ignore) {
        $name = "vrrpps-$([guid]::NewGuid().ToString('n'))"
        Register-PSResourceRepository -Name $name -Uri (Split-Path (Resolve-Path $Package)) -Trusted
        try {
            Save-PSResource VrrpPS -Version $Version -Repository $name -Path $work
        }
        finally {
            Unregister-PSResourceRepository $name
        }

        $manifest = Join-Path $work "VrrpPS/$Version/VrrpPS.psd1"
    }
    else {
        [IO.Compression.ZipFile]::ExtractToDirectory((Resolve-Path $Package).Path, "$work/VrrpPS")
        $manifest = "$work/VrrpPS/VrrpPS.psd1"
    }

    $module = Import-Module $manifest -PassThru
    if ($module.Version -ne $Version -or -not (Get-Command Start-VrrpInstance -Module VrrpPS)) {
        throw "The module is $($module.Version) with $($module.ExportedCmdlets.Count) cmdlets; $Version was expected."
    }
}
finally {
    Remove-Item $work -Recurse -Force
}
