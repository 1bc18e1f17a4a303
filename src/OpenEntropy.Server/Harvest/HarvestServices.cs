using OpenEntropy.Noise;

namespace OpenEntropy.Server.Harvest;

/// <summary>The pool and what fills it.</summary>
internal static class HarvestServices
{
    /// <summary>One pool for the process, with the catalog's sources and every <see cref="NoiseSource"/> that is registered as a service.</summary>
    /// <param name="services">The services; they hold the <see cref="EntropyPoolOptions"/>.</param>
    public static void AddHarvest(this IServiceCollection services)
    {
        services.AddSingleton(CreatePool);
        services.AddSingleton<HarvestState>();
        services.AddHostedService<HarvestService>();
    }

    private static EntropyPool CreatePool(IServiceProvider services)
    {
        var options = services.GetRequiredService<EntropyPoolOptions>();
        foreach (var source in services.GetServices<NoiseSource>())
        {
            options.AdditionalSources.Add(source);
        }

        return new EntropyPool(options, services.GetRequiredService<TimeProvider>());
    }
}
