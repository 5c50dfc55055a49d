@{
    RootModule             = 'VrrpPS.dll'
    ModuleVersion          = '0.1.0'
    GUID                   = '5a6f0b0e-6f3c-4c41-9f5e-0c5f8f5b7b1d'
    Author                 = 'The VrrpPS authors'
    CompanyName            = 'VrrpPS'
    Copyright              = 'Copyright (c) The VrrpPS authors. MIT license.'
    Description            = 'Keeps a virtual IP reachable: speaks VRRP versions 2 and 3 with keepalived, FRR and routers, and binds the virtual addresses on Linux.'

    # The assemblies are built for .NET 10, which PowerShell 7.6 is the first to run on; 7.4 (.NET 8) and 7.5 (.NET 9) cannot load them.
    PowerShellVersion      = '7.6'
    CompatiblePSEditions   = @('Core')

    FormatsToProcess       = @('VrrpPS.Format.ps1xml')
    TypesToProcess         = @('VrrpPS.Types.ps1xml')

    FunctionsToExport      = @()
    VariablesToExport      = @()
    AliasesToExport        = @()
    CmdletsToExport        = @(
        'Clear-VrrpCounter'
        'ConvertFrom-KeepalivedConfig'
        'Export-VrrpConfiguration'
        'Export-VrrpReport'
        'Get-VrrpCounter'
        'Get-VrrpHistory'
        'Get-VrrpInstance'
        'Get-VrrpOrphan'
        'Get-VrrpState'
        'Import-VrrpConfiguration'
        'Measure-VipFailover'
        'Move-VrrpMaster'
        'New-VrrpConfiguration'
        'New-VrrpNotification'
        'New-VrrpTracker'
        'Register-VrrpEvent'
        'Register-VrrpService'
        'Remove-VrrpOrphan'
        'Restart-VrrpInstance'
        'Resume-VrrpInstance'
        'Send-VrrpAnnouncement'
        'Set-VrrpInstance'
        'Start-VrrpInstance'
        'Stop-VrrpInstance'
        'Suspend-VrrpInstance'
        'Test-VipReachability'
        'Test-VrrpConfiguration'
        'Test-VrrpEnvironment'
        'Unregister-VrrpService'
        'Update-VrrpService'
        'Wait-VrrpState'
        'Watch-VrrpAdvert'
        'Watch-VrrpState'
    )

    PrivateData            = @{
        PSData = @{
            Tags       = @('VRRP', 'VIP', 'HighAvailability', 'Failover', 'keepalived', 'Network', 'Linux', 'PSEdition_Core')
            LicenseUri = 'https://opensource.org/license/mit'
        }
    }
}
