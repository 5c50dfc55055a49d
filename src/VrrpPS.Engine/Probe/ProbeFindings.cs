namespace VrrpPS.Engine.Probe;

/// <summary>Collects what a probe finds, in the order it is found.</summary>
internal sealed class ProbeFindings
{
    private readonly List<string> _texts = [];
    private readonly List<VipProblemCode> _codes = [];

    public VrrpList<string> Texts => _texts.ToVrrpList();

    public VrrpList<VipProblemCode> Codes => _codes.ToVrrpList();

    public void Add(VipProblemCode code, string text)
    {
        _codes.Add(code);
        _texts.Add(text);
    }
}
