using System.Globalization;

namespace VrrpPS.Engine.Linux.VirtualMacs;

/// <summary>Numbers under /proc/sys/net, in the network namespace of the calling thread.</summary>
internal static class KernelSetting
{
    private const string Root = "/proc/sys/net/";

    /// <summary>An IPv4 setting of an interface, relative to /proc/sys/net.</summary>
    public static string IPv4(string interfaceName, string name) => $"ipv4/conf/{interfaceName}/{name}";

    /// <summary>An IPv6 setting of an interface, relative to /proc/sys/net.</summary>
    public static string IPv6(string interfaceName, string name) => $"ipv6/conf/{interfaceName}/{name}";

    /// <summary>Whether the kernel has the setting.</summary>
    public static bool Exists(string path) => File.Exists(Root + path);

    /// <summary>Reads a setting.</summary>
    /// <exception cref="IOException">It cannot be read, or is no number.</exception>
    public static int Read(string path)
        => int.TryParse(File.ReadAllText(Root + path), NumberStyles.AllowLeadingSign | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out int value)
            ? value
            : throw new IOException($"{Root}{path} is no number");

    /// <summary>Writes a setting.</summary>
    /// <exception cref="IOException">The kernel refused.</exception>
    /// <exception cref="UnauthorizedAccessException">/proc/sys is read-only here, or the right is missing.</exception>
    public static void Write(string path, int value) => File.WriteAllText(Root + path, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Writes a setting unless it has that value already: where /proc/sys is read-only, somebody else may have set it.</summary>
    /// <exception cref="IOException">The kernel refused.</exception>
    /// <exception cref="UnauthorizedAccessException">/proc/sys is read-only here, or the right is missing.</exception>
    public static void Ensure(string path, int value)
    {
        if (Read(path) != value)
        {
            Write(path, value);
        }
    }
}
