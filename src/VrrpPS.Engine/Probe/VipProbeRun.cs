using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Watch;
using VrrpPS.Protocol;

namespace VrrpPS.Engine.Probe;

/// <summary>One probe of one address, from its route to its result.</summary>
internal sealed class VipProbeRun(VipProbeOptions options, ProbeRoute route, DateTimeOffset started)
{
    private readonly ProbeFindings _findings = new();

    /// <summary>Tries everything that was asked for and can be tried, one after the other.</summary>
    public async Task<VipReachability> RunAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        bool routed = route.Unreachable is null;
        if (!routed)
        {
            _findings.Add(VipProblemCode.NoRoute, $"No route leads to {options.Address}: {route.Unreachable}");
        }

        var neighbours = await AskNeighboursAsync(cancellationToken);
        var echo = routed ? await PingAsync(cancellationToken) : null;
        var service = new ServiceProbe(options, route);
        if (options.Port is not null || options.Uri is not null)
        {
            options.Progress?.Invoke("asking the service");
        }

        var tcp = routed && options.Port is { } port ? Report(await service.ConnectAsync(port, cancellationToken)) : null;
        var http = routed && options.Uri is { } uri ? Report(await service.GetAsync(uri, cancellationToken)) : null;
        bool? pinged = echo is null ? null : echo.Received > 0;
        return new VipReachability
        {
            VirtualIPAddress = options.Address.ToString(),
            Reachable = IsReachable(routed, neighbours, pinged, tcp, http),
            PingSucceeded = pinged,
            PingSent = echo?.Sent,
            PingReceived = echo?.Received,
            Port = options.Port,
            TcpSucceeded = tcp?.Succeeded,
            Uri = options.Uri?.ToString(),
            HttpStatus = http?.Status,
            Latency = echo?.Fastest ?? tcp?.Elapsed ?? neighbours?.FirstAnswer,
            ResponderMacAddress = neighbours?.Responders.Select(static mac => mac.ToString()).ToVrrpList(),
            ResponderCount = neighbours?.Responders.Count,
            IsVirtualMac = neighbours is null or { Responders.Count: 0 } ? null : neighbours.Responders.All(static mac => mac.IsVirtualRouter),
            IsLocal = route.IsLocal,
            InterfaceName = route.Link?.Name,
            NetworkNamespace = options.NetworkNamespace,
            Timestamp = started,
            Problem = _findings.Texts,
            ProblemCode = _findings.Codes,
        };
    }

    /// <summary>What was asked for by name decides; without that the echo, and without that whether anybody has the address.</summary>
    private bool IsReachable(bool routed, NeighbourAnswers? neighbours, bool? pinged, ServiceAnswer? tcp, ServiceAnswer? http)
    {
        if (options.Port is not null || options.Uri is not null)
        {
            return routed && tcp?.Succeeded != false && http?.Succeeded != false;
        }

        return pinged ?? (route.IsLocal || neighbours is { Responders.Count: > 0 });
    }

    private async Task<NeighbourAnswers?> AskNeighboursAsync(CancellationToken cancellationToken)
    {
        if (route.IsLocal)
        {
            _findings.Add(VipProblemCode.BoundLocally, $"{options.Address} is bound on this host ({route.Link?.Name}); who else has it is not asked.");
            return null;
        }

        if (route.Link is not { } link)
        {
            return null;
        }

        if (!route.Gateway.IsNone)
        {
            _findings.Add(VipProblemCode.NotOnLink, $"{options.Address} is behind the gateway {route.Gateway}; who has it there cannot be asked from here.");
            return null;
        }

        if (link.MacAddress == default)
        {
            return null;
        }

        var answers = await NamespaceGate.RunAsync(options.NetworkNamespace, () => AskInside(cancellationToken));
        if (answers is null)
        {
            _findings.Add(
                VipProblemCode.MissingCapability,
                $"Who has {options.Address} was not asked by {Protocol}: this process lacks CAP_NET_RAW. Run as root, or give it that capability.");
            return null;
        }

        Judge(answers, link.Name);
        return answers;
    }

    private string Protocol => options.Address.Family == AddressFamily.IPv4 ? "ARP" : "neighbour discovery";

    private NeighbourAnswers? AskInside(CancellationToken cancellationToken)
        => (ProcessCapabilities.Effective & Capabilities.NetRaw) == Capabilities.None ? null : new NeighbourProbe(route, options).Run(cancellationToken);

    private void Judge(NeighbourAnswers answers, string interfaceName)
    {
        switch (answers.Responders.Count)
        {
            case 0:
                _findings.Add(VipProblemCode.NoNeighbourAnswer, $"Nobody on {interfaceName} answers {Protocol} for {options.Address}.");
                break;
            case 1 when answers.Responders[0].IsVirtualRouter:
                _findings.Add(VipProblemCode.VirtualMac, $"{options.Address} is answered by the VRRP virtual MAC address {answers.Responders[0]}.");
                break;
            case > 1:
                _findings.Add(
                    VipProblemCode.DuplicateOwner,
                    $"{options.Address} is bound {answers.Responders.Count} times: {string.Join(" and ", answers.Responders)} answer {Protocol}.");
                break;
            default:
                break;
        }
    }

    private async Task<EchoAnswers?> PingAsync(CancellationToken cancellationToken)
    {
        var echo = await new EchoProbe(options, route).RunAsync(cancellationToken);
        if (echo is null)
        {
            _findings.Add(
                VipProblemCode.MissingCapability,
                $"{options.Address} was not pinged: this process lacks CAP_NET_RAW, and net.ipv4.ping_group_range does not include its group.");
        }
        else if (echo.Received == 0)
        {
            _findings.Add(
                VipProblemCode.NoPingAnswer,
                $"{options.Address} answered none of {options.Count} echo requests{(echo.Refusal is null ? string.Empty : $" ({echo.Refusal})")}.");
        }
        else if (echo.Received < options.Count)
        {
            _findings.Add(VipProblemCode.PingLoss, $"{options.Address} answered {echo.Received} of {options.Count} echo requests.");
        }

        return echo;
    }

    private ServiceAnswer Report(ServiceAnswer answer)
    {
        if (answer.Code is { } code)
        {
            _findings.Add(code, answer.Text);
        }

        return answer;
    }
}
