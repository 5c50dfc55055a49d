using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using VrrpPS.Engine.Configuration.Trackers;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Metrics;
using VrrpPS.Protocol.Election;
using VrrpPS.Service.Metrics;
using VrrpPS.Service.Tests.Support;
using Xunit;

namespace VrrpPS.Service.Tests.Metrics;

public sealed class MetricsTests : IDisposable
{
    private static readonly DateTimeOffset s_start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly TimeSpan s_bound = TimeSpan.FromSeconds(20);

    private readonly FakeEngine _engine = new() { States = [State()], Counters = [Counter()] };
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("vrrpps-metrics-");
    private readonly StringWriter _error = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _engine.Dispose();
        _error.Dispose();
        _directory.Delete(recursive: true);
    }

    [Fact]
    public void Text_keeps_to_its_format_and_says_what_the_snapshots_say()
    {
        var parsed = ExpositionParser.Parse(PrometheusText.Write(Snapshot()));

        Assert.Equal(MetricCatalog.All.Count, parsed.Types.Count);
        Assert.All(parsed.Types, static type => Assert.Equal(type.Key.EndsWith("_total", StringComparison.Ordinal), type.Value == "counter"));
        Assert.Equal(7, Value(parsed, "vrrp_advertisements_sent_total"));
        Assert.Equal(3, Value(parsed, "vrrp_errors_total", ("error_type", "checksum")));
        Assert.Equal(0, Value(parsed, "vrrp_errors_total", ("error_type", "send")));
        Assert.Equal(0.25, Value(parsed, "vrrp_wakeups_lateness_max_seconds"));
        Assert.Equal(90, Value(parsed, "vrrp_instance_state_duration_seconds"));
        Assert.Equal(1, Value(parsed, "vrrp_instance_state", ("vrrp_state", "master")));
        Assert.Equal(0, Value(parsed, "vrrp_instance_state", ("vrrp_state", "backup")));
        Assert.Equal(0, Value(parsed, "vrrp_tracker_up", ("vrrp_tracker_name", "port")));
        Assert.DoesNotContain(parsed.Samples, static sample => sample.Name == "vrrp_tracker_up" && sample.Labels["vrrp_tracker_name"] == "new");
        var labels = parsed.Samples.First().Labels;
        Assert.Equal("a \"b\"\\\nc", labels["vrrp_instance_name"]);
        Assert.Equal("51", labels["vrrp_virtual_router_id"]);
        Assert.Equal("ipv4", labels["network_type"]);
        Assert.Equal("blue", labels["vrrp_network_namespace"]);
    }

    [Fact]
    public void Every_counter_of_the_engine_is_a_metric()
    {
        string[] numbers = [.. typeof(VrrpCounter).GetProperties().Where(static p => p.PropertyType == typeof(long)).Select(static p => p.Name)];
        string[] missing = [.. numbers.Where(name => PrometheusText.Write(Snapshot()) == PrometheusText.Write(Snapshot() with { Counters = [With(name, 424242)] }))];

        // The two that are parts of others, and two that are told by their own counters.
        Assert.Equal(["Version2Received", "Version2Sent", "LegacyChecksumReceived", "FirstAddressNotLinkLocal"], missing);
    }

    [Fact]
    public void Instruments_observe_the_same_values()
    {
        using var meter = new EngineMeter(_engine, TimeProvider.System);
        var seen = new Dictionary<string, double>(StringComparer.Ordinal);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == EngineMeter.Name)
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => seen[instrument.Name] = seen.GetValueOrDefault(instrument.Name) + value);
        listener.Start();
        listener.RecordObservableInstruments();

        Assert.Equal(MetricCatalog.All.Select(static metric => metric.Name).Order(StringComparer.Ordinal), seen.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(7, seen["vrrp.advertisements.sent"]);
        Assert.Equal(3, seen["vrrp.errors"]);
        Assert.Equal(1, seen["vrrp.instance.state"]);
    }

    [Fact]
    public async Task Endpoint_answers_what_it_is_asked_and_nothing_else()
    {
        await using var endpoint = PrometheusEndpoint.Start(new IPEndPoint(IPAddress.Loopback, 0), () => PrometheusText.Write(Snapshot()));
        using var client = new HttpClient { BaseAddress = new Uri($"http://{endpoint.Address}") };

        using var answer = await client.GetAsync("/metrics?x=1", Token);
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        Assert.NotEmpty(ExpositionParser.Parse(await answer.Content.ReadAsStringAsync(Token)).Samples);
        using var head = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/metrics"), Token);
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await client.PostAsync("/metrics", new StringContent("x"), Token)).StatusCode);
        Assert.StartsWith("HTTP/1.1 400 ", await AskAsync(endpoint.Address, "nonsense\r\n\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 400 ", await AskAsync(endpoint.Address, new string('x', 20_000)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Clients_that_say_nothing_keep_the_others_waiting_for_a_while_only()
    {
        await using var endpoint = PrometheusEndpoint.Start(new IPEndPoint(IPAddress.Loopback, 0), static () => "x 1\n");
        var silent = Enumerable.Range(0, 8).Select(_ => new Socket(System.Net.Sockets.AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)).ToArray();
        try
        {
            foreach (var socket in silent)
            {
                await socket.ConnectAsync(endpoint.Address, Token);
            }

            Assert.EndsWith("x 1\n", await AskAsync(endpoint.Address, "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n"), StringComparison.Ordinal);
        }
        finally
        {
            Array.ForEach(silent, static socket => socket.Dispose());
        }
    }

    [Fact]
    public async Task Address_in_use_is_refused_by_name()
    {
        await using var endpoint = PrometheusEndpoint.Start(new IPEndPoint(IPAddress.Loopback, 0), static () => string.Empty);

        Assert.Equal(ErrorIds.MetricsUnavailable, Assert.Throws<VrrpException>(() => PrometheusEndpoint.Start(endpoint.Address, static () => string.Empty)).ErrorId);
    }

    [Fact]
    public async Task File_is_replaced_as_a_whole_and_a_missing_directory_is_told_once()
    {
        string path = Path.Combine(_directory.FullName, "sub", "vrrp.prom");
        var error = TextWriter.Synchronized(_error);
        string Said()
        {
            // What a synchronized writer locks, too.
            lock (error)
            {
                return _error.ToString();
            }
        }

        await using var file = new MetricsFile(path, TimeSpan.FromMilliseconds(20), () => PrometheusText.Write(Snapshot()), error);
        await UntilAsync(() => Said().Contains("cannot be written", StringComparison.Ordinal));
        _ = Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await UntilAsync(() => Said().Contains("is written again", StringComparison.Ordinal));

        for (int i = 0; i < 50; i++)
        {
            Assert.NotEmpty(ExpositionParser.Parse(await File.ReadAllTextAsync(path, Token)).Samples);
        }

        Assert.Single(Said().Split('\n'), static line => line.Contains("cannot be written", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Collector_gets_every_metric_with_its_resource_and_headers()
    {
        using var collector = new HttpListener();
        int port = FreePort();
        collector.Prefixes.Add($"http://127.0.0.1:{port}/");
        collector.Start();
        var options = OtlpOptions.Create($"http://127.0.0.1:{port}/", static name => name switch
        {
            "OTEL_EXPORTER_OTLP_HEADERS" => "api-key=a%20b",
            "OTEL_RESOURCE_ATTRIBUTES" => "deployment.environment=test,service.name=other",
            "OTEL_SERVICE_NAME" => "lb",
            _ => null,
        });
        await using var exporter = new OtlpExporter(options!, Snapshot, TextWriter.Null);

        var context = await collector.GetContextAsync().WaitAsync(s_bound, Token);
        using var json = await JsonDocument.ParseAsync(context.Request.InputStream, cancellationToken: Token);
        context.Response.Close();

        Assert.Equal("POST /v1/metrics", $"{context.Request.HttpMethod} {context.Request.Url!.AbsolutePath}");
        Assert.Equal("a b", context.Request.Headers["api-key"]);
        Assert.Equal("application/json", context.Request.ContentType);
        var resource = json.RootElement.GetProperty("resourceMetrics")[0];
        string text = resource.GetProperty("resource").GetRawText();
        Assert.Contains("""{"key":"service.name","value":{"stringValue":"lb"}}""", text, StringComparison.Ordinal);
        Assert.Contains("deployment.environment", text, StringComparison.Ordinal);
        var metrics = resource.GetProperty("scopeMetrics")[0].GetProperty("metrics").EnumerateArray().ToArray();
        Assert.Equal(MetricCatalog.All.Select(static metric => metric.Name), metrics.Select(static metric => metric.GetProperty("name").GetString()));
        var sent = metrics.Single(static metric => metric.GetProperty("name").GetString() == "vrrp.advertisements.sent").GetProperty("sum");
        Assert.True(sent.GetProperty("isMonotonic").GetBoolean());
        var point = sent.GetProperty("dataPoints")[0];
        Assert.Equal(7, point.GetProperty("asDouble").GetDouble());
        Assert.Equal($"{s_start.ToUnixTimeSeconds()}000000000", point.GetProperty("startTimeUnixNano").GetString());
        Assert.Equal($"{s_start.AddSeconds(90).ToUnixTimeSeconds()}000000000", point.GetProperty("timeUnixNano").GetString());
    }

    [Theory]
    [InlineData("http://a:4318", null, null, "http://a:4318/v1/metrics")]
    [InlineData(null, "http://b:4318/x/", null, "http://b:4318/x/v1/metrics")]
    [InlineData(null, "http://b:4318", "http://c/exact", "http://c/exact")]
    [InlineData("http://a:4318", "http://b:4318", "http://c/exact", "http://a:4318/v1/metrics")]
    [InlineData(null, null, null, null)]
    [InlineData(null, "", null, null)]
    public void Place_of_the_collector_is_told_by_option_or_variable(string? option, string? general, string? exact, string? expected)
    {
        var options = OtlpOptions.Create(option, name => name switch
        {
            "OTEL_EXPORTER_OTLP_ENDPOINT" => general,
            "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT" => exact,
            _ => null,
        });

        Assert.Equal(expected, options?.Endpoint.ToString());
    }

    [Theory]
    [InlineData("ftp://a")]
    [InlineData("a:4318")]
    [InlineData("/x")]
    public void Place_that_is_no_url_is_refused(string text)
        => Assert.Equal(ErrorIds.MetricsUnavailable, Assert.Throws<VrrpException>(() => OtlpOptions.Create(text, static _ => null)).ErrorId);

    private static async Task<string> AskAsync(IPEndPoint address, string request)
    {
        using var socket = new Socket(System.Net.Sockets.AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using var bound = new CancellationTokenSource(s_bound);
        await socket.ConnectAsync(address, bound.Token);
        _ = await socket.SendAsync(Encoding.ASCII.GetBytes(request), bound.Token);
        var answer = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            for (int count; (count = await socket.ReceiveAsync(buffer, bound.Token)) > 0;)
            {
                _ = answer.Append(Encoding.ASCII.GetString(buffer, 0, count));
            }
        }
        catch (SocketException) when (answer.Length > 0)
        {
            // What was too long to be read is answered by a reset behind the answer.
            return answer.ToString();
        }

        return answer.ToString();
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var bound = new CancellationTokenSource(s_bound);
        while (!condition())
        {
            await Task.Delay(5, bound.Token);
        }
    }

    private static int FreePort()
    {
        using var socket = new Socket(System.Net.Sockets.AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private static double Value(ExpositionParser parsed, string name, params (string Label, string Value)[] labels) => Assert.Single(
        parsed.Samples, sample => sample.Name == name && labels.All(label => sample.Labels[label.Label] == label.Value)).Value;

    private static MetricSnapshot Snapshot() => new([State()], [Counter()], s_start.AddSeconds(90));

    private static VrrpCounter With(string property, long value)
    {
        var counter = Counter();
        typeof(VrrpCounter).GetProperty(property)!.SetValue(counter, value);
        return counter;
    }

    private static VrrpState State() => Make.State("a \"b\"\\\nc", RouterState.Master) with
    {
        VirtualRouterId = 51,
        NetworkNamespace = "blue",
        LastTransition = s_start,
        Tracker =
        [
            new VrrpTrackerState { Name = "port", Kind = TrackerKind.Tcp, Target = "x", Status = TrackerStatus.Down, Effect = "Fault", LastDuration = TimeSpan.FromSeconds(1) },
            new VrrpTrackerState { Name = "new", Kind = TrackerKind.Tcp, Target = "y", Status = TrackerStatus.Unknown, Effect = "none" },
        ],
    };

    private static VrrpCounter Counter() => new()
    {
        Name = "a \"b\"\\\nc",
        InterfaceName = "eth0",
        VirtualRouterId = 51,
        AddressFamily = VrrpPS.Protocol.AddressFamily.IPv4,
        DiscontinuityTime = s_start,
        AdvertisementSent = 7,
        ChecksumErrors = 3,
        MaxLateness = TimeSpan.FromMilliseconds(250),
        NetworkNamespace = "blue",
    };
}
