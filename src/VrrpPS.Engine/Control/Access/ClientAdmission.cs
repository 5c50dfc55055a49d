namespace VrrpPS.Engine.Control.Access;

/// <summary>
/// Counts connections, so that neither one user nor all readers together keep others out: a reader gets a share, and some places
/// are for those who may change.
/// </summary>
/// <param name="greatest">All connections together.</param>
/// <param name="greatestOfUser">The connections of one user who may only read.</param>
internal sealed class ClientAdmission(int greatest, int greatestOfUser)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<uint, int> _readersByUser = [];
    private int _readers;
    private int _changers;

    /// <summary>The places that readers may take together: three of four.</summary>
    private int GreatestReaders => greatest - (greatest / 4);

    /// <summary>How many connections there are.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _readers + _changers;
            }
        }
    }

    /// <summary>Takes a place; false when there is none for this user.</summary>
    public bool TryEnter(uint userId, bool mayChange)
    {
        lock (_gate)
        {
            if (_readers + _changers >= greatest)
            {
                return false;
            }

            if (mayChange)
            {
                _changers++;
                return true;
            }

            int ofUser = _readersByUser.GetValueOrDefault(userId);
            if (ofUser >= greatestOfUser || _readers >= GreatestReaders)
            {
                return false;
            }

            _readersByUser[userId] = ofUser + 1;
            _readers++;
            return true;
        }
    }

    /// <summary>Gives the place back.</summary>
    public void Leave(uint userId, bool mayChange)
    {
        lock (_gate)
        {
            if (mayChange)
            {
                _changers--;
                return;
            }

            _readers--;
            if (--_readersByUser[userId] == 0)
            {
                _readersByUser.Remove(userId);
            }
        }
    }
}
