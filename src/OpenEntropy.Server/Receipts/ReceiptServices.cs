using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenEntropy.Server.Health;

namespace OpenEntropy.Server.Receipts;

/// <summary>The identity of the service and its receipts.</summary>
internal static class ReceiptServices
{
    /// <summary>Registers them; nothing is read or made before it is asked for.</summary>
    /// <param name="services">The services; they hold the pool and its options.</param>
    public static void AddReceipts(this IServiceCollection services)
    {
        services.AddSingleton(provider => new IdentityFiles(provider.GetRequiredService<EntropyPoolOptions>().Storage.Directory));
        services.TryAddSingleton<DeviationBoard>();
        services.AddSingleton<ReceiptKeyStore>();
        services.AddSingleton<ServiceIdentity>();
        services.AddSingleton<ReceiptRoute>();
    }
}
