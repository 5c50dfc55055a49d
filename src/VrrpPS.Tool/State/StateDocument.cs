namespace VrrpPS.Tool.State;

/// <summary>What <c>vrrpps state --json</c> writes: the result of the control socket's <c>state</c>.</summary>
/// <param name="States">One for each instance.</param>
internal sealed record StateDocument(IReadOnlyList<VrrpState> States);
