using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace OpenEntropy.Server.Bundles;

/// <summary>Makes bundles: draws the randomness of every key from the pool, has the keys made and signed, and enters them in the ledger, in this order.</summary>
/// <param name="pool">Gives the randomness; while it refuses, no key is made.</param>
/// <param name="identity">Signs.</param>
/// <param name="ledger">Keeps the public part.</param>
/// <param name="maker">Makes the text.</param>
/// <param name="pace">Bounds how many.</param>
/// <param name="options">Bound them, too.</param>
internal sealed class BundleMint(
    EntropyPool pool,
    BundleKeeper identity,
    LedgerKeeper ledger,
    BundleMaker maker,
    MintPace pace,
    IOptions<BundleOptions> options
) : IDisposable
{
    private static readonly TimeSpan s_later = TimeSpan.FromMinutes(1);

    // Requests beside these get the rest of the machine, however many keys are wanted.
    private readonly SemaphoreSlim _working = new(Math.Max(1, Environment.ProcessorCount / 2));
    private readonly ConcurrentDictionary<string, byte> _underWay = new(StringComparer.Ordinal);

    /// <summary>Makes one, or says why not.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="idempotencyKey">The request's own name; null where it has none.</param>
    /// <param name="chaosMagnet">Whether the answer has that program's names.</param>
    /// <param name="gone">Ends the waits.</param>
    public async Task<MintResult> MintAsync(BundleRequest request, string? idempotencyKey, bool chaosMagnet, CancellationToken gone)
    {
        if (pace.TryTake() is { } wait)
        {
            return new MintResult.Refused("rate", 429, $"at most {options.Value.MintsPerMinute} bundles are made in a minute", null, wait);
        }

        if (!pool.CanServe)
        {
            return NoEntropy(pool.TryGetBytes([]) ?? new EntropyRefusal(RefusalReason.Starting, "the service is starting", s_later));
        }

        if (await identity.OpenAsync(mayCreate: true, gone) is { } problem)
        {
            return new MintResult.Refused("identity", 503, problem.Message, null, problem.RetryAfter);
        }

        var id = idempotencyKey is null ? null : IdOf(idempotencyKey);
        if (id is not null && !_underWay.TryAdd(id, 0))
        {
            return new MintResult.Refused("repeated", 409, "a request with this Idempotency-Key is under way", "Idempotency-Key");
        }

        await _working.WaitAsync(gone);
        try
        {
            // Not on the request's thread: it computes, and waits for the device.
            return await Task.Run(async () => FindAnswer(request, id) ?? await MakeAsync(request, id, chaosMagnet, gone), gone);
        }
        catch (Exception exception) when (LedgerKeeper.IsProblem(exception))
        {
            return new MintResult.Refused("ledger", 503, $"no bundle was made: {ledger.Tell(exception)}", null, s_later);
        }
        finally
        {
            _working.Release();
            if (id is not null)
            {
                _underWay.TryRemove(id, out _);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _working.Dispose();

    private static MintResult.Refused NoEntropy(EntropyRefusal refusal) =>
        new("no_entropy", 503, refusal.Message, null, refusal.RetryAfter);

    private MintResult? FindAnswer(BundleRequest request, string? id)
    {
        var open = ledger.Open();
        if (open.Count >= options.Value.MaximumBundles)
        {
            var limit = $"{BundleOptions.Section}:{nameof(BundleOptions.MaximumBundles)}";
            return new MintResult.Refused("ledger", 503, $"the ledger holds as many bundles as it may: {limit}", null, s_later);
        }

        if (id is null || open.Find(id) is not { } entry)
        {
            return maker.WhyNot() is { } why ? new MintResult.Refused("identity", 503, why, null, s_later) : null;
        }

        if (open.Read(entry) is not { } file)
        {
            return new MintResult.Refused("ledger", 503, $"the file of {id} is gone or is not the one that was written", null, s_later);
        }

        return StoredBundle.IsOf(file, request)
            ? new MintResult.Repeated(id, StoredBundle.WithoutSecrets(file))
            : new MintResult.Refused("repeated", 422, "this Idempotency-Key came with another request before", "Idempotency-Key");
    }

    private async Task<MintResult> MakeAsync(BundleRequest request, string? id, bool chaosMagnet, CancellationToken gone)
    {
        using var randomness = new MintRandomness();
        if (await randomness.DrawAsync(pool, request, gone) is { } refusal)
        {
            return NoEntropy(refusal);
        }

        id ??= randomness.NewId();
        var text = maker.Make(request, id, randomness, identity.Open!.Keys, chaosMagnet, out var file);
        try
        {
            using (file)
            {
                ledger.Append(id, file.Written.Span);
            }
        }
        catch
        {
            text.Dispose();
            throw;
        }

        return new MintResult.Made(id, text);
    }

    // The same for the same key, also after a restart, and another for every service.
    private string IdOf(string idempotencyKey)
    {
        var text = $"openentropy-bundle-id\n{identity.Open!.Keys.Public.MlDsaKeyId}\n{idempotencyKey}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
    }
}
