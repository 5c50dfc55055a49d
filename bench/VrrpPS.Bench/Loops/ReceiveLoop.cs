using VrrpPS.Bench.Network;
using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Netlink;
using VrrpPS.Engine.Linux.Sockets;
using VrrpPS.Protocol;

namespace VrrpPS.Bench.Loops;

/// <summary>Takes advertisements out of a packet socket and throws them away: epoll and recvmmsg, and nothing else.</summary>
internal static unsafe class ReceiveLoop
{
    private const int Batch = 32, PacketSize = 2048;
    private const int DontWait = 0x40;

    /// <summary>Runs until the process is killed, in the namespace and on the processor it was started in.</summary>
    public static void Run()
    {
        using var netlink = RouteNetlink.Open();
        int link = netlink.FindLink(BenchNetwork.LinkName)!.Index;
        using var socket = PacketSocket.OpenReceiver(new PacketSocketOptions
        {
            EtherType = EtherType.IPv4,
            InterfaceIndex = link,
            Filter = Filters.VrrpReceive(AddressFamily.IPv4),
        });
        using var poll = new EventPoll();
        poll.Add(socket.FileDescriptor, 0);
        byte[] data = GC.AllocateArray<byte>(Batch * PacketSize, pinned: true);
        var messages = GC.AllocateArray<Message>(Batch, pinned: true);
        var vectors = GC.AllocateArray<MessageVector>(Batch, pinned: true);
        fixed (byte* buffer = data)
        fixed (Message* first = messages)
        fixed (MessageVector* vector = vectors)
        {
            for (int i = 0; i < Batch; i++)
            {
                vector[i] = new MessageVector { Base = buffer + (i * PacketSize), Length = PacketSize };
                first[i] = new Message { Vectors = vector + i, VectorCount = 1 };
            }

            Console.WriteLine(LoopOptions.Ready);
            while (true)
            {
                _ = poll.Wait(-1);
                while (LoopNative.ReceiveMessages(socket.FileDescriptor, first, Batch, DontWait, null) == Batch)
                {
                    // There is more.
                }
            }
        }
    }
}
