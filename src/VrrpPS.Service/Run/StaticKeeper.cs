using VrrpPS.Engine.Configuration.Static;
using VrrpPS.Engine.Errors;
using VrrpPS.Engine.Runtime.Static;

namespace VrrpPS.Service.Run;

/// <summary>The static addresses, routes and rules of the service: there before the first instance starts and gone after the last one.</summary>
internal sealed class StaticKeeper(TextWriter error) : IDisposable
{
    private StaticConfiguration _configuration = StaticConfiguration.None;
    private StaticNetwork? _network;

    /// <summary>Goes over to a configuration; whether that worked. What it did not like stays said on standard error.</summary>
    public async Task<bool> ApplyAsync(StaticConfiguration configuration)
    {
        if (configuration == _configuration)
        {
            return true;
        }

        try
        {
            if (_network is not null && !configuration.IsEmpty
                && string.Equals(configuration.NetworkNamespace, _configuration.NetworkNamespace, StringComparison.Ordinal))
            {
                _network.Apply(configuration);
            }
            else
            {
                _network?.Dispose();
                _network = null;
                _network = configuration.IsEmpty ? null : await StaticNetwork.StartAsync(configuration, line => error.WriteLine($"vrrpps: {line}"));
            }

            _configuration = configuration;
            return true;
        }
        catch (VrrpException exception)
        {
            _configuration = StaticConfiguration.None;
            error.WriteError(exception, "static");
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _network?.Dispose();
}
