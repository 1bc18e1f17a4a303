using OpenEntropy.Server.Bundles;
using OpenEntropy.Server.Health;

namespace OpenEntropy.Server.Receipts;

/// <summary>Encrypts a key for receipts that was found in clear.</summary>
/// <param name="directory">Where it is stored, for the log.</param>
/// <param name="store">Writes it.</param>
/// <param name="pool">Gives what that takes of randomness.</param>
/// <param name="deviations">Tell of a key that lies in clear.</param>
/// <param name="logger">The log.</param>
internal sealed partial class KeySealing(
    string directory,
    ReceiptKeyStore store,
    EntropyPool pool,
    DeviationBoard deviations,
    ILogger<ServiceIdentity> logger
)
{
    /// <summary>Encrypts it. It signs meanwhile, and also where this fails: a receipt is no secret.</summary>
    /// <param name="key">The key.</param>
    /// <param name="gone">Ends the wait for randomness.</param>
    public async Task SealAsync(SigningKey key, CancellationToken gone)
    {
        var (random, refusal) = await DrawnBytes.DrawAsync(pool, ReceiptKeyStore.Randomness, gone);
        using (random)
        {
            var problem = random is null ? refusal!.Message : TrySeal(key, random);
            if (problem is null)
            {
                LogSealed(logger, key.KeyId, directory);
            }
            else
            {
                LogClear(logger, problem, directory);
            }

            deviations.Set(
                "receipts",
                problem is null
                    ? null
                    : "the key of receipts is not encrypted as it should be: the log says why, and the next start tries again"
            );
        }
    }

    private string? TrySeal(SigningKey key, DrawnBytes random)
    {
        try
        {
            store.Seal(key, random);
            return null;
        }
        catch (Exception exception) when (exception is IdentityException or IOException or UnauthorizedAccessException)
        {
            return exception.Message;
        }
    }

    [LoggerMessage(LogLevel.Information, "Encrypted the key {KeyId} for receipts, in {Directory}", EventName = "receipt_key_sealed")]
    private static partial void LogSealed(ILogger logger, string keyId, string directory);

    [LoggerMessage(
        LogLevel.Warning,
        "The key for receipts is not encrypted as it should be: {Problem} ({Directory})",
        EventName = "receipt_key_unsealed"
    )]
    private static partial void LogClear(ILogger logger, string problem, string directory);
}
