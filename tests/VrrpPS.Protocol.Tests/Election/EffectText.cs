using VrrpPS.Protocol.Election;

namespace VrrpPS.Protocol.Tests.Election;

/// <summary>Effects in a few words, for expectations and recordings.</summary>
internal static class EffectText
{
    public static string Of(in Effect effect) => effect.Kind switch
    {
        EffectKind.BindAll => "bind",
        EffectKind.BindAddress => $"bind {effect.AddressIndex}",
        EffectKind.ReleaseAll => "release",
        EffectKind.ReleaseAddress => $"release {effect.AddressIndex}",
        EffectKind.RenewLease => "renew",
        EffectKind.SendAdvertisement => $"send {effect.Priority}",
        EffectKind.AnnounceAll => effect.Copies > 1 ? $"announce x{effect.Copies}" : "announce",
        EffectKind.AnnounceAddress => $"announce {effect.AddressIndex}",
        EffectKind.Transition => $"{effect.From}->{effect.To} {effect.Event}",
        EffectKind.Report => $"report {effect.Report}",
        _ => throw new ArgumentOutOfRangeException(nameof(effect), effect.Kind, "An effect without words."),
    };
}
