using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using VrrpPS.Engine.Metrics;
using Xunit;

namespace VrrpPS.Service.Tests.Metrics;

/// <summary>What docs/ says of the metrics is what there is.</summary>
public sealed partial class MetricsDocumentTests
{
    [Fact]
    public void Every_metric_is_described_as_it_is()
    {
        string[] rows = [.. File.ReadAllLines(Docs("metrics.md")).Where(static line => line.StartsWith("| `vrrp.", StringComparison.Ordinal))];

        Assert.Equal(
            MetricCatalog.All.Select(static metric => $"| `{metric.Name}` | {metric.Kind.ToString().ToLowerInvariant()} | `{metric.Unit}` "
                + $"|{(metric.Attributes.Count == 0 ? string.Empty : $" {string.Join(", ", metric.Attributes.Select(static name => $"`{name}`"))}")} | {metric.Description} |"),
            rows);
    }

    [Theory]
    [InlineData("examples/prometheus-alerts.yml")]
    [InlineData("examples/grafana-dashboard.json")]
    [InlineData("metrics.md")]
    public void Examples_use_metrics_and_labels_that_exist(string file)
    {
        string text = File.ReadAllText(Docs(file));
        HashSet<string> known =
        [
            .. MetricCatalog.All.Select(PrometheusText.NameOf),
            .. new[]
            {
                MetricAttributes.Instance, MetricAttributes.VirtualRouter, MetricAttributes.Namespace, MetricAttributes.State, MetricAttributes.Tracker,
                MetricAttributes.TrackerKind,
            }.Select(PrometheusText.Underscored),
        ];

        string[] used = [.. PrometheusName().Matches(text).Select(static match => match.Value).Distinct(StringComparer.Ordinal)];
        Assert.NotEmpty(used);
        Assert.Empty(used.Except(known));
    }

    [Fact]
    public void Dashboard_is_json_with_a_query_in_every_panel()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Docs("examples/grafana-dashboard.json")));

        var panels = json.RootElement.GetProperty("panels").EnumerateArray().ToArray();
        Assert.NotEmpty(panels);
        Assert.All(panels, static panel => Assert.True(panel.GetProperty("targets").GetArrayLength() > 0));
        Assert.Equal(panels.Length, panels.Select(static panel => panel.GetProperty("id").GetInt32()).Distinct().Count());
    }

    [GeneratedRegex("\\bvrrp_[a-z_]+", RegexOptions.None, 10_000)]
    private static partial Regex PrometheusName();

    private static string Docs(string file, [CallerFilePath] string here = "")
        => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../docs", file));
}
