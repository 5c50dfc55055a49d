using System.Globalization;

namespace VrrpPS.Engine.Checks.Environment.Facts;

/// <summary>Reads what the machine's files tell.</summary>
internal static class HostFacts
{
    private const string ClockSourceFile = "/sys/devices/system/clocksource/clocksource0/current_clocksource";

    /// <summary>The kernel's clock source.</summary>
    public static string? ClockSource(SystemFiles files) => files.Read(ClockSourceFile)?.Trim();

    /// <summary>What kind of container this is, or null.</summary>
    public static string? Container(SystemFiles files)
    {
        string? manager = files.Read("/run/systemd/container")?.Trim();
        return !string.IsNullOrEmpty(manager) ? manager
            : files.Exists("/.dockerenv") ? "docker"
            : files.Exists("/run/.containerenv") ? "podman"
            : files.Exists("/var/run/secrets/kubernetes.io/serviceaccount/token") ? "kubernetes"
            : null;
    }

    /// <summary>The share of time since boot in which the hypervisor ran others, 0..1.</summary>
    public static double StolenShare(SystemFiles files)
    {
        // cpu user nice system idle iowait irq softirq steal guest guest_nice (proc(5)); guest time is within user time.
        const int stolen = 7;
        string? line = files.Read("/proc/stat")?.Split('\n')[0];
        double[] times = [.. (line ?? string.Empty).Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(stolen + 1)
            .Select(static text => double.TryParse(text, CultureInfo.InvariantCulture, out double value) ? value : 0)];
        return times.Length > stolen && times.Sum() > 0 ? times[stolen] / times.Sum() : 0;
    }

    /// <summary>The systemd-networkd file of an interface with its drop-ins, and their text; null when networkd does not manage it.</summary>
    public static (string Path, string Text)? Networkd(SystemFiles files, int interfaceIndex)
    {
        const string key = "NETWORK_FILE=";
        string? path = Lines(files.Read($"/run/systemd/netif/links/{interfaceIndex}")).FirstOrDefault(static line => line.StartsWith(key, StringComparison.Ordinal))?[key.Length..];
        if (string.IsNullOrEmpty(path) || files.Read(path) is not { } text)
        {
            return null;
        }

        string name = Path.GetFileName(path);
        string[] folders = ["/usr/lib/systemd/network", "/run/systemd/network", "/etc/systemd/network"];
        var dropIns = folders.SelectMany(folder => files.List($"{folder}/{name}.d", ".conf"));
        return (path, string.Join('\n', dropIns.Select(files.Read).Prepend(text)));
    }

    /// <summary>Whether NetworkManager manages an interface.</summary>
    public static bool IsNetworkManagers(SystemFiles files, int interfaceIndex)
        => Lines(files.Read($"/run/NetworkManager/devices/{interfaceIndex}")).Contains("managed=true", StringComparer.Ordinal);

    private static string[] Lines(string? text) => (text ?? string.Empty).Split('\n', StringSplitOptions.TrimEntries);
}
