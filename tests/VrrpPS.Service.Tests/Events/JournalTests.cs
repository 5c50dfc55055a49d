using System.Buffers.Binary;
using System.Text;
using VrrpPS.Service.Events;
using VrrpPS.Service.Events.Journal;
using VrrpPS.Service.Tests.Support;
using Xunit;

namespace VrrpPS.Service.Tests.Events;

public sealed class JournalTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"vrrpps-{Guid.NewGuid():n}.sock");
    private readonly FakeEngine _engine = new();
    private readonly StringWriter _output = new();

    public void Dispose()
    {
        _engine.Dispose();
        _output.Dispose();
    }

    [Fact]
    public async Task Transition_is_an_entry_with_fields()
    {
        using var listener = new DatagramListener(_path);
        using var journal = new JournalSocket(_path);
        Subscribe(journal);

        _engine.Raise(Make.Transition("web", "the Master was\nsilent", "192.0.2.10"));

        var fields = Parse(await listener.ReceiveAsync());
        Assert.Equal("web: Backup -> Master (MasterTimeout): the Master was\nsilent", fields["MESSAGE"]);
        Assert.Equal("5", fields["PRIORITY"]);
        Assert.Equal("vrrpps", fields["SYSLOG_IDENTIFIER"]);
        Assert.Equal("web", fields["VRRP_INSTANCE"]);
        Assert.Equal("Master", fields["VRRP_STATE"]);
        Assert.Equal("Backup", fields["VRRP_FROM"]);
        Assert.Equal("MasterTimeout", fields["VRRP_EVENT"]);
        Assert.Equal("the Master was\nsilent", fields["VRRP_REASON"]);
        Assert.Equal("120", fields["VRRP_PRIORITY"]);
        Assert.Equal("192.0.2.10", fields["VRRP_MASTER"]);
        Assert.Equal("Transition", fields["VRRP_KIND"]);
        Assert.Equal("IPv4", fields["VRRP_FAMILY"]);
        Assert.Matches("^[0-9a-f]{32}$", fields["MESSAGE_ID"]);
        Assert.DoesNotContain("VRRP_NAMESPACE", fields.Keys);
        Assert.Empty(_output.ToString());
    }

    [Fact]
    public void Without_a_journal_lines_carry_their_priority()
    {
        using var journal = new JournalSocket(_path);
        Subscribe(journal);

        _engine.Raise(Make.Transition("web"));
        _engine.Raise(new VrrpEvent { Time = DateTimeOffset.UnixEpoch, Name = "web", Kind = VrrpEventKind.LeaseLost, Message = "lost", IsWarning = true });
        _engine.Raise(new VrrpEvent { Time = DateTimeOffset.UnixEpoch, Name = "web", Kind = VrrpEventKind.EngineFailed, Message = "a\nb", IsWarning = true });
        _engine.Raise(new VrrpEvent { Time = DateTimeOffset.UnixEpoch, Name = "web", Kind = VrrpEventKind.Information, Message = "well" });

        Assert.Equal(["<5>web: Backup -> Master (MasterTimeout): silent", "<4>web: lost", "<3>web: a b", "<6>web: well"],
            _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void Every_number_names_one_kind()
    {
        string[] numbers = [.. Enum.GetValues<VrrpEventKind>().Select(JournalMessageId.Of).OfType<string>()];

        Assert.NotEmpty(numbers);
        Assert.Equal(numbers.Length, numbers.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Every_kind_has_its_own_name()
        => Assert.All(Enum.GetValues<VrrpEventKind>(), static kind =>
        {
            Assert.Equal(Enum.GetName(kind), kind.Name());

            // A text of the program's own, not one that the runtime has looked up.
            Assert.Same(string.IsInterned(kind.Name()), kind.Name());
        });

    [Fact]
    public void Stream_of_the_journal_is_told_by_its_inode()
    {
        using var listener = new DatagramListener(_path);
        string[] sockets = [.. Directory.EnumerateFiles("/proc/self/fd").Select(static path => (Path: path, File.ResolveLinkTarget(path, false)?.Name))
            .Where(static item => item.Name?.StartsWith("socket:[", StringComparison.Ordinal) == true).Select(static item => item.Path)];
        string inode = File.ResolveLinkTarget(sockets[0], false)!.Name["socket:[".Length..^1];

        Assert.True(JournalSocket.IsStream($"8:{inode}", sockets[0]));
        Assert.False(JournalSocket.IsStream($"8:{inode}0", sockets[0]));
        Assert.False(JournalSocket.IsStream(null, sockets[0]));
        Assert.False(JournalSocket.IsStream(inode, sockets[0]));
    }

    /// <summary>The native form, read by its own description.</summary>
    private static Dictionary<string, string> Parse(ReadOnlySpan<byte> bytes)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        while (!bytes.IsEmpty)
        {
            int end = bytes.IndexOf((byte)'\n');
            var line = bytes[..end];
            int at = line.IndexOf((byte)'=');
            if (at >= 0)
            {
                fields.Add(Encoding.UTF8.GetString(line[..at]), Encoding.UTF8.GetString(line[(at + 1)..]));
                bytes = bytes[(end + 1)..];
                continue;
            }

            int length = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes[(end + 1)..]);
            fields.Add(Encoding.UTF8.GetString(line), Encoding.UTF8.GetString(bytes.Slice(end + 9, length)));
            Assert.Equal((byte)'\n', bytes[end + 9 + length]);
            bytes = bytes[(end + 10 + length)..];
        }

        return fields;
    }

    private void Subscribe(JournalSocket journal)
        => _engine.EventRaised += new EventReporter(EventFormat.Journal, _output, TextWriter.Null) { Journal = journal }.Report;
}
