namespace VrrpPS.Engine.Control;

/// <summary>What both sides of the control socket agree on; docs/control-socket.md is its description for people.</summary>
public static class ControlProtocol
{
    /// <summary>
    /// The protocol's number, told by <c>hello</c>. Members and methods are added under the same number, and whoever does not know
    /// one passes over it; the number changes only when an older client would misunderstand.
    /// </summary>
    public const int Version = 1;

    /// <summary>The line is not JSON (JSON-RPC 2.0 section 5.1).</summary>
    internal const int ParseError = -32700;

    /// <summary>It is JSON, but no request (JSON-RPC 2.0 section 5.1).</summary>
    internal const int InvalidRequest = -32600;

    /// <summary>There is no such method (JSON-RPC 2.0 section 5.1).</summary>
    internal const int MethodNotFound = -32601;

    /// <summary>The parameters do not fit the method (JSON-RPC 2.0 section 5.1).</summary>
    internal const int InvalidParameters = -32602;

    /// <summary>A defect of the service (JSON-RPC 2.0 section 5.1).</summary>
    internal const int InternalError = -32603;

    /// <summary>The engine refused; <c>data.errorId</c> says what.</summary>
    internal const int Refused = -32000;

    /// <summary>The caller may read, not change.</summary>
    internal const int NotPermitted = -32001;

    /// <summary>Too many connections; this one is closed.</summary>
    internal const int Busy = -32002;

    /// <summary>Nothing, or only half a line, came for too long; the connection is closed.</summary>
    internal const int TimedOut = -32003;

    /// <summary>The line is too long; the connection is closed.</summary>
    internal const int TooLong = -32004;
}
