using VrrpPS.Engine.Configuration.Trackers;

namespace VrrpPS.Engine.Configuration.Keepalived;

internal sealed partial class KeepalivedInstanceReader
{
    private void TakeTrackedInterfaces(KeepalivedStatement block)
    {
        _positions.TryAdd(nameof(InstanceConfiguration.TrackInterfaces), block.At);
        foreach (var s in block.Block!.Statements.Where(s => !RefuseBlock(s)))
        {
            string name = s.Words[0].Text;
            TrackerConfiguration? tracker = new InterfaceTracker { Name = name, InterfaceName = name };
            tracker = s.Words.Count == 1 ? tracker : defined.Weigh(tracker, s, 1, _name);
            if (tracker is null || IsTwice(s, name))
            {
                continue;
            }

            if (tracker is { Weight: 0, Reverse: false })
            {
                _tracked.Add(name);
            }
            else
            {
                AddTracker(block, tracker);
            }
        }
    }

    private void TakeTrackers(KeepalivedStatement block)
    {
        foreach (var s in block.Block!.Statements.Where(s => !RefuseBlock(s)))
        {
            if (defined.Find(block.Keyword, s, _name) is not { } tracker || IsTwice(s, tracker.Name, tracker.Kind))
            {
                continue;
            }

            // In keepalived each kind has names of its own.
            bool isTaken = _tracked.Contains(tracker.Name, StringComparer.Ordinal) || _trackers.Exists(other => other.Name == tracker.Name);
            AddTracker(block, isTaken ? tracker with { Name = TrackerNames.Default(tracker.Kind, tracker.Name) } : tracker);
        }
    }

    private void AddTracker(KeepalivedStatement block, TrackerConfiguration tracker)
    {
        _positions.TryAdd(nameof(InstanceConfiguration.Trackers), block.At);
        _trackers.Add(tracker);
    }

    private bool IsTwice(KeepalivedStatement s, string name, TrackerKind kind = TrackerKind.Interface)
    {
        bool isTwice = (kind == TrackerKind.Interface && _tracked.Contains(name, StringComparer.Ordinal))
            || _trackers.Exists(other => other.Kind == kind && other.Name == name);
        if (isTwice)
        {
            string what = kind == TrackerKind.Interface ? "interface " : string.Empty;
            diagnostics.Warning(s.Words[0].At, ConfigurationCodes.Duplicate, $"{_name}: {what}'{name}' is tracked already.");
        }

        return isTwice;
    }
}
