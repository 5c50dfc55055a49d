# Another pwsh as this one, for tests that start one. As a .NET tool it runs in a process of dotnet's.
$script:PwshPath = (Split-Path -Leaf ([Environment]::ProcessPath)) -eq 'dotnet' ? @(Get-Command pwsh -CommandType Application)[0].Source : [Environment]::ProcessPath
