namespace VrrpPS.Bench.Nodes;

/// <summary>The module in a pwsh session.</summary>
internal static class ModuleCommand
{
    /// <summary>What the session says when its heap is full and it begins to change it.</summary>
    public const string HeapReady = "the heap is busy";

    /// <summary>What it says per instance that listens.</summary>
    public const string Listening = "listening:";

    /// <summary>The module's manifest, from <c>--module</c>.</summary>
    public static string Module { get; set; } = Path.GetFullPath("artifacts/module/VrrpPS/VrrpPS.psd1");

    /// <summary>Where pwsh is; null when it is not installed.</summary>
    public static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(':')
        .Select(static directory => Path.Combine(directory, "pwsh"))
        .FirstOrDefault(File.Exists);

    /// <summary>
    /// A session that runs a configuration and works on a heap of a gigabyte: a million objects of a kilobyte, of which it replaces one after the other.
    /// </summary>
    public static NodeCommand Create(string configuration) => new(
        "pwsh",
        [
            "-NoProfile", "-NonInteractive", "-Command",
            $$"""
            $ErrorActionPreference = 'Stop'
            Import-Module '{{Module}}'
            Import-VrrpConfiguration -Path '{{configuration}}' | Start-VrrpInstance -Force | ForEach-Object { '{{Listening}} ' + $_.Name }
            $heap = [System.Collections.Generic.List[object]]::new()
            for ($i = 0; $i -lt 1000000; $i++) { $heap.Add([byte[]]::new(1000)) }
            '{{HeapReady}}'
            for ($i = 0; ; $i = ($i + 1) % 1000000) { $heap[$i] = [byte[]]::new(1000) }
            """,
        ],
        Listening);
}
