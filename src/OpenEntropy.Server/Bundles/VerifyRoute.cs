using OpenEntropy.Pqc.Bundles;
using OpenEntropy.Server.Errors;
using OpenEntropy.Server.Hosting;

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
    /// <remarks>Not async itself, as in <see cref="MintRoute"/>.</remarks>
    public static Task<IResult> HandleAsync(HttpContext context, VerifyDesk desk, BundleKeeper identity) =>
        AnswerAsync(context, desk, identity);

    private static async Task<IResult> AnswerAsync(HttpContext context, VerifyDesk desk, BundleKeeper identity)
    {
        var (body, error) = await BodyReader.ReadAsync(context.Request, LongestBody);
        if (error is not null)
        {
            return new ErrorResult(error.Status, error.Message, error.Field);
        }

        using (body)
        {
            try
            {
                if (await desk.VerifyAsync(body!.Written, context.RequestAborted) is not { } verification)
                {
                    return new ErrorResult(
                        StatusCodes.Status503ServiceUnavailable,
                        $"{VerifyDesk.Most} bundles are being verified already: ask again",
                        retryAfter: s_soon
                    );
                }

                var signer = await FindSignerAsync(verification.Signer, identity, context.RequestAborted);
                return new JsonAnswer<VerificationBody>(
                    new VerificationBody(verification.IsValid, signer, [.. verification.Checks.Select(CheckBody.From)]),
                    ServerJson.Readable.VerificationBody
                );
            }
            catch (BundleFormatException exception)
            {
                return new ErrorResult(StatusCodes.Status400BadRequest, $"the body is no bundle: {exception.Message}");
            }
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
