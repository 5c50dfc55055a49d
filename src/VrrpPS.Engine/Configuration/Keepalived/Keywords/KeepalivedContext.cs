namespace VrrpPS.Engine.Configuration.Keepalived;

/// <summary>The blocks that have keywords of their own.</summary>
internal enum KeepalivedContext
{
    Root,
    GlobalDefs,
    Instance,
    Authentication,
    AuthenticationHmac,
    SyncGroup,
    Script,
    TrackProcess,
    TrackFile,
    GarpGroup,
    TrackGroup,
    Bfd,
}
