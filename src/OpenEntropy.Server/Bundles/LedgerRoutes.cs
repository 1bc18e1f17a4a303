using System.ComponentModel;
using System.Globalization;
using OpenEntropy.Pqc.Ledger;
using OpenEntropy.Server.Errors;
using OpenEntropy.Server.Hosting;

namespace OpenEntropy.Server.Bundles;

/// <summary>Answers requests for what was made before.</summary>
internal static class LedgerRoutes
{
    private const int MostAtOnce = 100;
    private const int DefaultLimit = 20;

    private static readonly TimeSpan s_later = TimeSpan.FromMinutes(1);

    /// <summary>A page of the list.</summary>
    public static async Task<IResult> ListAsync(
        [Description("Only bundles of a lower sequence number; next of the page before.")] string? before,
        [Description("How many at most.")] string? limit,
        BundleKeeper identity,
        LedgerKeeper keeper,
        LedgerDesk desk,
        CancellationToken gone
    )
    {
        if (!TryRead(before, long.MaxValue, out var first) || first < 1)
        {
            return new ErrorResult(
                StatusCodes.Status400BadRequest,
                $"before must be a whole number between 1 and {long.MaxValue}",
                "before"
            );
        }

        if (!TryRead(limit, DefaultLimit, out var most) || most is < 1 or > MostAtOnce)
        {
            return new ErrorResult(StatusCodes.Status400BadRequest, $"limit must be between 1 and {MostAtOnce}", "limit");
        }

        return await WithLedgerAsync(
            identity,
            keeper,
            desk,
            ledger => new JsonAnswer<BundleListBody>(
                List(ledger, ledger.Page(first, (int)most), keeper),
                ServerJson.Readable.BundleListBody
            ),
            gone
        );
    }

    /// <summary>One bundle.</summary>
    public static Task<IResult> GetAsync(string id, BundleKeeper identity, LedgerKeeper keeper, LedgerDesk desk, CancellationToken gone) =>
        WithLedgerAsync(
            identity,
            keeper,
            desk,
            ledger =>
                (LedgerEntry.IsId(id) ? ledger.Find(id) : null) is not { } entry
                    ? new ErrorResult(StatusCodes.Status404NotFound, $"there is no bundle '{Echo.Cut(id)}' here", "id")
                : ledger.Read(entry) is { } file ? TypedResults.Bytes(StoredBundle.WithoutSecrets(file), "application/json")
                : Unavailable($"the file of {id} is gone or is not the one that was written"),
            gone
        );

    // A file that cannot be read is one that is not intact, and no reason to tell nothing of the others.
    private static BundleListBody List(BundleLedger ledger, IReadOnlyList<LedgerEntry> page, LedgerKeeper keeper)
    {
        var bundles = new List<BundleSummary>();
        (LedgerEntry Entry, Exception Why)? problem = null;
        foreach (var entry in page)
        {
            byte[]? file = null;
            try
            {
                file = ledger.Read(entry);
            }
            catch (Exception exception) when (LedgerKeeper.IsProblem(exception))
            {
                problem ??= (entry, exception);
            }

            bundles.Add(StoredBundle.Summarize(entry.Sequence, entry.Id, entry.FileSha256, file));
        }

        if (problem is var (unread, why))
        {
            keeper.TellUnread(unread.Id, why); // one for all
        }

        long? next = page is [.., { Sequence: > 1 } last] ? last.Sequence : null;
        return new BundleListBody(bundles, ledger.Count, next, ledger.Findings);
    }

    private static ErrorResult Unavailable(string message) => new(StatusCodes.Status503ServiceUnavailable, message, retryAfter: s_later);

    private static bool TryRead(string? text, long otherwise, out long number)
    {
        number = otherwise;
        return text is null
            || (
                long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number)
                && number.ToString(CultureInfo.InvariantCulture) == text
            );
    }

    private static async Task<IResult> WithLedgerAsync(
        BundleKeeper identity,
        LedgerKeeper keeper,
        LedgerDesk desk,
        Func<BundleLedger, IResult> answer,
        CancellationToken gone
    )
    {
        // The identity says which files were signed here; where there is none yet, there are none.
        if (await identity.OpenAsync(mayCreate: false, gone) is { } problem)
        {
            return new ErrorResult(StatusCodes.Status503ServiceUnavailable, problem.Message, retryAfter: problem.RetryAfter);
        }

        try
        {
            var busy = new ErrorResult(StatusCodes.Status503ServiceUnavailable, LedgerDesk.Busy, retryAfter: LedgerDesk.Soon);
            return await desk.AskAsync(() => answer(keeper.Look()), busy, gone);
        }
        catch (Exception exception) when (LedgerKeeper.IsProblem(exception))
        {
            return Unavailable(keeper.Tell(exception));
        }
    }
}
