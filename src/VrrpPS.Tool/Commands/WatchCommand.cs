using System.CommandLine;
using System.Text.Json;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Linux;
using VrrpPS.Engine.Watch;

namespace VrrpPS.Tool.Commands;

/// <summary><c>vrrpps watch</c>: shows every advertisement on a link and what is wrong with it.</summary>
internal sealed class WatchCommand : Command
{
    private readonly Option<string[]> _interface = new("--interface", "-i")
    {
        Description = "The interface to listen on; * and ? are wildcards. May be repeated.",
        HelpName = "IF",
        Required = true,
    };

    private readonly Option<string?> _namespace = CommonOptions.Namespace("to listen in");
    private readonly Option<bool> _json = new("--json") { Description = "Writes one JSON object per advertisement and line." };

    public WatchCommand()
        : base("watch", "Shows the VRRP advertisements on a link, ours or anybody's, until interrupted. Needs CAP_NET_RAW only.")
    {
        Add(_interface);
        Add(_namespace);
        Add(_json);
        SetAction((parsed, _) => WatchAsync(parsed));
    }

    private async Task<int> WatchAsync(ParseResult parsed)
    {
        var output = parsed.InvocationConfiguration.Output;
        var error = parsed.InvocationConfiguration.Error;
        using var interrupted = new InterruptToken();
        var asJson = parsed.GetValue(_json);
        try
        {
            using var watcher = AdvertWatcher.Start(new AdvertWatchOptions
            {
                InterfaceNames = parsed.GetRequiredValue(_interface).ToVrrpList(),
                NetworkNamespace = parsed.GetValue(_namespace),
            });
            if (watcher.Interfaces.Count == 0)
            {
                await error.WriteLineAsync($"vrrpps: no interface '{string.Join("' or '", parsed.GetRequiredValue(_interface))}' is up yet; waiting for one");
            }

            await foreach (var advert in watcher.Adverts.ReadAllAsync(interrupted.Token))
            {
                await output.WriteLineAsync(asJson
                    ? JsonSerializer.Serialize(advert, AdvertJsonContext.Default.VrrpAdvert)
                    : $"{advert.Timestamp.ToLocalTime():HH:mm:ss.fff} {advert.InterfaceName} {advert}");
                await output.FlushAsync(interrupted.Token);
                if (StandardOutput.IsGone)
                {
                    break;
                }
            }

            return ExitCode.Success;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Success;
        }
        catch (VrrpException exception)
        {
            error.WriteError(exception);
            return ExitCode.Refused;
        }
        catch (KernelException exception)
        {
            error.WriteError(VrrpErrors.KernelRefused(exception));
            return ExitCode.Refused;
        }
    }
}
