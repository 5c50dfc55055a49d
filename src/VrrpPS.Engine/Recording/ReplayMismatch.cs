namespace VrrpPS.Engine.Recording;

/// <summary>Where a replay differs from its recording.</summary>
/// <param name="File">The file.</param>
/// <param name="Line">The line with the recorded effects, from 1.</param>
/// <param name="Router">The router.</param>
/// <param name="Index">The position of the first effect that differs, from 0.</param>
/// <param name="Recorded">The recorded effects.</param>
/// <param name="Replayed">The effects of the replay.</param>
public sealed record ReplayMismatch(string File, int Line, string Router, int Index, string Recorded, string Replayed)
{
    /// <summary>All of it in one message.</summary>
    public override string ToString()
        => $"{File}:{Line}: {Router} answers otherwise from effect {Index + 1} on.{Environment.NewLine}recorded: {Recorded}{Environment.NewLine}replayed: {Replayed}";
}
