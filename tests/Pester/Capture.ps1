# Capture files for the tests, made of frames that keepalived 2.2.7 sent (one version 2 advertisement of 192.0.2.1 for VRID 41).

$script:AdvertisementFrame = @(
    '01005e000012020000000001080045c0'
    '002c00010000ff70188dc0000201e000'
    '00122129c802000190dcc00002fac000'
    '02fb0000000000000000'
) -join ''

# A pcap file with the advertisement once a second; returns its path.
function New-Capture([int] $Count = 3, [int] $CutBytes = 0) {
    $path = Join-Path $TestDrive "capture-$([guid]::NewGuid()).pcap"
    $bytes = [Convert]::FromHexString($AdvertisementFrame)
    $stream = [IO.MemoryStream]::new()
    $writer = [IO.BinaryWriter]::new($stream)
    $writer.Write([uint32]2712847316)
    $writer.Write([uint16]2); $writer.Write([uint16]4)
    $writer.Write([int32]0); $writer.Write([int32]0); $writer.Write([int32]65535); $writer.Write([int32]1)
    foreach ($second in 1..$Count) {
        $writer.Write([int32](1000000000 + $second)); $writer.Write([int32]0)
        $writer.Write([int32]$bytes.Length); $writer.Write([int32]$bytes.Length)
        $writer.Write($bytes)
    }

    $writer.Flush()
    $all = $stream.ToArray()
    [IO.File]::WriteAllBytes($path, $all[0..($all.Length - 1 - $CutBytes)])
    $path
}
