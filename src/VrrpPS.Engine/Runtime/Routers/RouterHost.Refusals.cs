using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Native;
using VrrpPS.Protocol;
using VrrpPS.Protocol.Election;

namespace VrrpPS.Engine.Runtime.Routers;

/// <content>
/// What the kernel refuses to send. A full queue may have room again for the next advertisement; a firewall has none for any, and a
/// queue that stays full is the same: the others hear nothing and take over, so this router must not serve on beside them.
/// </content>
internal sealed partial class RouterHost
{
    private const int RefusalKey = 1011;

    private int _offered;
    private int _refused;
    private int _refusals;
    private int _sendErrno;

    /// <summary>So many in a row are a fault. The others wait for as many advertisements: whoever could not send that many has not been heard.</summary>
    private int GreatestRefusals => Math.Min(ElectionTimers.MissedAdvertisements, Configuration.DownTimerAdverts);

    /// <summary>Whether nobody was sent the advertisement of this turn of the loop.</summary>
    private bool IsRefused => _refused > 0 && _refused >= _offered;

    /// <summary>The kernel refused an advertisement of this router; looked at when the step or the turn that sent it ends.</summary>
    public void NoteSendError(int errorNumber)
    {
        Counters.SendErrors++;
        _refused++;
        _sendErrno = errorNumber;
    }

    /// <summary>What a local firewall refuses now it refuses always.</summary>
    private Input? SendFailure()
    {
        if (_sendErrno is not (Errno.EPERM or Errno.EACCES) || Router.State != RouterState.Master)
        {
            return null;
        }

        Report(VrrpEventKind.KernelRefused, $"Cannot send advertisements: {Words(_sendErrno)}. A local firewall's OUTPUT rules may drop protocol 112.", isWarning: true);
        _sendErrno = 0;
        return Input.SendFailed();
    }

    /// <summary>
    /// The turn's advertisements have left or not. Too many refusals in a row are a fault. When it is tried again some seconds
    /// later the first refusal is enough, until an advertisement has left.
    /// </summary>
    private Input? JudgeSending()
    {
        if (SendFailure() is { } failure)
        {
            return failure;
        }

        bool spoke = _offered > 0 && _decideAgainAt == Instant.Never;
        if (!spoke || !IsRefused)
        {
            _refusals = spoke ? 0 : _refusals;
            return null;
        }

        _refusals = Math.Min(_refusals + 1, GreatestRefusals);
        if (_refusals < GreatestRefusals || Router.State != RouterState.Master)
        {
            return null;
        }

        if (_limiter.Allows(RefusalKey, MonotonicClock.Now))
        {
            Report(VrrpEventKind.KernelRefused, $"Cannot send advertisements: {Words(_sendErrno)}, {_refusals} times in a row. See the queue of {Configuration.InterfaceName} with: tc -s qdisc show dev {Configuration.InterfaceName}. It is tried again every few seconds.", isWarning: true);
        }

        return Input.SendFailed();
    }

    private static string Words(int errorNumber) => $"{Errno.Name(errorNumber)} ({Errno.Describe(errorNumber)})";
}
