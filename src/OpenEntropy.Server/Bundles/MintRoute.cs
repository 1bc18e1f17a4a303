using OpenEntropy.Pqc;
using OpenEntropy.Server.Audit;
using OpenEntropy.Server.Errors;
using OpenEntropy.Server.Randomness;
using OpenEntropy.Server.Security;

namespace OpenEntropy.Server.Bundles;

/// <summary>Answers requests for bundles.</summary>
internal static class MintRoute
{
    /// <summary>The most bytes of a request.</summary>
    public const int LongestBody = 16_384;

    private const string IdempotencyKey = "Idempotency-Key";
    private const int LongestKey = 255;

    /// <summary>Reads the request, makes the bundle and answers with it.</summary>
    /// <param name="context">A POST request.</param>
    /// <param name="mint">Makes it.</param>
    /// <param name="counts">Counts it.</param>
    /// <param name="audit">Tells of it.</param>
    /// <remarks>Not async itself: routing looks at the type behind an async handler, and that would load the algorithms at the start.</remarks>
    public static Task<IResult> HandleAsync(HttpContext context, BundleMint mint, BundleCounts counts, IAuditLog audit) =>
        AnswerAsync(context, mint, counts, audit);

    private static async Task<IResult> AnswerAsync(HttpContext context, BundleMint mint, BundleCounts counts, IAuditLog audit)
    {
        var (body, error) = await BodyReader.ReadAsync(context.Request, LongestBody, context.RequestAborted);
        BundleRequest? request = null;
        RepeatableRequest? repeatable = null;
        using (body)
        {
            error ??= BundleRequestReader.Read(body!.Written.Span, out request);
            if (error is null && context.Request.Headers[IdempotencyKey] is [{ } key])
            {
                repeatable = RepeatableRequest.Of(key, body!.Written.Span);
            }
        }

        using (request)
        using (repeatable)
        {
            error ??= FindError(context, request!);
            if (error is not null)
            {
                counts.AddRefused(error.Status == StatusCodes.Status403Forbidden ? "plain_http" : "request");
                return new ErrorResult(error.Status, error.Message, error.Field);
            }

            var result = await mint.MintAsync(
                request!,
                repeatable,
                IsChaosMagnet(context),
                () => audit.BeginAsync(context, AuditAct.BundleMint, subject: null),
                context.RequestAborted
            );
            if (result is MintResult.Repeated)
            {
                audit.Count(AuditAct.BundleMint, context.Caller(), AuditOutcome.Refused, StatusCodes.Status200OK); // nothing new was made
            }

            return Answer(context, result, counts);
        }
    }

    private static IResult Answer(HttpContext context, MintResult result, BundleCounts counts)
    {
        switch (result)
        {
            case MintResult.Made made:
                counts.AddMinted();
                context.Response.Headers.Location = $"/api/v1/pqc/bundles/{made.Id}";
                return new SecretAnswer(made.Text);
            case MintResult.Repeated repeated:
                context.Response.Headers.Location = $"/api/v1/pqc/bundles/{repeated.Id}";
                return TypedResults.Bytes(repeated.Text, "application/json");
            default:
                var refused = (MintResult.Refused)result;
                counts.AddRefused(refused.Reason);
                return new ErrorResult(refused.Status, refused.Message, refused.Field, refused.RetryAfter);
        }
    }

    private static bool IsChaosMagnet(HttpContext context) => context.Request.Query["format"] == "chaosmagnet";

    private static RequestError? FindError(HttpContext context, BundleRequest request)
    {
        var format = context.Request.Query["format"];
        if (format.Count > 0 && format != "chaosmagnet" && format != "bundle")
        {
            return new RequestError(StatusCodes.Status400BadRequest, "format", "format must be bundle or chaosmagnet");
        }

        var keys = context.Request.Headers[IdempotencyKey];
        if (keys.Count > 1 || (keys.Count == 1 && keys[0] is not { Length: >= 1 and <= LongestKey }) || keys.ToString().Any(IsNoKey))
        {
            return new RequestError(
                StatusCodes.Status400BadRequest,
                IdempotencyKey,
                $"{IdempotencyKey} must be one text of 1 to {LongestKey} visible ASCII characters"
            );
        }

        if (
            IsChaosMagnet(context)
            && (
                ChaosMagnetForm.WhyNot(request)
                ?? (keys.Count > 0 ? "the form chaosmagnet cannot be repeated: it takes no Idempotency-Key" : null)
            )
                is { } why
        )
        {
            return new RequestError(StatusCodes.Status400BadRequest, "format", why);
        }

        return request.Passphrase is not null || SecretPolicy.AllowsClear(context)
            ? null
            : new RequestError(StatusCodes.Status403Forbidden, "passphrase", SecretPolicy.Refusal);
    }

    private static bool IsNoKey(char character) => character is < '!' or > '~';

    /// <summary>An answer that is zeroed when it was sent.</summary>
    private sealed class SecretAnswer(SecretBuffer text) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            using (text)
            {
                var response = httpContext.Response;
                response.StatusCode = StatusCodes.Status201Created;
                response.ContentType = "application/json";
                response.ContentLength = text.Length;
                await response.Body.WriteAsync(text.Written, httpContext.RequestAborted);
            }
        }
    }
}
