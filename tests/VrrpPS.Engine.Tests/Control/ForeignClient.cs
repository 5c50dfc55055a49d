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

    /// <summary>Garbage, lines without an end, requests whose answers nobody reads, and ever new connections, until the role ends.</summary>
    public static void Pester(string path, Action waitForEnd)
    {
        var crowd = new Thread[] { new(() => Flood(path)), new(() => Flood(path)), new(() => HoldOn(path)), new(() => NeverRead(path)) };
        foreach (var thread in crowd)
        {
            thread.IsBackground = true;
            thread.Start();
        }

        waitForEnd();
    }

    public static Socket Connect(string path)
    {
        var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        client.Connect(new UnixDomainSocketEndPoint(path));
        return client;
    }

    private static void Flood(string path)
    {
        byte[] garbage = new byte[64 * 1024];
        new Random(1).NextBytes(garbage);
        for (int i = 0; ; i++)
        {
            Try(() =>
            {
                using var client = Connect(path);
                client.SendTimeout = 100;
                _ = client.Send(garbage.AsSpan(0, i % garbage.Length));
            });
        }
    }

    private static void HoldOn(string path)
    {
        var held = new List<Socket>();
        while (true)
        {
            Try(() =>
            {
                var client = Connect(path);
                held.Add(client);
                _ = client.Send("{\"jsonrpc\": \"2.0\", \"id\""u8);
            });
            if (held.Count == 500)
            {
                held.ForEach(static client => client.Dispose());
                held.Clear();
            }
        }
    }

    private static void NeverRead(string path)
    {
        byte[] line = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"subscribe\"}\n{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"history\"}\n"u8.ToArray();
        while (true)
        {
            Try(() =>
            {
                using var client = Connect(path);
                client.SendTimeout = 500;
                for (int i = 0; i < 10_000; i++)
                {
                    _ = client.Send(line);
                }
            });
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
