using Microsoft.Extensions.Hosting;

namespace OpenEntropy.Cli.Server;

/// <summary>In the place of the host's own listening to signals: this program takes them for every command, and two that take the same signal would each end it.</summary>
internal sealed class SignalsElsewhere : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
