namespace VrrpPS.Engine.Control.Access;

/// <summary>The paces of the users who may only read, each shared by all connections of the user.</summary>
internal sealed class RequestPaces(double perSecond, double greatest)
{
    /// <summary>Above so many the full ones are forgotten.</summary>
    private const int Many = 256;

    private readonly Lock _gate = new();
    private readonly Dictionary<uint, RequestPace> _byUser = [];

    /// <summary>The pace of a user.</summary>
    public RequestPace Of(uint userId)
    {
        lock (_gate)
        {
            if (_byUser.TryGetValue(userId, out var pace))
            {
                return pace;
            }

            if (_byUser.Count >= Many)
            {
                foreach (uint rested in _byUser.Where(static entry => entry.Value.IsFull).Select(static entry => entry.Key).ToArray())
                {
                    _byUser.Remove(rested);
                }
            }

            return _byUser[userId] = new RequestPace(perSecond, greatest);
        }
    }
}
