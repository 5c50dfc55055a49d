using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using VrrpPS.Engine.Control;
using VrrpPS.Engine.Errors;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Engine.Tests.Control;

public sealed partial class ControlServerTests
{
    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Hello_tells_the_protocol_and_what_the_caller_may_do()
    {
        await using var bench = new ControlBench();

        var hello = await bench.ResultAsync("hello");

        Assert.Equal("vrrpps", hello.GetProperty("product").GetString());
        Assert.Equal("1.2.3", hello.GetProperty("version").GetString());
        Assert.Equal(ControlProtocol.Version, hello.GetProperty("protocol").GetInt32());
        Assert.True(hello.GetProperty("mayChange").GetBoolean());
    }

    [Fact]
    public async Task States_have_the_schemas_names_and_can_be_chosen()
    {
        await using var bench = new ControlBench();
        await bench.Engine.StartAsync(ControlMake.Instance("one"), Ending);
        await bench.Engine.StartAsync(ControlMake.Instance("two", "blue"), Ending);

        var all = (await bench.ResultAsync("state")).GetProperty("states");
        var one = (await bench.ResultAsync("state", """{"name":"ONE","somethingNewer":true}""")).GetProperty("states");

        Assert.Equal(2, all.GetArrayLength());
        Assert.Equal(1, one.GetArrayLength());
        Assert.Equal("Master", one[0].GetProperty("state").GetString());
        Assert.Equal(51, one[0].GetProperty("virtualRouterId").GetInt32());
        Assert.Equal(3.6, one[0].GetProperty("masterDownIntervalSeconds").GetDouble());
        Assert.Equal("192.0.2.1", one[0].GetProperty("virtualIPAddress")[0].GetProperty("ipAddress").GetString());
        Assert.Equal(0, (await bench.ResultAsync("state", """{"name":"two","networkNamespace":""}""")).GetProperty("states").GetArrayLength());
    }

