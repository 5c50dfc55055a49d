using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Linux.Native;
using VrrpPS.Engine.Runtime.Routing;
using VrrpPS.Protocol.Election;

namespace VrrpPS.Engine.Runtime.Routers;

/// <content>The routes and rules of a Master: there with its addresses, gone before the last of them.</content>
internal sealed partial class RouterHost
{
    /// <summary>The routes and rules.</summary>
    public VirtualRouteSet Routes { get; private set; }

    /// <summary>Something was removed that may have been ours, or took routes of ours with it.</summary>
    public void RestoreRoutes()
    {
        if (Routes.IsEmpty || !Routes.IsWanted || Link is not { } link || Router.State is not (RouterState.Master or RouterState.Leaving))
        {
            return;
        }

        try
        {
            var lost = Routes.FindLost(_loop.Netlink);
            Routes.Install(_loop.Netlink, _loop.Links, link, OnRouteRefused);
            foreach (string text in lost)
            {
                Report(VrrpEventKind.RouteRestored, $"The {text} was removed by somebody else, or went with its address or interface; it is put back.");
            }
        }
        catch (KernelException exception)
        {
            OnRouteRefused(exception);
        }
    }

    /// <summary>Called when the addresses are bound: a route may name one of them as its source.</summary>
    private void InstallRoutes()
    {
        if (Routes.IsEmpty || Link is not { } link)
        {
            return;
        }

        if (Routes.IsWanted)
        {
            // Installed before: an address that expired meanwhile has taken its routes with it, without a word from the kernel.
            RestoreRoutes();
            return;
        }

        Routes.IsWanted = true;
        _loop.GuardChanged();
        Routes.Install(_loop.Netlink, _loop.Links, link, OnRouteRefused);
    }

    private void RemoveRoutes()
    {
        if (Routes.IsWanted)
        {
            Routes.Remove(_loop.Netlink, OnRouteRefused);
        }
    }

    /// <summary>A route that cannot be had is reported, not a fault: the addresses are served all the same.</summary>
    private void OnRouteRefused(KernelException exception)
    {
        string hint = exception.ErrorNumber == Errno.EEXIST ? " It was there before and is left alone." : string.Empty;
        Report(VrrpEventKind.KernelRefused, exception.Message + hint, isWarning: true);
    }
}
