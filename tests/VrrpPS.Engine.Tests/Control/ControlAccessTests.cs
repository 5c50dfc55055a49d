using System.Text.Json;
using VrrpPS.Engine.Control;
using VrrpPS.Engine.Control.Access;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Tests.Support;
using VrrpPS.Protocol.Election;
using Xunit;

namespace VrrpPS.Engine.Tests.Control;

/// <summary>Who may do what, asked by processes of another user.</summary>
public sealed class ControlAccessTests
{
    private const string Suspend = """{"jsonrpc":"2.0","id":1,"method":"suspend","params":{"name":"web"}}""";

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nobody_looks_and_is_refused_a_change_with_the_way_out()
    {
        RequiresRoot.OrSkip();
        await using var bench = new ControlBench();
        await bench.Engine.StartAsync(ControlMake.Instance(), Ending);

        var state = await AskAsync(bench, ForeignClient.Nobody, """{"jsonrpc":"2.0","id":1,"method":"state"}""");
        var hello = await AskAsync(bench, ForeignClient.Nobody, """{"jsonrpc":"2.0","id":1,"method":"hello"}""");
        var refusal = (await AskAsync(bench, ForeignClient.Nobody, Suspend)).GetProperty("error");

        Assert.Equal("Master", state.GetProperty("result").GetProperty("states")[0].GetProperty("state").GetString());
        Assert.False(hello.GetProperty("result").GetProperty("mayChange").GetBoolean());
        Assert.Equal(ControlProtocol.NotPermitted, refusal.GetProperty("code").GetInt32());
        Assert.Equal(ErrorIds.NotPermitted, refusal.GetProperty("data").GetProperty("errorId").GetString());
        Assert.Contains("65534", refusal.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Contains("'operators' (gid 64999)", refusal.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Contains("sudo", refusal.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(RouterState.Master, Assert.Single(bench.Engine.GetStates()).State);
    }

    [Fact]
    public async Task A_supplementary_group_may_change_but_name_no_program()
    {
        RequiresRoot.OrSkip();
        await using var bench = new ControlBench();
        await bench.Engine.StartAsync(ControlMake.Instance(), Ending);
        string[] operatorUser = ForeignClient.NobodyIn(64_999);

        var priority = await AskAsync(bench, operatorUser, Set("{\"priority\":90}"));
        var tracker = await AskAsync(bench, operatorUser, Set("{\"trackers\":[{\"name\":\"mine\",\"script\":[\"/tmp/mine\"]}]}"));
        var file = await AskAsync(bench, operatorUser, Set("{\"authenticationPassFile\":\"/etc/shadow\"}"));
        var notification = await AskAsync(bench, operatorUser, Set("{\"notification\":{\"fifos\":[\"/tmp/x\"]}}"));
        var suspend = await AskAsync(bench, operatorUser, Suspend);

        Assert.True(priority.TryGetProperty("result", out _), priority.ToString());
        Assert.True(suspend.TryGetProperty("result", out _), suspend.ToString());
        Assert.Equal(90, Assert.Single(bench.Engine.GetConfigurations()).Priority);
        Assert.Equal("/bin/true", Assert.Single(bench.Engine.GetConfigurations()).Trackers[0].Target);
        Assert.All([tracker, file, notification], static answer => Assert.Equal(ErrorIds.NotPermitted, answer.GetProperty("error").GetProperty("data").GetProperty("errorId").GetString()));
    }

    [Fact]
    public void One_user_who_only_looks_keeps_nobody_out()
    {
        var admission = new ClientAdmission(8, 2);

        Assert.Equal(2, Enumerable.Range(0, 5).Count(_ => admission.TryEnter(1000, mayChange: false)));
        Assert.Equal(4, Enumerable.Range(2000, 10).Count(user => admission.TryEnter((uint)user, mayChange: false)));
        Assert.Equal(2, Enumerable.Range(0, 5).Count(_ => admission.TryEnter(0, mayChange: true)));
        Assert.Equal(8, admission.Count);
        admission.Leave(1000, mayChange: false);
        Assert.False(admission.TryEnter(1001, mayChange: false) && admission.TryEnter(1001, mayChange: false));
    }

    [Fact]
    public void A_user_in_a_hurry_waits_and_a_long_answer_counts_more()
    {
        var pace = new RequestPace(10, 5);

        Assert.Equal(5, Enumerable.Range(0, 5).Count(_ => pace.Pay() == TimeSpan.Zero));
        Assert.True(pace.Pay() > TimeSpan.Zero);
        var before = pace.Pay();
        pace.PayForAnswer(160 * 1024);
        Assert.True(pace.Pay() - before > TimeSpan.FromMilliseconds(800));
    }

    [Theory]
    [InlineData("0", 0u)]
    [InlineData("root", 0u)]
    public void A_group_is_found_by_name_or_number(string text, uint id) => Assert.Equal(id, ControlGroup.Find(text).Id);

    [Fact]
    public void A_group_that_is_not_there_is_named()
    {
        var exception = Assert.Throws<VrrpException>(() => ControlGroup.Find("no-such-group"));

        Assert.Equal(ErrorIds.UserNotFound, exception.ErrorId);
        Assert.Contains("no-such-group", exception.Message, StringComparison.Ordinal);
    }

    private static string Set(string changes) => $$$"""{"jsonrpc":"2.0","id":1,"method":"set","params":{"name":"web","changes":{{{changes}}}}}""";

    private static async Task<JsonElement> AskAsync(ControlBench bench, string[] user, string line)
    {
        using var process = TestProcess.StartAs(user, "ask", bench.Path, line);
        string output = await process.StandardOutput.ReadToEndAsync(Ending).WaitAsync(TimeSpan.FromSeconds(30), Ending);
        Assert.SkipWhen(output.Length == 0 && !process.WaitForExit(0), "another user cannot run this program");
        return JsonDocument.Parse(output).RootElement;
    }
}