    [Fact]
    public async Task No_secret_leaves_the_service()
    {
        await using var bench = new ControlBench();
        await bench.Engine.StartAsync(ControlMake.Signed(), Ending);
        await bench.Engine.StartAsync(ControlMake.WithPassword(), Ending);

        string text = (await bench.ResultAsync("instances")).GetRawText();

        Assert.DoesNotContain(ControlMake.Password, text, StringComparison.Ordinal);
        Assert.DoesNotContain(ControlMake.Key, text, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(ControlMake.Key)), text, StringComparison.Ordinal);
        Assert.Contains("\"authenticationPass\":\"********\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task History_can_be_cut_to_the_latest()
    {
        await using var bench = new ControlBench();
        await bench.Engine.StartAsync(ControlMake.Instance(), Ending);

        var last = (await bench.ResultAsync("history", """{"last":1}""")).GetProperty("transitions");

        Assert.Equal("Master", Assert.Single(last.EnumerateArray()).GetProperty("toState").GetString());
        Assert.Equal(2, (await bench.ResultAsync("history")).GetProperty("transitions").GetArrayLength());
    }

    [Theory]
    [InlineData("nonsense", ControlProtocol.ParseError)]
    [InlineData("", ControlProtocol.ParseError)]
    [InlineData("[]", ControlProtocol.ParseError)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"state\"", ControlProtocol.ParseError)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"state\"}", ControlProtocol.ParseError)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"\\ud800\"}", ControlProtocol.ParseError)]
    [InlineData("{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"state\"}", ControlProtocol.InvalidRequest)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1}", ControlProtocol.InvalidRequest)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"state\"}", ControlProtocol.InvalidRequest)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"fly\"}", ControlProtocol.MethodNotFound)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"state\",\"params\":[]}", ControlProtocol.InvalidParameters)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"state\",\"params\":{\"name\":7}}", ControlProtocol.InvalidParameters)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"move\",\"params\":{\"name\":\"web\",\"timeout\":\"soon\"}}", ControlProtocol.InvalidParameters)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"stop\"}", ControlProtocol.InvalidParameters)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"stop\",\"params\":{\"name\":\"nobody\"}}", ControlProtocol.Refused)]
    public async Task What_cannot_be_done_is_answered_with_its_number_and_the_next_request_with_its_result(string line, int code)
    {
        await using var bench = new ControlBench();
        await bench.Engine.StartAsync(ControlMake.Instance(), Ending);

        var answers = await bench.AskAsync(line, """{"jsonrpc":"2.0","id":2,"method":"hello"}""");

        // Changes are answered when they are done, so the order is not promised.
        Assert.Equal(2, answers.Count);
        Assert.Equal(code, answers.Single(static answer => answer.TryGetProperty("error", out _)).GetProperty("error").GetProperty("code").GetInt32());
        Assert.Contains(answers, static answer => answer.TryGetProperty("result", out _) && answer.GetProperty("id").GetInt32() == 2);
    }

    [Fact]
    public async Task A_notification_is_carried_out_and_not_answered()
    {
        await using var bench = new ControlBench();
        await bench.Engine.StartAsync(ControlMake.Instance(), Ending);

        Assert.Empty(await bench.AskAsync("""{"jsonrpc":"2.0","method":"suspend","params":{"name":"web"}}"""));

        Assert.Equal(RouterState.Suspended, Assert.Single(bench.Engine.GetStates()).State);
    }

    [Fact]
    public async Task The_same_name_in_two_namespaces_needs_the_namespace()
    {
        await using var bench = new ControlBench();
        await bench.Engine.StartAsync(ControlMake.Instance(), Ending);
        await bench.Engine.StartAsync(ControlMake.Instance(networkNamespace: "blue"), Ending);

        var (_, message, errorId) = await bench.ErrorAsync("""{"jsonrpc":"2.0","id":1,"method":"suspend","params":{"name":"web"}}""");
        await bench.ResultAsync("suspend", """{"name":"web","networkNamespace":""}""");

        Assert.Equal(ErrorIds.AmbiguousInstance, errorId);
        Assert.Contains("blue", message, StringComparison.Ordinal);
        Assert.Equal([RouterState.Suspended, RouterState.Master], bench.Engine.GetStates().Select(static state => state.State));
    }

    [Fact]
    public async Task A_line_without_an_end_is_refused_at_its_bound()
    {
        await using var bench = new ControlBench(static usual => usual with { MaxLineLength = 5000 });
        using var client = bench.Connect();
        await client.SendAsync(new byte[8000], Ending);

        var answer = Assert.Single(await ControlBench.ReadToEndAsync(client));

        Assert.Equal(ControlProtocol.TooLong, answer.GetProperty("error").GetProperty("code").GetInt32());
        await bench.ResultAsync("state", $$"""{"name":"{{new string('x', 4900)}}"}""");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"jsonrpc\"")]
    public async Task Who_says_nothing_or_half_of_it_is_let_go(string begun)
    {
        await using var bench = new ControlBench(static usual => usual with { IdleTimeout = TimeSpan.FromMilliseconds(200), LineTimeout = TimeSpan.FromMilliseconds(200) });
        using var client = bench.Connect();
        await client.SendAsync(Encoding.UTF8.GetBytes(begun), Ending);

        var answer = Assert.Single(await ControlBench.ReadToEndAsync(client));

        Assert.Equal(ControlProtocol.TimedOut, answer.GetProperty("error").GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task Who_does_not_read_his_answers_is_let_go_and_nobody_else_waits()
    {
        await using var bench = new ControlBench(static usual => usual with { AnswerTimeout = TimeSpan.FromMilliseconds(300) });
        await bench.Engine.StartAsync(ControlMake.Instance(), Ending);
        using var deaf = bench.Connect();
        deaf.SendTimeout = 20_000;
        byte[] line = Encoding.UTF8.GetBytes("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"state\"}\n");

        Action talkOn = () =>
        {
            while (deaf.Send(line) > 0)
            {
                // Until the service has had enough of it.
            }
        };
        Assert.Throws<SocketException>(talkOn);

        await bench.ResultAsync("state");
    }

    [Fact]
    public async Task One_client_too_many_is_told_so_and_a_place_that_is_left_is_free()
    {
        await using var bench = new ControlBench(static usual => usual with { MaxClients = 2 });
        using var first = bench.Connect();
        using (var second = bench.Connect())
        {
            Support.Eventually.True(() => bench.Server.ClientCount == 2, "two clients are counted");
            using var third = bench.Connect();
            var answer = Assert.Single(await ControlBench.ReadToEndAsync(third));
            Assert.Equal(ControlProtocol.Busy, answer.GetProperty("error").GetProperty("code").GetInt32());
            Assert.Equal(1, bench.Server.RefusedCount);
        }

        Support.Eventually.True(() => bench.Server.ClientCount == 1, "the place is free again");
        await bench.ResultAsync("hello");
    }

    [Fact]
    public async Task Every_request_of_the_document_works()
    {
        await using var bench = new ControlBench();
        await bench.Engine.StartAsync(ControlMake.Instance(), Ending);
        string document = File.ReadAllText(Path.Combine(FindRoot(), "docs", "control-socket.md"));
        string[] requests = [.. RequestLine().Matches(document).Select(static match => match.Value)];
        Assert.True(requests.Length >= 15, $"Only {requests.Length} requests were found.");

        foreach (string request in requests)
        {
            // Each finds a Master; what needs another service is refused by name.
            bench.Engine.Elect("web", null, RouterState.Master, LastEvent.MasterTimeout, "Elected.");
            var answer = (await bench.AskAsync(request))[0];
            bool isStart = request.Contains("\"start\"", StringComparison.Ordinal);
            Assert.True(answer.TryGetProperty(isStart ? "error" : "result", out _), $"{request} -> {answer}");
            if (request.Contains("\"stop\"", StringComparison.Ordinal))
            {
                await bench.Engine.StartAsync(ControlMake.Instance(), Ending);
            }
        }

        string[] described = [.. requests.Select(static request => MethodName().Match(request).Groups["name"].Value).Distinct().Order(StringComparer.Ordinal)];
        var unknown = await bench.ErrorAsync("""{"jsonrpc":"2.0","id":1,"method":"fly"}""");
        Assert.All(unknown.Message[(unknown.Message.IndexOf("There are ", StringComparison.Ordinal) + 10)..].TrimEnd('.').Split(", "), name => Assert.Contains(name, described));
    }

    private static string FindRoot()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "VrrpPS.sln")))
            {
                return directory.FullName;
            }
        }

        throw new InvalidOperationException($"No VrrpPS.sln above {AppContext.BaseDirectory}: this test reads the documents of the sources.");
    }

    [GeneratedRegex("""^\{"jsonrpc":"2\.0","id":\d+,"method":.*\}$""", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex RequestLine();

    [GeneratedRegex("""
        "method":"(?<name>\w+)"
        """, RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex MethodName();
}
