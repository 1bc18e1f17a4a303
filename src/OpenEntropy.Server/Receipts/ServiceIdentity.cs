using System.Security.Cryptography;
using OpenEntropy.Server.Bundles;
using OpenEntropy.Server.Health;

namespace OpenEntropy.Server.Receipts;

/// <summary>
/// Who the service is: its key and its sequence. They are read when they are first needed, and made then where there are none, from generator
/// output with prediction resistance; until the pool can give that, there is no identity, and nothing else is taken in its place.
/// </summary>
/// <param name="files">Where they are stored.</param>
/// <param name="store">Reads and writes the key.</param>
/// <param name="pool">Gives the key's randomness.</param>
/// <param name="deviations">Tell of a key that lies in clear.</param>
/// <param name="time">Tells how long a problem is remembered.</param>
/// <param name="logger">The log.</param>
internal sealed partial class ServiceIdentity(
    IdentityFiles files,
    ReceiptKeyStore store,
    EntropyPool pool,
    DeviationBoard deviations,
    TimeProvider time,
    ILogger<ServiceIdentity> logger
) : IDisposable
{
    /// <summary>How long to wait for the blocks of the key's seed, once there was a first.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    /// <summary>An operator has to act: asking more often does not help.</summary>
    private static readonly TimeSpan s_later = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _opening = new(1, 1);
    private readonly RememberedProblem _remembered = new(
        files,
        time,
        [IdentityFiles.KeyName, IdentityFiles.ClearKeyName, IdentityFiles.PhraseName, IdentityFiles.SequenceName]
    );
    private readonly KeySealing _sealing = new(files.Directory, store, pool, deviations, logger);
    private volatile OpenIdentity? _open;

    /// <summary>The identity; null until <see cref="OpenAsync"/> found no problem.</summary>
    public OpenIdentity? Open => _open;

    /// <summary>Reads the identity, or makes it.</summary>
    /// <param name="mayCreate">False: where there is none, only the pool's refusal is looked for, and nothing is made.</param>
    /// <param name="gone">Ends the wait.</param>
    /// <returns>Null where there is one now, or, if it may not be created, could be.</returns>
    public ValueTask<IdentityProblem?> OpenAsync(bool mayCreate, CancellationToken gone) =>
        _open is not null ? new(result: null) : new(OpenSlowlyAsync(mayCreate, gone));

    /// <summary>Says what went wrong with the files to the log, and to the caller as much as is his.</summary>
    /// <param name="exception">One of an <see cref="IdentityException"/>, an <see cref="IOException"/> or an <see cref="UnauthorizedAccessException"/>.</param>
    public IdentityProblem Tell(Exception exception)
    {
        LogUnusable(logger, exception.Message, files.Directory);
        return new IdentityProblem(
            exception is IdentityException
                ? $"nothing can be signed: {exception.Message}"
                : "nothing can be signed: the files of the service's identity cannot be read or written; its log says why",
            s_later
        );
    }

    /// <summary>Zeroes the key.</summary>
    public void Dispose()
    {
        _open?.Key.Dispose();
        _open?.Sequence.Dispose();
        _opening.Dispose();
        files.Dispose();
    }

    private async Task<IdentityProblem?> OpenSlowlyAsync(bool mayCreate, CancellationToken gone)
    {
        await _opening.WaitAsync(gone);
        try
        {
            // Not on the request's thread: it waits for the device.
            return _open is not null ? null : _remembered.Find() ?? await Task.Run(() => ReadOrCreateAsync(mayCreate, gone), gone);
        }
        catch (Exception exception) when (exception is IdentityException or IOException or UnauthorizedAccessException)
        {
            return _remembered.Keep(Tell(exception));
        }
        finally
        {
            _opening.Release();
        }
    }

    private async Task<IdentityProblem?> ReadOrCreateAsync(bool mayCreate, CancellationToken gone)
    {
        if (!files.HasKey && FindRefusal(mayCreate) is { } refusal)
        {
            return IdentityProblem.From(refusal);
        }

        if (!files.HasKey && !mayCreate)
        {
            return null;
        }

        files.Prepare();
        if (store.Read(out var isSealed) is not { } key)
        {
            return await CreateAsync(gone);
        }

        Use(key);
        if (!isSealed)
        {
            await _sealing.SealAsync(key, gone);
        }

        return null;
    }

    private void Use(SigningKey key)
    {
        if (files.ReadSequence() is not { } next)
        {
            key.Dispose();
            throw new IdentityException(
                $"identity/{IdentityFiles.SequenceName} is missing, and a number could be given twice: restore it, or remove the key as well for a new identity"
            );
        }

        _open = new OpenIdentity(key, new SequenceNumbers(next, files.WriteSequence));
    }

    private async Task<IdentityProblem?> CreateAsync(CancellationToken gone)
    {
        var (random, without) = await DrawnBytes.DrawAsync(pool, ReceiptKeyStore.Randomness, gone);
        if (random is null)
        {
            return IdentityProblem.From(without!);
        }

        var scalar = GC.AllocateArray<byte>(PrivateScalar.Length, pinned: true);
        using var drawn = random;
        try
        {
            do
            {
                if (await pool.TryGetFreshBytesAsync(scalar, s_patience, gone) is { } refusal)
                {
                    return IdentityProblem.From(refusal);
                }
            } while (!PrivateScalar.TryAccept(scalar));

            // The sequence comes first: a key that is there always has one. An earlier key's goes on.
            var next = files.ReadSequence() ?? 1;
            files.WriteSequence(next);
            var key = SigningKey.FromScalar(scalar);
            try
            {
                store.WriteNew(key, drawn);
            }
            catch
            {
                key.Dispose();
                throw;
            }

            LogCreated(logger, key.KeyId, files.Directory);
            _open = new OpenIdentity(key, new SequenceNumbers(next, files.WriteSequence));
            return null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(scalar);
        }
    }

    // The question comes first: where a generator can be seeded, even an empty draw may take a block for it.
    private EntropyRefusal? FindRefusal(bool mayCreate) => mayCreate || !pool.CanServe ? pool.TryGetBytes([]) : null;

    [LoggerMessage(LogLevel.Information, "Made the key {KeyId} for receipts, in {Directory}", EventName = "receipt_key_made")]
    private static partial void LogCreated(ILogger logger, string keyId, string directory);

    [LoggerMessage(LogLevel.Error, "Nothing can be signed: {Problem} ({Directory})", EventName = "receipt_key_unusable")]
    private static partial void LogUnusable(ILogger logger, string problem, string directory);
}

/// <summary>An identity in use.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Sequence">The numbers of its receipts.</param>
internal sealed record OpenIdentity(SigningKey Key, SequenceNumbers Sequence);
