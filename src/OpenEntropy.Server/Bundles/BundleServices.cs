using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenEntropy.Server.Health;
using OpenEntropy.Server.Receipts;

namespace OpenEntropy.Server.Bundles;

/// <summary>Bundles of post-quantum keys.</summary>
internal static class BundleServices
{
    /// <summary>Registers them; nothing is read or made, and nothing of the algorithms loaded, before it is asked for or a ledger is found.</summary>
    /// <param name="services">The services; they hold the pool, its options and the files of the identity.</param>
    public static void AddBundles(this IServiceCollection services)
    {
        services.TryAddSingleton<DeviationBoard>();
        services.AddSingleton<BundleCounts>();
        services.AddSingleton<MintPace>();
        services.AddSingleton(static provider => new BundleSelfTests(
            static () =>
                [.. Pqc.Bundles.BundleSelfTest.RunTimed().Select(each => CheckBody.From(each.Check) with { Elapsed = each.Elapsed })],
            provider.GetRequiredService<TimeProvider>()
        ));
        services.AddSingleton<BundleKeeper>();
        services.AddSingleton<BundleMaker>();
        services.AddSingleton<BundleMint>();
        services.AddSingleton<MintRepeats>();
        services.AddSingleton<LedgerSecret>();
        services.AddSingleton<LedgerNote>();
        services.AddSingleton<LedgerDesk>();
        services.AddSingleton<VerifyDesk>();
        services.AddHostedService<LedgerStart>();
        services.AddSingleton(provider => new LedgerKeeper(
            provider.GetRequiredService<EntropyPoolOptions>().Storage.Directory,
            provider.GetRequiredService<IdentityFiles>(),
            provider.GetRequiredService<LedgerNote>(),
            provider.GetRequiredService<BundleKeeper>(),
            provider.GetRequiredService<ILogger<LedgerKeeper>>()
        ));
    }
}
