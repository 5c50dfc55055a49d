namespace VrrpPS.Engine.Configuration.Keepalived;

/// <summary>
/// Reads keepalived.conf. What it means is taken from keepalived 2.2.7's behaviour, because the other nodes run that; the
/// words are known up to 2.4.
/// </summary>
public static class KeepalivedReader
{
    /// <summary>Reads a configuration; whatever is wrong with it or not carried over is in the result's findings.</summary>
    /// <param name="text">The text, without byte order mark or with it.</param>
    /// <param name="file">The name that findings carry.</param>
    /// <param name="options">Renamings, the identity for conditional lines and where includes are relative to.</param>
    public static ConfigurationResult Read(string text, string file, ConfigurationReadOptions? options = null)
    {
        options ??= ConfigurationReadOptions.Default;
        var diagnostics = new DiagnosticBag();
        var lines = new KeepalivedLineReader(options, diagnostics).Read(text.TrimStart('\uFEFF'), file, options.BaseDirectory);
        var root = new KeepalivedParser(diagnostics).Parse(lines, file);
        var walker = new KeepalivedWalker(diagnostics);
        var statements = walker.Carried(root, KeepalivedContext.Root).ToArray();

        // global_defs holds for instances above it as well: keepalived completes them when everything is read.
        var globals = new KeepalivedGlobals { IsLegacyEncoding = options.IsLegacyEncoding, BaseDirectory = options.BaseDirectory };
        foreach (var statement in statements)
        {
            if (statement.Keyword == "net_namespace")
            {
                globals.NetworkNamespace = statement.Words[1].Text;
            }
            else if (statement.Keyword == "global_defs")
            {
                foreach (var inner in walker.Carried(statement.Block!, KeepalivedContext.GlobalDefs))
                {
                    globals.Take(inner, walker, diagnostics);
                }
            }
        }

        var statics = new KeepalivedStatic(globals, diagnostics);
        foreach (var statement in statements)
        {
            statics.Take(statement);
        }

        var trackers = new KeepalivedTrackers(globals, walker, diagnostics);
        foreach (var statement in statements)
        {
            trackers.Take(statement);
        }

        var groups = new KeepalivedSyncGroups(globals, trackers, walker, diagnostics);
        foreach (var statement in statements)
        {
            groups.Take(statement);
        }

        var instances = groups.Apply(statements
            .Where(s => s.Keyword == "vrrp_instance")
            .Select(s => new KeepalivedInstanceReader(s, globals, trackers, groups, walker, diagnostics).Read())
            .OfType<LocatedInstance>()
            .ToArray());
        instances = KeepalivedVirtualMacNames.Apply(instances, globals.VirtualMacPrefix);
        walker.ReportVirtualServers();
        return ConfigurationFinisher.Finish(instances, globals.RouterId, options, file, diagnostics, statics.ToStatic());
    }
}
