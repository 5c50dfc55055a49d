BeforeAll {
    . $PSScriptRoot/Support.ps1
    . $PSScriptRoot/Capture.ps1
    Use-MemoryEngine
}

Describe 'Watch-VrrpAdvert -Path' {
    It 'reads a capture' {
        $adverts = Watch-VrrpAdvert -Path (New-Capture -Count 3)
        $adverts.Count | Should -Be 3
        $advert = $adverts[0]
        $advert.SourceAddress | Should -Be '192.0.2.1'
        $advert.VirtualRouterId | Should -Be 41
        $advert.Priority | Should -Be 200
        $advert.Version | Should -Be 2
        $advert.VirtualIPAddress | Should -Be '192.0.2.250', '192.0.2.251'
        $advert.ChecksumValid | Should -BeTrue
        $advert.TimeToLive | Should -Be 255
    }

    It 'ends after -Count' {
        @(Watch-VrrpAdvert -Path (New-Capture -Count 5) -Count 2).Count | Should -Be 2
    }

    It 'ends after -Duration of the capture''s own time' {
        @(Watch-VrrpAdvert -Path (New-Capture -Count 9) -Duration 2.5s).Count | Should -Be 3
    }

    It 'shows the wanted virtual routers only' {
        Watch-VrrpAdvert -Path (New-Capture) -VirtualRouterId 42 | Should -BeNullOrEmpty
        @(Watch-VrrpAdvert -Path (New-Capture) -VRID 41, 42).Count | Should -Be 3
    }

    It 'refuses a virtual router id that cannot be' {
        (Get-ErrorOf { Watch-VrrpAdvert -Path (New-Capture) -VirtualRouterId 256 }).FullyQualifiedErrorId | Should -BeLike 'InvalidVirtualRouterId,*'
    }

    It 'writes what it shows' {
        $out = Join-Path $TestDrive 'out.pcap'
        $null = Watch-VrrpAdvert -Path (New-Capture -Count 4) -OutFile $out -Count 4
        @(Watch-VrrpAdvert -LiteralPath $out).Count | Should -Be 4
        { Watch-VrrpAdvert -Path (New-Capture) -OutFile $out -NoClobber } | Should -Throw -ErrorId 'FileExists,*'
    }

    It 'writes nothing with -WhatIf' {
        $out = Join-Path $TestDrive 'none.pcap'
        @(Watch-VrrpAdvert -Path (New-Capture) -OutFile $out -WhatIf).Count | Should -Be 3
        $out | Should -Not -Exist
    }

    It 'takes files from the pipeline, also with brackets in their names' {
        $odd = Join-Path $TestDrive 'odd[1].pcap'
        Move-Item -LiteralPath (New-Capture -Count 2) -Destination $odd
        @(Get-Item -LiteralPath $odd | Watch-VrrpAdvert).Count | Should -Be 2
    }

    It 'shows what stands before the damage and then names it' {
        $failure = $null
        $adverts = Watch-VrrpAdvert -Path (New-Capture -Count 3 -CutBytes 7) -ErrorVariable failure -ErrorAction SilentlyContinue
        @($adverts).Count | Should -Be 2
        $failure.FullyQualifiedErrorId | Should -BeLike 'CaptureUnreadable,*'
    }

    It 'goes on with the next file after one that does not exist or is no capture' {
        $text = Join-Path $TestDrive 'text.pcap'
        Set-Content $text 'this is no capture'
        $failure = $null
        $adverts = Watch-VrrpAdvert -Path (Join-Path $TestDrive 'nosuch.pcap'), $text, (New-Capture -Count 1) -ErrorVariable failure -ErrorAction SilentlyContinue
        @($adverts).Count | Should -Be 1
        $failure.Count | Should -Be 2
    }
}
