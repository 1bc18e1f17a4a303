using System.Buffers;
using System.Text.Json;
using Microsoft.Extensions.Options;
using OpenEntropy.Pqc.Bundles;
using OpenEntropy.Pqc.Containers;
using OpenEntropy.Server.Receipts;

namespace OpenEntropy.Server.Bundles;

/// <summary>
/// Who signs bundles here. The keys are read when they are first needed, and made then where there are none, from generator output with prediction
/// resistance. Whatever is not as it was written is refused, never replaced. An operator replaces them by moving their file away.
/// </summary>
/// <param name="files">Where they are stored.</param>
/// <param name="pool">Gives their randomness.</param>
/// <param name="options">Hold the passphrase.</param>
/// <param name="time">Dates them.</param>
/// <param name="logger">The log.</param>
internal sealed partial class BundleKeeper(
    IdentityFiles files,
    EntropyPool pool,
    IOptions<BundleOptions> options,
    TimeProvider time,
    ILogger<BundleKeeper> logger
) : IDisposable
{
    private const int LongestKeys = 65_536;

    // ML-DSA's seed, Falcon's, the key file's bytes, and salt and vector of two containers.
    private const int Randomness = 32 + 48 + BundleKeyFile.Bytes + (2 * 32);

    private static readonly TimeSpan s_later = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _opening = new(1, 1);
    private volatile OpenBundleIdentity? _open;

    /// <summary>The identity; null until <see cref="OpenAsync"/> found no problem.</summary>
    public OpenBundleIdentity? Open => _open;

    /// <summary>Reads the identity, or makes it.</summary>
    /// <param name="mayCreate">False: nothing is made.</param>
    /// <param name="gone">Ends the wait.</param>
    /// <returns>Null where there is one now, or, if it may not be created, there is none yet.</returns>
    public async ValueTask<IdentityProblem?> OpenAsync(bool mayCreate, CancellationToken gone)
    {
        if (_open is not null)
        {
            return null;
        }

        await _opening.WaitAsync(gone);
        try
        {
            // Not on the request's thread: it waits for the device, and opening the keys takes its time on purpose.
            return _open is not null ? null : await Task.Run(() => ReadOrCreateAsync(mayCreate, gone), gone);
        }
        catch (Exception exception)
            when (exception is IdentityException or KeyFormatException or JsonException or IOException or UnauthorizedAccessException)
        {
            LogUnusable(logger, exception.Message, files.Directory);
            return new IdentityProblem(
                exception is IdentityException
                    ? $"no bundle can be signed: {exception.Message}"
                    : "no bundle can be signed: the files of the service's identity cannot be read or written; its log says why",
                s_later
            );
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <summary>Zeroes the keys.</summary>
    public void Dispose()
    {
        _open?.Keys.Dispose();
        _opening.Dispose();
    }

    private async Task<IdentityProblem?> ReadOrCreateAsync(bool mayCreate, CancellationToken gone)
    {
        if (!files.Exists(BundleIdentityFile.KeysName) && !mayCreate)
        {
            return null;
        }

        files.Prepare();
        if (files.Read(BundleIdentityFile.KeysName, LongestKeys) is { } stored)
        {
            Use(stored);
            return null;
        }

        return await CreateAsync(gone);
    }

    private void Use(byte[] stored)
    {
        using var phrase = BundleKeyFile.Find(options.Value, files);
        BundleIdentity keys;
        try
        {
            keys = BundleIdentity.Read(stored, phrase.Characters);
        }
        catch (KeyFormatException exception)
        {
            throw new IdentityException(
                $"identity/{BundleIdentityFile.KeysName} cannot be opened ({exception.Message.TrimEnd('.')}): restore it or its passphrase, or move it away for a new identity"
            );
        }

        var created = BundleIdentityFile.CreatedOf(stored);
        _open = new OpenBundleIdentity(keys, BundleIdentityFile.Remember(files, keys.Public, created));
    }

    private async Task<IdentityProblem?> CreateAsync(CancellationToken gone)
    {
        var (random, refusal) = await DrawnBytes.DrawAsync(pool, Randomness, gone);
        if (random is null)
        {
            return IdentityProblem.From(refusal!);
        }

        using (random)
        {
            var created = time.GetUtcNow();
            using var phrase = BundleKeyFile.FindOrMake(options.Value, files, random);
            var keys = BundleIdentity.Generate(random.Fill);
            var text = new ArrayBufferWriter<byte>(LongestKeys);
            using (var writer = new Utf8JsonWriter(text, BundleText.Relaxed))
            {
                keys.Write(writer, created, phrase.Characters, random.Fill, BundleKeyFile.IterationsOf(options.Value));
            }

            files.Write(BundleIdentityFile.KeysName, text.WrittenSpan);
            _open = new OpenBundleIdentity(keys, BundleIdentityFile.Remember(files, keys.Public, created));
            LogCreated(logger, keys.Public.MlDsaKeyId, keys.Public.FalconKeyId, files.Directory);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Information, "Made the keys {MlDsa} (ML-DSA-65) and {Falcon} (Falcon-512) for bundles, in {Directory}")]
    private static partial void LogCreated(ILogger logger, string mlDsa, string falcon, string directory);

    [LoggerMessage(LogLevel.Error, "No bundle can be signed: {Problem} ({Directory})")]
    private static partial void LogUnusable(ILogger logger, string problem, string directory);
}

/// <summary>An identity in use.</summary>
/// <param name="Keys">Its keys.</param>
/// <param name="History">It and those before it, the latest first.</param>
internal sealed record OpenBundleIdentity(BundleIdentity Keys, IReadOnlyList<KnownIdentity> History);

/// <summary>An identity that signs or signed here.</summary>
/// <param name="Keys">Its public keys.</param>
/// <param name="Created">When they were made.</param>
/// <param name="Replaced">When others were found in their place; null for those in use.</param>
internal sealed record KnownIdentity(PublicIdentity Keys, DateTimeOffset Created, DateTimeOffset? Replaced);
