using VrrpPS.Engine.Errors;
using VrrpPS.Protocol.Election;

namespace VrrpPS.Engine.Recording;

/// <summary>
/// Feeds recorded inputs into fresh routers and holds what they answer against what was recorded: the same inputs at the same
/// times give the same effects, so a difference means another machine than the one that was recorded, or a damaged file.
/// </summary>
public sealed class RecordingReplay
{
    private readonly Dictionary<string, VirtualRouter> _routers = new(StringComparer.Ordinal);
    private readonly EffectBuffer _effects = new();
    private readonly List<ReplayedTransition> _transitions = [];
    private int _step;

    /// <summary>The transitions so far.</summary>
    public IReadOnlyList<ReplayedTransition> Transitions => _transitions;

    /// <summary>The routers so far, by the names they have in the recording.</summary>
    public IReadOnlyDictionary<string, VirtualRouter> Routers => _routers;

    /// <summary>Steps replayed.</summary>
    public long Steps { get; private set; }

    /// <summary>Steps of routers whose beginning is missing, as at the start of a recording whose first files are gone.</summary>
    public long Skipped { get; private set; }

    /// <summary>Steps that the recorder could not write.</summary>
    public long Lost { get; private set; }

    /// <summary>Replays to the end or to the first difference.</summary>
    /// <returns>The difference, or null.</returns>
    /// <exception cref="VrrpException">RecordingUnreadable: a state that no router of this version can have.</exception>
    public ReplayMismatch? Run(IEnumerable<RecordingLine> lines)
    {
        foreach (var line in lines)
        {
            if (Take(line) is { } mismatch)
            {
                return mismatch;
            }
        }

        return null;
    }

    /// <summary>Replays one line; the difference, or null.</summary>
    /// <exception cref="VrrpException">RecordingUnreadable: a state that no router of this version can have.</exception>
    public ReplayMismatch? Take(RecordingLine line)
    {
        switch (line)
        {
            case RecordedMark mark:
                _step = mark.Step;
                return null;
            case RecordedHeader header:
                Begin(header);
                return null;
            case RecordedStep step when _routers.TryGetValue(step.Router, out var router):
                return Take(step, router);
            default:
                Skipped++;
                return null;
        }
    }

    /// <summary>What the routers answered to the last step.</summary>
    public IReadOnlyList<Effect> LastEffects => _effects.Span.ToArray();

    private void Begin(RecordedHeader header)
    {
        Lost += header.Header.Lost;
        try
        {
            _routers[header.Header.Router] = VirtualRouter.Restore(header.Header.Checkpoint);
        }
        catch (FormatException exception)
        {
            throw VrrpErrors.RecordingUnreadable(header.File, header.Number, exception.Message);
        }
    }

    private ReplayMismatch? Take(RecordedStep step, VirtualRouter router)
    {
        Steps++;
        _effects.Clear();
        router.Step(step.Input, step.At, _effects);
        foreach (ref readonly var effect in _effects.Span)
        {
            if (effect.Kind == EffectKind.Transition)
            {
                _transitions.Add(new ReplayedTransition(_step, step.Router, step.At, effect.From, effect.To, effect.Event));
            }
        }

        int index = 0;
        while (index < step.Effects.Count && index < _effects.Count && step.Effects[index] == _effects.Span[index])
        {
            index++;
        }

        return index == step.Effects.Count && index == _effects.Count
            ? null
            : new ReplayMismatch(
                step.File, step.Number + 1, step.Router, index, RecordingFormat.Describe(step.Effects), RecordingFormat.Describe(LastEffects));
    }
}
