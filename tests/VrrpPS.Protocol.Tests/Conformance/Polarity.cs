namespace VrrpPS.Conformance;

/// <summary>Which side of a requirement a test shows.</summary>
public enum Polarity
{
    /// <summary>The required behaviour happens.</summary>
    Required,

    /// <summary>The forbidden behaviour is refused or does not happen.</summary>
    Refused,
}
