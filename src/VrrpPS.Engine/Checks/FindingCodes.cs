namespace VrrpPS.Engine.Checks;

/// <summary>
/// What the checks of configurations and machines can find. Part of the public surface: added, never changed. docs/checks.md
/// tells cause and remedy of each.
/// </summary>
public static partial class FindingCodes
{
}
