using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using OpenEntropy.Server.Audit;
using OpenEntropy.Server.Randomness;

namespace OpenEntropy.Server.Bundles;

/// <summary>Makes bundles: draws the randomness of every key from the pool, has the keys made and signed, and enters them in the ledger, in this order.</summary>
/// <param name="pool">Gives the randomness; while it refuses, no key is made.</param>
/// <param name="identity">Signs.</param>
/// <param name="secret">Names requests that may be sent again.</param>
/// <param name="repeats">Knows them again.</param>
/// <param name="ledger">Keeps the public part.</param>
/// <param name="desk">Asks it.</param>
/// <param name="maker">Makes the text.</param>
/// <param name="pace">Bounds how much.</param>
/// <param name="options">Bound it, too.</param>
/// <param name="served">Counts what is drawn.</param>
/// <param name="time">Measures how long blocks are waited for.</param>
/// <param name="logger">The log.</param>
internal sealed partial class BundleMint(
    EntropyPool pool,
    BundleKeeper identity,
    LedgerSecret secret,
    MintRepeats repeats,
    LedgerKeeper ledger,
    LedgerDesk desk,
    BundleMaker maker,
    MintPace pace,
    IOptions<BundleOptions> options,
    ServedBytes served,
    TimeProvider time,
    ILogger<BundleMint> logger
) : IDisposable
{
    // About five seconds on one core, and so not much longer than a client waits.
    private const int MostWork = 64;

    private readonly MintObstacles _obstacles = new(pool, identity, secret, repeats, ledger, desk, maker, options);

    /// <summary>Who computes and who waits to.</summary>
    public WorkQueue Queue { get; } = new(WorkQueue.HalfTheMachine, MostWork);

    /// <summary>Makes one, or says why not.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="repeatable">The request's own name; null where it has none.</param>
    /// <param name="chaosMagnet">Whether the answer has that program's names.</param>
    /// <param name="begin">Enters in the audit log that it begins; asked once, before anything is drawn.</param>
    /// <param name="gone">Ends the waits.</param>
    public async Task<MintResult> MintAsync(
        BundleRequest request,
        RepeatableRequest? repeatable,
        bool chaosMagnet,
        Func<ValueTask<BegunAct>> begin,
        CancellationToken gone
    )
    {
        try
        {
            return await _obstacles.FindRepeatAsync(repeatable, gone)
                ?? await _obstacles.FindAsync(gone)
                ?? await BeginAsync(request, repeatable, chaosMagnet, begin, gone);
        }
        catch (CryptographicException exception)
        {
            LogErred(logger, exception.Message);
            return MintRefusals.NotSigned("no bundle was made: a key or signature failed its own check");
        }
        catch (AuditUnavailableException exception)
        {
            return MintRefusals.Untold(exception);
        }
        catch (Exception exception) when (LedgerKeeper.IsProblem(exception))
        {
            return MintRefusals.Ledger($"no bundle was made: {ledger.Tell(exception)}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Queue.Dispose();

    private async Task<MintResult> BeginAsync(
        BundleRequest request,
        RepeatableRequest? repeatable,
        bool chaosMagnet,
        Func<ValueTask<BegunAct>> begin,
        CancellationToken gone
    )
    {
        if (repeatable is null)
        {
            return await WaitAndMakeAsync(request, id: null, chaosMagnet, begin, gone);
        }

        using var underWay = repeats.TryBegin(repeatable);
        if (underWay is null)
        {
            return new MintResult.Refused("repeated", 409, "a request with this Idempotency-Key is under way", "Idempotency-Key");
        }

        // Again: the one before may have ended in between.
        return await desk.AskAsync(() => repeats.Find(repeatable), MintRefusals.BusyReading, gone)
            ?? await WaitAndMakeAsync(request with { Hmac = underWay.Hmac }, underWay.Id, chaosMagnet, begin, gone);
    }

    private async Task<MintResult> WaitAndMakeAsync(
        BundleRequest request,
        string? id,
        bool chaosMagnet,
        Func<ValueTask<BegunAct>> begin,
        CancellationToken gone
    )
    {
        var work = MintPace.WorkOf(request);
        using var seat = Queue.TryTake(work);
        if (seat is null)
        {
            return MintRefusals.Busy;
        }

        if (pace.TryTake(work) is { } wait)
        {
            var most = options.Value.MintsPerMinute.ToString(CultureInfo.InvariantCulture);
            var costs = $"one of Falcon counts as {MintPace.Falcon}, a passphrase as {MintPace.Passphrase} more for each";
            return new MintResult.Refused("rate", 429, $"at most {most} keys are made in a minute; {costs}", null, wait);
        }

        await using var begun = await begin();
        // Drawn before there is a place: who waits for blocks keeps nobody from computing.
        using var randomness = new MintRandomness();
        if (await randomness.DrawAsync(pool, request, time, gone) is { } refusal)
        {
            await begun.EndAsync(AuditOutcome.Refused, StatusCodes.Status503ServiceUnavailable);
            return MintRefusals.NoEntropy(refusal);
        }

        served.As(ServedType.Bundle).Add(PoolOutput.Drbg, randomness.Length, isFirst: true);
        await seat.WaitAsync(gone);
        var result = await Task.Run(() => Make(request, id ?? randomness.NewId(), randomness, chaosMagnet), gone);
        await (
            result is MintResult.Made made
                ? begun.EndAsync(AuditOutcome.Done, StatusCodes.Status201Created, made.Id, AuditQuality.Drbg, randomness.Length)
                : begun.EndAsync(AuditOutcome.Refused, ((MintResult.Refused)result).Status)
        );
        return result;
    }

    private MintResult Make(BundleRequest request, string id, MintRandomness randomness, bool chaosMagnet)
    {
        var text = maker.Make(request, id, randomness, identity.Open!.Keys, chaosMagnet, out var file);
        try
        {
            using (file)
            {
                if (ledger.Append(id, file.Written.Span, options.Value.MaximumBundles) is null)
                {
                    text.Dispose();
                    return MintRefusals.Full;
                }
            }
        }
        catch
        {
            text.Dispose();
            throw;
        }

        return new MintResult.Made(id, text);
    }

    [LoggerMessage(LogLevel.Error, "No bundle was made, this machine has erred: {Problem}", EventName = "bundle_mint_erred")]
    private static partial void LogErred(ILogger logger, string problem);
}
