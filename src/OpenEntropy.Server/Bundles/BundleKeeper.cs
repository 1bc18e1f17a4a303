using System.Text.Json;
using Microsoft.Extensions.Options;
using OpenEntropy.Pqc.Bundles;
using OpenEntropy.Pqc.Containers;
using OpenEntropy.Server.Receipts;

namespace OpenEntropy.Server.Bundles;

/// <summary>
/// Who signs bundles here. The keys are read when they are first needed, and made then where there are none and never were, once the algorithms were
/// tried, from generator output with prediction resistance. Whatever is not as it was written is refused. Keys that are gone while the history names
/// them are replaced only where the operator says so (<see cref="BundleOptions.ReplaceIdentity"/>).
/// </summary>
/// <param name="files">Where they are stored.</param>
/// <param name="pool">Gives their randomness.</param>
/// <param name="selfTests">What the algorithms were tried by.</param>
/// <param name="options">Hold the passphrase.</param>
/// <param name="time">Dates them.</param>
/// <param name="logger">The log.</param>
internal sealed partial class BundleKeeper(
    IdentityFiles files,
    EntropyPool pool,
    BundleSelfTests selfTests,
    IOptions<BundleOptions> options,
    TimeProvider time,
    ILogger<BundleKeeper> logger
) : IDisposable
{
    // ML-DSA's seed, Falcon's, the key file's bytes, and salt and vector of two containers.
    private const int Randomness = 32 + 48 + BundleKeyFile.Bytes + (2 * 32);

    private static readonly TimeSpan s_later = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _opening = new(1, 1);
    private readonly RememberedProblem _remembered = new(files, time, [BundleIdentityFile.Name, BundleKeyFile.Name, BundleHistory.Name]);
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
            return _open is not null ? null : _remembered.Find() ?? await Task.Run(() => ReadOrCreateAsync(mayCreate, gone), gone);
        }
        catch (Exception exception)
            when (exception is IdentityException or KeyFormatException or JsonException or IOException or UnauthorizedAccessException)
        {
            LogUnusable(logger, exception.Message, files.Directory);
            return _remembered.Keep(
                new IdentityProblem(
                    exception is IdentityException
                        ? $"no bundle can be signed: {exception.Message}"
                        : "no bundle can be signed: the files of the service's identity cannot be read or written; its log says why",
                    s_later
                )
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
        if (!mayCreate && !files.Exists(BundleIdentityFile.Name) && !files.Exists(BundleHistory.Name))
        {
            return null;
        }

        files.Prepare();
        var known = BundleHistory.Read(files);
        if (BundleIdentityFile.Read(files, options.Value, out var created) is { } keys)
        {
            Use(keys, known, created, time.GetUtcNow());
            return null;
        }

        if (known is [var last, ..])
        {
            RequireConsent(last.Keys.MlDsaKeyId);
        }

        return mayCreate ? await CreateAsync(known, gone) : null;
    }

    // Keys may be gone because a disk is not mounted, or a file was lost: others in their place would be another signer to all who trust them.
    private void RequireConsent(string lost)
    {
        if (options.Value.ReplaceIdentity != lost)
        {
            throw new IdentityException(
                $"identity/{BundleIdentityFile.Name} is missing, and identity/{BundleHistory.Name} names the keys that were in it: restore it, or give {BundleOptions.Section}:{nameof(BundleOptions.ReplaceIdentity)}={lost} to have new keys take their place"
            );
        }
    }

    private async Task<IdentityProblem?> CreateAsync(IReadOnlyList<KnownIdentity>? known, CancellationToken gone)
    {
        if (selfTests.WhyNot() is { } why)
        {
            throw new IdentityException(why);
        }

        var (random, refusal) = await DrawnBytes.DrawAsync(pool, Randomness, gone);
        if (random is null)
        {
            return IdentityProblem.From(refusal!);
        }

        using (random)
        {
            if (known is null)
            {
                // First: keys that a process leaves which ends before it wrote the history are then known to have none before them.
                BundleHistory.Write(files, known = []);
            }

            var created = time.GetUtcNow();
            using var phrase = BundleKeyFile.FindOrMake(options.Value, files, random);
            var keys = BundleIdentity.Generate(random.Fill);
            try
            {
                BundleIdentityFile.Write(files, keys, created, phrase, random.Fill, BundleKeyFile.IterationsOf(options.Value));
            }
            catch
            {
                keys.Dispose();
                throw;
            }

            Use(keys, known, created, created);
            LogCreated(logger, keys.Public.MlDsaKeyId, keys.Public.FalconKeyId, files.Directory);
            return null;
        }
    }

    private void Use(BundleIdentity keys, IReadOnlyList<KnownIdentity>? known, DateTimeOffset created, DateTimeOffset now)
    {
        try
        {
            var history = BundleHistory.With(known ?? [], keys.Public, created, now);
            if (known is null)
            {
                LogHistoryLost(logger, BundleHistory.Name, files.Directory);
                history = [history[0] with { HistoryLost = now }];
            }

            if (!ReferenceEquals(history, known))
            {
                BundleHistory.Write(files, history);
            }

            _open = new OpenBundleIdentity(keys, history);
        }
        catch
        {
            keys.Dispose();
            throw;
        }
    }

    [LoggerMessage(
        LogLevel.Information,
        "Made the keys {MlDsa} (ML-DSA-65) and {Falcon} (Falcon-512) for bundles, in {Directory}",
        EventName = "bundle_keys_made"
    )]
    private static partial void LogCreated(ILogger logger, string mlDsa, string falcon, string directory);

    [LoggerMessage(
        LogLevel.Warning,
        "{File} is missing beside the keys of bundles; it is begun anew, and what signed before them is not known ({Directory})",
        EventName = "bundle_history_lost"
    )]
    private static partial void LogHistoryLost(ILogger logger, string file, string directory);

    [LoggerMessage(LogLevel.Error, "No bundle can be signed: {Problem} ({Directory})", EventName = "bundle_keys_unusable")]
    private static partial void LogUnusable(ILogger logger, string problem, string directory);
}
