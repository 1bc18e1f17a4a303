using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using OpenEntropy.Server.Errors;
using OpenEntropy.Server.Limits;
using OpenEntropy.Server.Randomness;

namespace OpenEntropy.Server.Dialects;

/// <summary>
/// What quantum-vllm asks with <c>--quantum-api-url</c>: whether its key may read random bytes, and then for batches of them. The service it was made
/// for closes a batch every so often and serves it to everybody; here every request closes a batch of its own, which nobody else is given.
/// </summary>
internal static class QuantumVllm
{
    /// <summary>Random bytes in a payload: 256 words of 32 bits, of which the client uses one a token.</summary>
    public const int PayloadBytes = 1024;

    private const string Time = "yyyy-MM-ddTHH:mm:ss.fffZ";
    private const int TimeLength = 24;
    private const int HashDigits = 2 * SHA256.HashSizeInBytes;
    private const int PayloadText = (PayloadBytes + 2) / 3 * 4;

    private static readonly byte[] s_capabilities = "{\"capabilities\":{\"qrng\":true}}"u8.ToArray();

    private static readonly int s_bodyLength =
        Payload.Length
        + PayloadText
        + Hash.Length
        + HashDigits
        + ClosedAt.Length
        + TimeLength
        + ServerTime.Length
        + TimeLength
        + End.Length;

    private static ReadOnlySpan<byte> Payload => "{\"payload_b64\":\""u8;

    private static ReadOnlySpan<byte> Hash => "\",\"payload_hash\":\""u8;

    // The cadence is the shortest pause that client ever makes: nothing has to be waited for.
    private static ReadOnlySpan<byte> ClosedAt => "\",\"cadence_ms\":50,\"batch_closed_at\":\""u8;

    private static ReadOnlySpan<byte> ServerTime => "\",\"server_time\":\""u8;

    private static ReadOnlySpan<byte> End => "\"}"u8;

    /// <summary>Tells the one capability there is, to who was let in.</summary>
    /// <param name="context">A GET or HEAD request.</param>
    public static Task CheckKeyAsync(HttpContext context)
    {
        var response = context.Response;
        response.ContentType = "application/json";
        response.ContentLength = s_capabilities.Length;
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : response.Body.WriteAsync(s_capabilities, 0, s_capabilities.Length, context.RequestAborted);
    }

    /// <summary>Draws a payload and answers with it, or refuses with 503. HEAD draws nothing.</summary>
    /// <param name="context">A GET or HEAD request.</param>
    /// <param name="pool">The pool.</param>
    /// <param name="served">Counts what is drawn.</param>
    /// <param name="time">The clock of the times in the answer.</param>
    public static async Task GetLatestAsync(HttpContext context, EntropyPool pool, ServedBytes served, TimeProvider time)
    {
        var count = served.As(ServedType.Base64, context);
        using var quota = OutputQuota.Of(context);
        var draw = new RandomDraw(pool, RandomRequest.OfBytes(PayloadBytes), [], count, time, context.RequestAborted, quota: quota);
        var isHead = HttpMethods.IsHead(context.Request.Method);
        if ((isHead ? quota?.FindRefusal(PayloadBytes) : quota?.TryTake(PayloadBytes)) is { } limit)
        {
            await context.RequestServices.GetRequiredService<LimitAnswer>().WriteAsync(context, limit);
            return;
        }

        using var payload = PooledBytes.Rent(PayloadBytes);
        if ((isHead ? await draw.FindRefusalAsync(PayloadBytes) : await draw.FillAsync(payload.Memory)) is { } refusal)
        {
            await ErrorBody.WriteAsync(context, refusal);
            return;
        }

        var response = context.Response;
        response.ContentType = "application/json";
        response.ContentLength = s_bodyLength;
        if (!isHead)
        {
            await response.StartAsync();
            Write(payload.Span, time.GetUtcNow(), response.BodyWriter.GetSpan(s_bodyLength));
            response.BodyWriter.Advance(s_bodyLength);
        }
    }

    /// <summary>Writes the body.</summary>
    /// <param name="payload"><see cref="PayloadBytes"/> bytes.</param>
    /// <param name="now">When they were drawn, which is when they are sent.</param>
    /// <param name="text">Receives the body.</param>
    /// <returns>Its length.</returns>
    internal static int Write(ReadOnlySpan<byte> payload, DateTimeOffset now, Span<byte> text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(payload, hash);
        Span<byte> moment = stackalloc byte[TimeLength];
        now.UtcDateTime.TryFormat(moment, out _, Time, CultureInfo.InvariantCulture);

        var rest = Append(Payload, text);
        Base64.EncodeToUtf8(payload, rest, out _, out var written);
        rest = Append(Hash, rest[written..]);
        Convert.TryToHexStringLower(hash, rest, out written);
        rest = Append(moment, Append(ClosedAt, rest[written..]));
        rest = Append(moment, Append(ServerTime, rest));
        rest = Append(End, rest);
        return text.Length - rest.Length;
    }

    private static Span<byte> Append(scoped ReadOnlySpan<byte> part, Span<byte> text)
    {
        part.CopyTo(text);
        return text[part.Length..];
    }
}
