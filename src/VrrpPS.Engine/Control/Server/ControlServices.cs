namespace VrrpPS.Engine.Control.Server;

/// <summary>What all sessions of a server share.</summary>
internal sealed record ControlServices(ControlMethodTable Methods, EventFeed Feed, ControlServerOptions Options);
