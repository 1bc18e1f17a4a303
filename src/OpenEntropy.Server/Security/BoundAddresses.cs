using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using OpenEntropy.Server.Hosting;

namespace OpenEntropy.Server.Security;

/// <summary>
/// Compares, once the service listens, where it does with where the configuration was understood to say: where no key is asked for because nobody but this
/// machine reaches it, an address that others reach stops the start, whatever brought the web server to it.
/// </summary>
/// <param name="server">The web server.</param>
/// <param name="access">What was settled.</param>
internal sealed class BoundAddresses(IServer server, AccessStart access) : IHostedLifecycleService
{
    /// <inheritdoc/>
    /// <exception cref="StartFailedException">Others reach the service, and nothing says that they may.</exception>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        return access.RestsOnLoopback && addresses.FirstOrDefault(each => !AccessStart.IsThisMachine(each)) is { } open
            ? throw new StartFailedException(
                $"the service came to listen on {open}, which is reached by others than this machine, and nothing says who of them may ask: "
                    + $"look at urls, {KestrelEndpoints.Section} and {ServerOptions.Section}:{nameof(ServerOptions.Host)}"
            )
            : Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
