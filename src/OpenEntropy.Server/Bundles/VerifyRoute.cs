using System.Globalization;
using OpenEntropy.Pqc;
using OpenEntropy.Pqc.Bundles;
using OpenEntropy.Server.Audit;
using OpenEntropy.Server.Errors;
using OpenEntropy.Server.Hosting;
using OpenEntropy.Server.Limits;
using OpenEntropy.Server.Randomness;
using OpenEntropy.Server.Security;

namespace OpenEntropy.Server.Bundles;

/// <summary>Verifies bundles from anywhere.</summary>
internal static class VerifyRoute
{
    /// <summary>The most bytes of a bundle.</summary>
    public const int LongestBody = 2 << 20;

    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(1);

    /// <summary>Verifies the body.</summary>
    /// <param name="context">A POST request.</param>
    /// <param name="desk">Verifies.</param>
    /// <param name="identity">Knows who signs here.</param>
    /// <param name="audit">Counts it.</param>
    /// <param name="time">Measures how long the body takes.</param>
    /// <remarks>Not async itself, as in <see cref="MintRoute"/>.</remarks>
    public static Task<IResult> HandleAsync(
        HttpContext context,
        VerifyDesk desk,
        BundleKeeper identity,
        IAuditLog audit,
        TimeProvider time
    ) => LetInAsync(context, desk, identity, audit, time);

    private static async Task<IResult> LetInAsync(
        HttpContext context,
        VerifyDesk desk,
        BundleKeeper identity,
        IAuditLog audit,
        TimeProvider time
    )
    {
        var caller = context.Caller();
        if (desk.TryEnter(caller) is { } refusal)
        {
            await context.RequestServices.GetRequiredService<LimitAnswer>().WriteAsync(context, refusal);
            return Results.Empty;
        }

        try
        {
            return await AnswerAsync(context, desk, identity, audit, time);
        }
        finally
        {
            desk.Leave(caller);
        }
    }

    private static async Task<IResult> AnswerAsync(
        HttpContext context,
        VerifyDesk desk,
        BundleKeeper identity,
        IAuditLog audit,
        TimeProvider time
    )
    {
        BundleVerification verification;
        using (var seat = desk.Queue.TryTake(work: 1))
        {
            // Before anything of the body is read: only who has a seat may fill memory.
            if (seat is null)
            {
                return new ErrorResult(
                    StatusCodes.Status503ServiceUnavailable,
                    $"{VerifyDesk.Most} bundles are being verified already: ask again",
                    retryAfter: s_soon
                );
            }

            var (body, error) = await ReadAsync(context, time);
            if (error is not null)
            {
                return new ErrorResult(error.Status, error.Message, error.Field);
            }

            using (body)
            {
                try
                {
                    verification = await VerifyDesk.VerifyAsync(seat, body!.Written, context.RequestAborted);
                }
                catch (BundleFormatException exception)
                {
                    return new ErrorResult(StatusCodes.Status400BadRequest, $"the body is no bundle: {exception.Message}");
                }
            }
        }

        var signer = await FindSignerAsync(verification.Signer, identity, context.RequestAborted);
        audit.Count(AuditAct.BundleVerify, context.Caller(), AuditOutcome.Done, StatusCodes.Status200OK);
        return new JsonAnswer<VerificationBody>(
            new VerificationBody(verification.IsValid, signer, [.. verification.Checks.Select(CheckBody.From)]),
            ServerJson.Readable.VerificationBody
        );
    }

    private static async Task<(SecretBuffer? Body, RequestError? Error)> ReadAsync(HttpContext context, TimeProvider time)
    {
        using var late = new CancellationTokenSource(VerifyDesk.Patience, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, late.Token);
        try
        {
            return await BodyReader.ReadAsync(context.Request, LongestBody, stop.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !context.RequestAborted.IsCancellationRequested)
        {
            var message = $"the body must be here within {VerifyDesk.Patience.TotalSeconds.ToString(CultureInfo.InvariantCulture)} seconds";
            return (null, new RequestError(StatusCodes.Status408RequestTimeout, Field: null, message));
        }
    }

    // A service whose own identity cannot be read verifies all the same, and knows nobody.
    private static async Task<string> FindSignerAsync(PublicIdentity? signer, BundleKeeper identity, CancellationToken gone)
    {
        await identity.OpenAsync(mayCreate: false, gone);
        var known = signer is null ? null : identity.Open?.History.FirstOrDefault(each => each.Keys.IsSame(signer));
        return known is null ? "unknown"
            : known.Replaced is null ? "current"
            : "former";
    }
}
