namespace VrrpPS.Engine.Configuration.Trackers;

/// <summary>Asks a URI with GET and judges the answer. Redirections are an answer and are not followed; no proxy, no cookies.</summary>
public sealed record HttpTracker : TrackerConfiguration
{
    /// <summary>The URI, http or https.</summary>
    public required string Uri { get; init; }

    /// <summary>The statuses that count as success.</summary>
    public HttpStatusSet ExpectStatus { get; init; } = HttpStatusSet.Default;

    /// <summary>A regular expression that the first 64 KiB of the body must match; null takes any body.</summary>
    public string? ExpectBody { get; init; }

    /// <summary>Takes any certificate of an https server.</summary>
    public bool SkipCertificateCheck { get; init; }

    /// <inheritdoc/>
    public override TrackerKind Kind => TrackerKind.Http;

    /// <inheritdoc/>
    public override string Target => Uri;
}
