using System.Globalization;
using VrrpPS.Engine.Errors;

namespace VrrpPS.Engine.Linux;

/// <summary>What the calling thread may do.</summary>
public static class ProcessCapabilities
{
    private const string EffectiveKey = "CapEff:";

    private const Capabilities Known
        = Capabilities.NetAdmin | Capabilities.NetRaw | Capabilities.SysAdmin | Capabilities.SetUid | Capabilities.SetGid
        | Capabilities.Kill;

    /// <summary>The effective capabilities of the calling thread, among those that matter here.</summary>
    public static Capabilities Effective => Parse(File.ReadLines("/proc/thread-self/status"));

    /// <summary>Throws unless the calling thread has all of these.</summary>
    /// <exception cref="VrrpException">MissingCapability, naming those that are missing and the ways to get them.</exception>
    public static void Require(Capabilities needed) => Require(needed, Effective);

    internal static void Require(Capabilities needed, Capabilities effective)
    {
        var missing = needed & ~effective;
        if (missing != Capabilities.None)
        {
            throw VrrpErrors.MissingCapability(missing);
        }
    }

    internal static Capabilities Parse(IEnumerable<string> statusLines)
    {
        foreach (string line in statusLines)
        {
            if (line.StartsWith(EffectiveKey, StringComparison.Ordinal)
                && ulong.TryParse(line.AsSpan(EffectiveKey.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out ulong bits))
            {
                return (Capabilities)bits & Known;
            }
        }

        return Capabilities.None;
    }

    /// <summary>Their names, joined by <c>and</c>: <c>CAP_NET_ADMIN and CAP_NET_RAW</c>.</summary>
    public static string Describe(Capabilities capabilities)
    {
        var names = new List<string>();
        Append(Capabilities.NetAdmin, "CAP_NET_ADMIN");
        Append(Capabilities.NetRaw, "CAP_NET_RAW");
        Append(Capabilities.SysAdmin, "CAP_SYS_ADMIN");
        Append(Capabilities.SetUid, "CAP_SETUID");
        Append(Capabilities.SetGid, "CAP_SETGID");
        Append(Capabilities.Kill, "CAP_KILL");
        return string.Join(" and ", names);

        void Append(Capabilities capability, string name)
        {
            if (capabilities.HasFlag(capability))
            {
                names.Add(name);
            }
        }
    }
}
