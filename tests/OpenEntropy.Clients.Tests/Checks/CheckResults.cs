using System.Collections.Concurrent;
using OpenEntropy.Clients.Tests.Running;
using Xunit;

namespace OpenEntropy.Clients.Tests.Checks;

/// <summary>Runs each check once, whether its own test asks first or the conformance page.</summary>
public sealed class CheckResults : IAsyncLifetime
{
    private readonly ConcurrentDictionary<ClientCheck, Lazy<Task<Exception?>>> _results = new();

    internal ClientSetup Setup { get; } = new();

    public Task InitializeAsync() => Setup.InitializeAsync();

    public Task DisposeAsync() => Setup.DisposeAsync();

    /// <summary>What a check failed with; null where it passed.</summary>
    /// <param name="check">The check.</param>
    internal Task<Exception?> OfAsync(ClientCheck check) =>
        _results.GetOrAdd(check, each => new Lazy<Task<Exception?>>(() => RunAsync(each))).Value;

    private async Task<Exception?> RunAsync(ClientCheck check)
    {
        try
        {
            await check.RunAsync(Setup);
            return null;
        }
        catch (Exception exception)
        {
            return exception; // the test of this check throws it
        }
    }
}
