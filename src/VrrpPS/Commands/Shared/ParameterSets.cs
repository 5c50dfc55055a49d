namespace VrrpPS.Commands;

/// <summary>The names of the parameter sets.</summary>
internal static class ParameterSets
{
    internal const string Name = nameof(Name);
    internal const string InputObject = nameof(InputObject);
    internal const string Values = nameof(Values);
    internal const string Configuration = nameof(Configuration);
    internal const string Live = nameof(Live);
    internal const string Path = nameof(Path);
    internal const string LiteralPath = nameof(LiteralPath);
    internal const string SocketPath = nameof(SocketPath);
}
