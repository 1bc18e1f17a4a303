using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace OpenEntropy.Server.Tests;

/// <summary>What a service leaves behind in the process that ran it.</summary>
public sealed class EndedServiceTests
{
    private const int Services = 6;

    // One is held by a timer of OpenTelemetry that every process has once, one by the frames of this test; a fault would hold all.
    private const int HeldByOthers = 3;

    [Fact]
    public async Task Dispose_OfServicesThatAnswered_LeavesTheirPoolsToTheCollector()
    {
        var pools = new List<WeakReference>();
        for (var i = 0; i < Services; i++)
        {
            pools.Add(await StartAskAndEndAsync());
        }

        var polls = 0;
        await ServerFactory.UntilAsync(() =>
        {
            if (polls++ % 100 == 0) // seldom: it stops all other tests
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }

            return Task.FromResult(pools.Count(pool => pool.IsAlive) <= HeldByOthers);
        });
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> StartAskAndEndAsync()
    {
        await using var factory = new ServerFactory();
        using var client = await factory.CreateReadyClientAsync();
        return new WeakReference(factory.Services.GetRequiredService<EntropyPool>());
    }
}
