namespace VrrpPS.Engine.Configuration.Keepalived;

/// <summary>The file as it grows: what stands before the blocks, <c>global_defs</c>, definitions and the instances, in this order.</summary>
internal sealed class KeepalivedDocumentWriter(IReadOnlyList<InstanceConfiguration> instances, bool includeSecrets, DiagnosticBag diagnostics)
{
    private readonly HashSet<string> _defined = new(StringComparer.Ordinal);

    /// <summary>The instances that are written.</summary>
    public IReadOnlyList<InstanceConfiguration> Instances { get; } = instances;

    /// <summary>Whether passwords are written.</summary>
    public bool IncludeSecrets { get; } = includeSecrets;

    /// <summary>Top-level statements that come first.</summary>
    public KeepalivedOutput Top { get; } = new();

    /// <summary>What stands inside <c>global_defs</c>.</summary>
    public KeepalivedOutput Globals { get; } = new();

    /// <summary>Top-level blocks that instances refer to (scripts, groups).</summary>
    public KeepalivedOutput Definitions { get; } = new();

    /// <summary>The instances' bodies.</summary>
    public List<(string Name, KeepalivedOutput Body)> Bodies { get; } = [];

    /// <summary>Whether a definition of this kind and name is new; several instances may refer to one.</summary>
    public bool Define(string keyword, string name) => _defined.Add(keyword + " " + name);

    /// <summary>Something of no consequence for election, addresses and authentication that keepalived is not told.</summary>
    public void Omit(string message) => diagnostics.Warning(new SourcePosition(KeepalivedWriter.File, 0, 0), ConfigurationCodes.NotCarriedOver, message);

    /// <summary>Something of the election, the addresses or the authentication that keepalived is not told.</summary>
    public void Lose(string message) => diagnostics.Loss(new SourcePosition(KeepalivedWriter.File, 0, 0), message);

    /// <summary>
    /// The one value that all instances have where keepalived has room for one only: the greatest of them, with a finding when
    /// they differ.
    /// </summary>
    public TimeSpan Shared(string property, string keyword, Func<InstanceConfiguration, TimeSpan> value)
    {
        if (Instances.Count == 0)
        {
            return TimeSpan.Zero;
        }

        var most = Instances.Max(value);
        foreach (var instance in Instances.Where(i => value(i) != most))
        {
            Omit($"{instance.Name}: {property} of {DurationText.Format(value(instance))} cannot be written: keepalived has one '{keyword}' for all instances, which is {DurationText.Format(most)}.");
        }

        return most;
    }

    /// <summary>The whole file.</summary>
    public string ToText()
    {
        var all = new KeepalivedOutput();
        all.Append(Top);
        if (!Globals.IsEmpty)
        {
            all.Append(Wrap("global_defs", null, Globals));
        }

        all.Append(Definitions);
        foreach (var (name, body) in Bodies)
        {
            all.Append(Wrap("vrrp_instance", name, body));
        }

        return all.ToString();
    }

    private static KeepalivedOutput Wrap(string keyword, string? name, KeepalivedOutput body)
    {
        var block = new KeepalivedOutput();
        block.Open(keyword, name is null ? [] : [name]);
        block.Lines(body);
        block.Close();
        return block;
    }
}
