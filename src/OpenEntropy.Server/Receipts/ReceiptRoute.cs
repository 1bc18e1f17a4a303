using System.Buffers;
using System.Security.Cryptography;
using OpenEntropy.Server.Errors;
using OpenEntropy.Server.Randomness;

namespace OpenEntropy.Server.Receipts;

/// <summary>Answers requests for random values with a receipt.</summary>
/// <param name="identity">Signs.</param>
/// <param name="pool">Its accounts stand in the receipt.</param>
/// <param name="time">Dates it.</param>
internal sealed class ReceiptRoute(ServiceIdentity identity, EntropyPool pool, TimeProvider time)
{
    /// <summary>Answers. Nothing is drawn before there is a key to sign with; for <c>HEAD</c> nothing is drawn, made or signed.</summary>
    /// <param name="context">A GET or HEAD request.</param>
    /// <param name="request">What it asks; its format is JSON or a JWS.</param>
    /// <param name="draw">Gives the bytes.</param>
    public async Task HandleAsync(HttpContext context, RandomRequest request, RandomDraw draw)
    {
        try
        {
            var isHead = HttpMethods.IsHead(context.Request.Method);
            var problem =
                await identity.OpenAsync(mayCreate: !isHead, context.RequestAborted)
                ?? (isHead ? await AnswerHeadAsync(context, request, draw) : await AnswerAsync(context, request, draw));
            if (problem is not null)
            {
                await ErrorBody.WriteAsync(
                    context,
                    StatusCodes.Status503ServiceUnavailable,
                    problem.Message,
                    retryAfter: problem.RetryAfter
                );
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Abort(); // the client hung up
        }
    }

    private static async Task<IdentityProblem?> AnswerHeadAsync(HttpContext context, RandomRequest request, RandomDraw draw)
    {
        if (await draw.FindRefusalAsync(request.TotalBytes) is { } refusal)
        {
            return IdentityProblem.From(refusal);
        }

        RandomHeaders.Write(context.Response, in request, draw.FindOrigin());
        return null;
    }

    private async Task<IdentityProblem?> AnswerAsync(HttpContext context, RandomRequest request, RandomDraw draw)
    {
        using var bytes = PooledBytes.Rent((int)request.TotalBytes);
        if (await draw.FillAsync(bytes.Memory) is { } refusal)
        {
            return IdentityProblem.From(refusal);
        }

        var (key, sequence) = identity.Open!;
        long number;
        try
        {
            number = await sequence.NextAsync();
        }
        catch (Exception exception) when (exception is IdentityException or IOException or UnauthorizedAccessException)
        {
            return identity.Tell(exception);
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes.Span));
        var served = new ServedAnswer(request, draw.FindOrigin(), hash, number, time.GetUtcNow());
        var head = MakeHead(in served, key);
        RandomHeaders.Write(context.Response, in request, served.Origin);
        await (
            request.Format == BodyFormat.Jose
                ? ReceiptBodies.WriteFlattenedAsync(context.Response, head, request, bytes.Memory, key)
                : ReceiptBodies.WriteAsync(context.Response, head, request, bytes.Memory)
        );
        return null;
    }

    /// <summary>What stands before the elements: of the payload that holds them, or of the ANU object with the signed payload in it.</summary>
    private byte[] MakeHead(in ServedAnswer served, SigningKey key)
    {
        var payload = new ArrayBufferWriter<byte>(1024);
        ReceiptPayload.WriteOpen(payload, in served, pool);
        payload.Write(served.Request.Format == BodyFormat.Jose ? JsonHead.Data : "}"u8);
        return served.Request.Format == BodyFormat.Jose
            ? payload.WrittenSpan.ToArray()
            : ReceiptText.Head(in served, ReceiptText.Compact(key, payload.WrittenSpan));
    }
}
