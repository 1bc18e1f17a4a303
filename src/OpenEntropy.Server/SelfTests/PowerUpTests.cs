using OpenEntropy.Server.Hosting;

namespace OpenEntropy.Server.SelfTests;

/// <summary>Runs the self-tests that gate output before anything can ask for a byte: a service that computes wrongly does not start.</summary>
/// <param name="desk">Runs them.</param>
internal sealed class PowerUpTests(SelfTestDesk desk) : IHostedService
{
    /// <summary>Runs them.</summary>
    /// <param name="cancellationToken">Not used: it takes milliseconds.</param>
    /// <exception cref="StartFailedException">One failed.</exception>
    public Task StartAsync(CancellationToken cancellationToken) =>
        desk.RunForOutput() is { } why ? throw new StartFailedException(why) : Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
