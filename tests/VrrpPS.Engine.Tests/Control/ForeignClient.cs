using System.Net.Sockets;
using System.Text;

namespace VrrpPS.Engine.Tests.Control;

/// <summary>Clients in a process of another user: one that asks, and a crowd that means no good.</summary>
internal static class ForeignClient
{
    /// <summary>Nobody, in no group.</summary>
    public static string[] Nobody { get; } = ["--reuid", "65534", "--regid", "65534", "--clear-groups"];

    /// <summary>Nobody in one supplementary group.</summary>
    public static string[] NobodyIn(int group) => ["--reuid", "65534", "--regid", "65534", "--groups", $"{group}"];

    /// <summary>Asks one thing and prints the answer.</summary>
    public static void Ask(string path, string line)
    {
        using var client = Connect(path);
        client.Send(Encoding.UTF8.GetBytes(line + "\n"));
        using var reader = new StreamReader(new NetworkStream(client));
        Console.Out.WriteLine(reader.ReadLine());
    }

    /// <summary>How long a crowd lasts at most, should nobody end it.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(40);

    /// <summary>
    /// One of a crowd: garbage over ever new connections, lines without an end on many, or requests whose answers nobody reads, until it
    /// is killed. On this thread only: the program has not begun yet, and others would wait for that.
    /// </summary>
    public static void Pester(string path, string kind)
    {
        Action once = kind switch
        {
            "garbage" => () => SendGarbage(path),
            "hold" => () => HoldOn(path),
            _ => () => NeverRead(path),
        };
        Console.Out.WriteLine("ready");
        Console.Out.Flush();
        for (var clock = System.Diagnostics.Stopwatch.StartNew(); clock.Elapsed < s_longest;)
        {
            Try(once);
        }
    }

    public static Socket Connect(string path)
    {
        var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        client.Connect(new UnixDomainSocketEndPoint(path));
        return client;
    }

    private static void SendGarbage(string path)
    {
        using var client = Connect(path);
        byte[] garbage = new byte[64 * 1024];
        Random.Shared.NextBytes(garbage);
        client.SendTimeout = 100;
        _ = client.Send(garbage.AsSpan(0, Random.Shared.Next(garbage.Length)));
    }

    private static void HoldOn(string path)
    {
        var held = new List<Socket>();
        try
        {
            while (held.Count < 500)
            {
                held.Add(Connect(path));
                held[^1].SendTimeout = 100;
                _ = held[^1].Send("{\"jsonrpc\": \"2.0\", \"id\""u8);
            }
        }
        finally
        {
            held.ForEach(static client => client.Dispose());
        }
    }

    private static void NeverRead(string path)
    {
        using var client = Connect(path);
        client.SendTimeout = 500;
        for (int i = 0; i < 10_000; i++)
        {
            _ = client.Send("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"subscribe\"}\n{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"history\"}\n"u8);
        }
    }

    private static void Try(Action action)
    {
        try
        {
            action();
        }
        catch (SocketException)
        {
            // Refused or closed: the next one.
            return;
        }
    }
}
