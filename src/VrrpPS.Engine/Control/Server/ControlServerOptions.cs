using VrrpPS.Engine.Control.Access;

namespace VrrpPS.Engine.Control.Server;

/// <summary>The bounds of a control server. The defaults suit a service; tests make them small.</summary>
public sealed record ControlServerOptions
{
    /// <summary>What <c>hello</c> tells as the service's version.</summary>
    public required string ProductVersion { get; init; }

    /// <summary>The group whose members may change what the service does.</summary>
    public required ControlGroup Group { get; init; }

    /// <summary>All connections together.</summary>
    public int MaxClients { get; init; } = 64;

    /// <summary>The connections of one user who may only read.</summary>
    public int MaxClientsPerUser { get; init; } = 16;

    /// <summary>The longest line of a client that may change, in bytes.</summary>
    public int MaxLineLength { get; init; } = 1024 * 1024;

    /// <summary>The longest line of a client that may only read, in bytes: it has nothing long to say.</summary>
    public int MaxReaderLineLength { get; init; } = 16 * 1024;

    /// <summary>How many changes of one connection are under way at the same time; the next one waits.</summary>
    public int MaxChanges { get; init; } = 32;

    /// <summary>How many events wait for a slow subscriber; more are lost to it.</summary>
    public int EventQueueLength { get; init; } = 256;

    /// <summary>How many requests a user who may only read has answered in a second, in the long run.</summary>
    public double RequestsPerSecond { get; init; } = 50;

    /// <summary>How many requests such a user may ask at once after a pause.</summary>
    public double RequestBurst { get; init; } = 100;

    /// <summary>How long a connection lasts on which nothing is asked.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a line may take from its first byte to its end.</summary>
    public TimeSpan LineTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an answer may take to be read.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a subscriber may leave its events unread before it is given up.</summary>
    public TimeSpan SubscriberTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The least time between two notifications that some state has changed.</summary>
    public TimeSpan StateSpacing { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long accepting pauses after a connection that was refused: a flood of them costs no more than that.</summary>
    public TimeSpan RefusalSpacing { get; init; } = TimeSpan.FromMilliseconds(2);
}
