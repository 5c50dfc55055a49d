namespace VrrpPS.Engine.Linux.Netlink;

/// <summary>
/// Binds, renews and removes many addresses with few system calls: one datagram per 100 requests. The kernel carries out
/// every request on its own; one refusal does not stop the others. Reusable; allocates nothing once it has grown.
/// </summary>
public sealed class AddressBatch
{
    /// <summary>Requests per datagram: more would overrun other listeners' receive buffers.</summary>
    public const int ChunkSize = 100;

    private readonly NetlinkConnection _connection;
    private readonly NetlinkAcknowledgement[] _answers = new NetlinkAcknowledgement[ChunkSize];
    private AddressBatchResult[] _requests = new AddressBatchResult[16];

    internal AddressBatch(NetlinkConnection connection) => _connection = connection;

    /// <summary>The number of requests.</summary>
    public int Count { get; private set; }

    /// <summary>The requests in order; their outcome is known after <see cref="Commit"/>.</summary>
    public ReadOnlySpan<AddressBatchResult> Results => _requests.AsSpan(0, Count);

    /// <summary>Forgets all requests.</summary>
    public void Clear() => Count = 0;

    /// <summary>Binds an address, or renews it with all its properties.</summary>
    public void Replace(in AddressAssignment assignment) => Append(assignment, isDelete: false);

    /// <summary>Removes an address.</summary>
    public void Delete(in AddressAssignment assignment) => Append(assignment, isDelete: true);

    /// <summary>Sends all requests; the number that the kernel refused.</summary>
    /// <param name="isQuiet">
    /// Whether the monitor that ignores this connection's quiet requests (<see cref="NetlinkMonitor.IgnoreQuiet"/>) hears nothing of it;
    /// of IPv6 it does all the same.
    /// </param>
    /// <exception cref="KernelException">The kernel cannot be reached at all.</exception>
    public int Commit(bool isQuiet = false)
    {
        int failures = 0;
        for (int start = 0; start < Count; start += ChunkSize)
        {
            int count = Math.Min(ChunkSize, Count - start);
            _connection.Reset(isQuiet);
            for (int i = 0; i < count; i++)
            {
                // The kernel carries them out in order and tells of every refusal; that all is done, the answer to the last one says.
                int acknowledge = i == count - 1 ? NetlinkNumbers.NLM_F_ACK : 0;
                ref readonly var request = ref _requests[start + i];
                if (request.IsDelete)
                {
                    AddressRequests.WriteDelete(_connection, request.Assignment, acknowledge);
                }
                else
                {
                    AddressRequests.WriteNew(_connection, request.Assignment, NetlinkNumbers.NLM_F_CREATE | NetlinkNumbers.NLM_F_REPLACE | acknowledge);
                }
            }

            var answers = _answers.AsSpan(0, count);
            answers.Clear();
            _connection.Execute("change addresses", answers);
            for (int i = 0; i < count; i++)
            {
                ref var request = ref _requests[start + i];
                request = request with { ErrorNumber = answers[i].ErrorNumber, KernelMessage = answers[i].KernelMessage };
                failures += request.Succeeded ? 0 : 1;
            }
        }

        return failures;
    }

    /// <summary>Makes room for so many requests.</summary>
    public void Reserve(int count)
    {
        if (count > _requests.Length)
        {
            Array.Resize(ref _requests, count);
        }
    }

    private void Append(in AddressAssignment assignment, bool isDelete)
    {
        if (Count == _requests.Length)
        {
            Reserve(Count * 2);
        }

        _requests[Count++] = new AddressBatchResult(assignment, isDelete, 0, null);
    }
}
