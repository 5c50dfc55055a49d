namespace VrrpPS.Service.Events.Journal;

/// <summary>
/// What kind of entry it is, by a number that no other program uses and that never changes: <c>journalctl MESSAGE_ID=...</c> finds them
/// all. Part of the public surface.
/// </summary>
internal static class JournalMessageId
{
    /// <summary>The number of a kind; null for what is worth no number of its own.</summary>
    public static string? Of(VrrpEventKind kind) => kind switch
    {
        VrrpEventKind.Transition => "a0cc670df4504b9aab3c06056033f490",
        VrrpEventKind.SplitBrain => "ca1c3b0a23cc475da79849dbbef08878",
        VrrpEventKind.NearMiss => "7c9218e75e9e4285b2c925bf0f67798c",
        VrrpEventKind.LeaseLost => "8de634c1129c465998542d8768066a1f",
        VrrpEventKind.AddressRestored => "8057c044eaa6450fa9a9fb3a02256cc1",
        VrrpEventKind.PeerMismatch => "999d07b76bb24806887ce73f4108e0c7",
        VrrpEventKind.DuplicateAddress => "64c4b1bda6ac453790c61cb10ccaee44",
        VrrpEventKind.Waiting => "69cbcdcab4d74998827dbdf39a315c39",
        VrrpEventKind.KernelRefused => "590d4edb5e804db79d6aec20a0051cc9",
        VrrpEventKind.EngineFailed => "3c2dc97d558f40029fd91017b418fcd9",
        VrrpEventKind.NotificationFailed => "201e6bd1e6af40c88bac6d48a4fdf426",
        VrrpEventKind.TrackerChanged => "0a5566ee373e46eaa5dd59a59f2c1938",
        VrrpEventKind.RouteRestored => "62cca8d809044f3da6274c3639fd867e",
        _ => null,
    };
}
