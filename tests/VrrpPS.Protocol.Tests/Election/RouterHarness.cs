using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Protocol.Tests.Election;

/// <summary>
/// One router on a virtual clock. <see cref="At"/> lets time pass and fires every deadline exactly; what the router asked for
/// since the last <see cref="Expect"/> is compared as text, so that a test reads like a protocol trace.
/// </summary>
internal sealed class RouterHarness
{
    public const string Own = "10.0.0.5";
    public const string Lower = "10.0.0.1";
    public const string Higher = "10.0.0.9";

    private readonly EffectBuffer _effects = new();
    private readonly List<string> _log = [];
    private readonly List<double> _sent = [];
    private readonly List<string> _masters = [];

    public RouterHarness(RouterParameters? parameters = null, string own = Own)
    {
        Router = new VirtualRouter(parameters ?? new RouterParameters());
        Do(Input.PrimaryAddressChanged(InetAddress.Parse(own)));
    }

    public VirtualRouter Router { get; }

    public Instant Now { get; private set; }

    public double Seconds => (double)Now.Nanoseconds / Instant.NanosecondsPerSecond;

    public double NextDeadline => Router.NextDeadline == Instant.Never
        ? double.PositiveInfinity
        : (double)Router.NextDeadline.Nanoseconds / Instant.NanosecondsPerSecond;

    /// <summary>When advertisements left, in seconds.</summary>
    public IReadOnlyList<double> Sent => _sent;

    /// <summary>Who was Master after each transition; empty text for nobody that is known.</summary>
    public IReadOnlyList<string> Masters => _masters;

    /// <summary>What was asked for since the last expectation.</summary>
    public IReadOnlyList<string> Log => _log;

    public static long Ns(double seconds) => checked((long)Math.Round(seconds * Instant.NanosecondsPerSecond));

    /// <summary>A router that became Backup at 0 s and has followed a better Master since 0 s.</summary>
    public static RouterHarness Backup(RouterParameters? parameters = null, byte master = 200)
        => new RouterHarness(parameters).Do(Input.Startup()).Hear(master, Higher).Forget();

    /// <summary>A router that is Master since Master_Down_Interval after 0 s.</summary>
    public static RouterHarness Master(RouterParameters? parameters = null)
    {
        var harness = new RouterHarness(parameters).Do(Input.Startup());
        if (harness.Router.State == RouterState.Backup)
        {
            harness.At(harness.NextDeadline);
        }

        Assert.Equal(RouterState.Master, harness.Router.State);
        return harness.Forget();
    }

    /// <summary>Lets time pass until <paramref name="seconds"/>; every deadline up to then fires when it is due.</summary>
    public RouterHarness At(double seconds)
    {
        var target = new Instant(Ns(seconds));
        Assert.True(target >= Now, "A test must not go back in time.");
        for (int guard = 0; Router.NextDeadline <= target; guard++)
        {
            Assert.True(guard < 10_000_000, "The router never stops asking for ticks.");
            Now = Instant.Max(Now, Router.NextDeadline);
            Do(Input.Tick());
        }

        Now = target;
        return this;
    }

    /// <summary>Lets time pass from now.</summary>
    public RouterHarness After(double seconds) => At(Seconds + seconds);

    /// <summary>The process stands still until <paramref name="seconds"/>: no deadline fires, and no tick yet.</summary>
    public RouterHarness StandStillUntil(double seconds)
    {
        Now = new Instant(Ns(seconds));
        return this;
    }

    /// <summary>The process stands still for so long and then goes on.</summary>
    public RouterHarness Jump(double seconds) => StandStillUntil(Seconds + seconds).Tick();

    public RouterHarness Tick(long slack = 0) => Do(Input.Tick(slack));

    public RouterHarness Do(in Input input)
    {
        _effects.Clear();
        Router.Step(input, Now, _effects);
        foreach (var effect in _effects.Span)
        {
            _log.Add(EffectText.Of(effect));
            if (effect.Kind == EffectKind.SendAdvertisement)
            {
                _sent.Add(Seconds);
            }

            if (effect.Kind == EffectKind.Transition)
            {
                _masters.Add(effect.MasterAfter(Router.PrimaryAddress).ToString());
            }
        }

        return this;
    }

    public RouterHarness Hear(byte priority, string from = Higher, int centiseconds = 100, bool sharesAddress = true, VrrpVersion version = VrrpVersion.V3)
        => Do(Input.Received(new AdvertisementInfo(priority, InetAddress.Parse(from), new Interval(centiseconds), sharesAddress, version)));

    /// <summary>Everything asked for since the last expectation, exactly.</summary>
    public RouterHarness Expect(params string[] effects)
    {
        Assert.Equal(effects, _log);
        return Forget();
    }

    public RouterHarness ExpectNothing() => Expect();

    public RouterHarness ExpectState(RouterState state)
    {
        Assert.Equal(state, Router.State);
        return this;
    }

    public RouterHarness ExpectDeadline(double seconds)
    {
        Assert.Equal(seconds, NextDeadline, 9);
        return this;
    }

    public RouterHarness Forget()
    {
        _log.Clear();
        _sent.Clear();
        return this;
    }
}
