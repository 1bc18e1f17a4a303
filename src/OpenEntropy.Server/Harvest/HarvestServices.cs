using OpenEntropy.Noise;

namespace OpenEntropy.Server.Harvest;

/// <summary>The pool and what fills it.</summary>
internal static class HarvestServices
{
    /// <summary>One pool for the process, with the catalog's sources and every <see cref="NoiseSource"/> that is registered as a service.</summary>
    /// <param name="services">The services.</param>
    /// <param name="pool">The pool, which is taken when the first service asks for it.</param>
    public static void AddHarvest(this IServiceCollection services, EarlyPool pool)
    {
        services.AddSingleton(provider => pool.Take([.. provider.GetServices<NoiseSource>()], provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<HarvestState>();
        services.AddHostedService<HarvestService>();
    }
}
