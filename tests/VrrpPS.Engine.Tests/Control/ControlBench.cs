using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using VrrpPS.Engine.Control.Access;
using VrrpPS.Engine.Control.Messages;
using VrrpPS.Engine.Control.Server;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Runtime;
using VrrpPS.TestEngine;
using Xunit;

namespace VrrpPS.Engine.Tests.Control;

/// <summary>A control server over an engine in memory, and clients that say exactly what a test wants said.</summary>
internal sealed class ControlBench : IControlledService, IAsyncDisposable
{
    private static readonly TimeSpan s_bound = TimeSpan.FromSeconds(20);

    private readonly DirectoryInfo _directory;
    private readonly ControlSocket _socket;
    private readonly ControlServer _server;

    public ControlBench(Func<ControlServerOptions, ControlServerOptions>? options = null, IVrrpEngine? engine = null, string? path = null)
    {
        _directory = path is null ? Directory.CreateTempSubdirectory("vrrpps-test-") : Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        // For clients of other users.
        File.SetUnixFileMode(_directory.FullName, (UnixFileMode)0b111_101_101);
        Path = path ?? System.IO.Path.Combine(_directory.FullName, "control.sock");
        _socket = ControlSocket.Bind(Path);
        var usual = new ControlServerOptions { ProductVersion = "1.2.3", Group = new ControlGroup(64_999, "operators") };
        _server = new ControlServer(_socket, engine ?? Engine, this, options?.Invoke(usual) ?? usual);
    }

    public string Path { get; }

    public MemoryEngine Engine { get; } = new() { JournalPath = null };

    public ControlServer Server => _server;

    /// <summary>What a reload answers; null refuses.</summary>
    public ReloadOutcome? Reload { get; set; } = new() { Started = 1, Changed = 2, Stopped = 3, Unchanged = 4, Failures = [] };

    public Task<ReloadOutcome> ReloadAsync()
        => Reload is { } outcome ? Task.FromResult(outcome) : throw VrrpErrors.ReloadRefused(VrrpErrors.NoInstances("a.json"), ["a.json:1:1: nothing"]);

    public Task<InstanceKey> StartAsync(string name, string? networkNamespace) => throw VrrpErrors.NotConfigured(name, networkNamespace);

    public Socket Connect() => ForeignClient.Connect(Path);

    /// <summary>Sends lines, closes this side, and gives every line of the answer.</summary>
    public async Task<IReadOnlyList<JsonElement>> AskAsync(params string[] lines)
    {
        using var client = Connect();
        foreach (string line in lines)
        {
            await client.SendAsync(Encoding.UTF8.GetBytes(line + "\n"), TestContext.Current.CancellationToken);
        }

        using var stream = new NetworkStream(client);
        client.Shutdown(SocketShutdown.Send);
        return await ReadToEndAsync(stream);
    }

    /// <summary>The result of one method.</summary>
    public async Task<JsonElement> ResultAsync(string method, string parameters = "{}")
    {
        var answer = Assert.Single(await AskAsync($$"""{"jsonrpc":"2.0","id":"x","method":"{{method}}","params":{{parameters}}}"""));
        Assert.Equal("x", answer.GetProperty("id").GetString());
        Assert.False(answer.TryGetProperty("error", out var error), error.ToString());
        return answer.GetProperty("result");
    }

    /// <summary>The error of one line.</summary>
    public async Task<(int Code, string Message, string? ErrorId)> ErrorAsync(string line)
    {
        var answer = Assert.Single(await AskAsync(line));
        var error = answer.GetProperty("error");
        string? id = error.TryGetProperty("data", out var data) ? data.GetProperty("errorId").GetString() : null;
        return (error.GetProperty("code").GetInt32(), error.GetProperty("message").GetString()!, id);
    }

    public static async Task<IReadOnlyList<JsonElement>> ReadToEndAsync(Socket client)
    {
        await using var stream = new NetworkStream(client);
        return await ReadToEndAsync(stream);
    }

    private static async Task<IReadOnlyList<JsonElement>> ReadToEndAsync(NetworkStream stream)
    {
        using var bound = new CancellationTokenSource(s_bound);
        using var reader = new StreamReader(stream);
        string text = await reader.ReadToEndAsync(bound.Token);
        Assert.True(text.Length == 0 || text.EndsWith('\n'), text);
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonDocument.Parse(line).RootElement)];
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _socket.Dispose();
        Engine.Dispose();
        _directory.Delete(recursive: true);
    }
}
