using System.Security.Cryptography;
using System.Text;
using OpenEntropy.Server.Errors;
using OpenEntropy.Server.Limits;
using OpenEntropy.Server.Randomness;

namespace OpenEntropy.Server.Dialects;

/// <summary>
/// What Debian's <c>pollinate</c> asks: it posts a challenge, checks that the first line of the answer is its SHA-512, and so knows that it was answered
/// and not given what was said to somebody else.
/// </summary>
/// <remarks>
/// It is a POST, but no act: nothing changes but that bytes were drawn, as with a GET of <c>/api/v1/random</c>. So a page of another site is answered as
/// it is there; browsers do not show it the answer.
/// </remarks>
internal static class Pollen
{
    /// <summary>The longest challenge, characters as sent and once decoded; <c>pollinate</c>'s has 128.</summary>
    public const int LongestChallenge = FieldValue.LongestText;

    /// <summary>The longest form, bytes.</summary>
    public const int LongestForm = 4096;

    /// <summary>The seed, bytes.</summary>
    public const int SeedBytes = 64;

    private const string FormType = "application/x-www-form-urlencoded";
    private const int LineLength = (2 * SHA512.HashSizeInBytes) + 1;
    private const int BodyLength = 2 * LineLength;

    private static string BadChallenge =>
        $"challenge must be given, as a field of a form ({FormType}) of at most {LongestForm} bytes, and be 1 to {LongestChallenge} characters";

    /// <summary>Answers a challenge with its hash and a seed, or refuses with 400 or 503.</summary>
    /// <param name="context">A POST request.</param>
    /// <param name="pool">The pool.</param>
    /// <param name="served">Counts what is drawn.</param>
    public static async Task AnswerAsync(HttpContext context, EntropyPool pool, ServedBytes served)
    {
        // The hash of the challenge, and after it the seed.
        using var answer = PooledBytes.Rent(SHA512.HashSizeInBytes + SeedBytes);
        if (!await TryHashChallengeAsync(context.Request, answer.Memory[..SHA512.HashSizeInBytes], context.RequestAborted))
        {
            await ErrorBody.WriteAsync(context, StatusCodes.Status400BadRequest, BadChallenge, "challenge");
            return;
        }

        using var quota = OutputQuota.Of(context);
        if (quota?.TryTake(SeedBytes) is { } limit)
        {
            await context.RequestServices.GetRequiredService<LimitAnswer>().WriteAsync(context, limit);
            return;
        }

        if (pool.TryGetBytes(answer.Span[SHA512.HashSizeInBytes..]) is { } refusal)
        {
            await ErrorBody.WriteAsync(context, refusal);
            return;
        }

        served.As(ServedType.Hex, context).Add(PoolOutput.Drbg, SeedBytes, isFirst: true);
        quota?.Drew(SeedBytes);
        var response = context.Response;
        response.ContentType = "text/plain; charset=utf-8";
        response.ContentLength = BodyLength;
        await response.StartAsync();
        WriteLines(answer.Span, response.BodyWriter.GetSpan(BodyLength));
        response.BodyWriter.Advance(BodyLength);
    }

    /// <summary>Refuses with 400: without a challenge there is nothing to answer.</summary>
    /// <param name="context">A GET or HEAD request.</param>
    public static Task RefuseGetAsync(HttpContext context) =>
        ErrorBody.WriteAsync(context, StatusCodes.Status400BadRequest, $"this route takes a POST: {BadChallenge}", "challenge");

    /// <summary>Hashes the first <c>challenge</c> of a form.</summary>
    /// <param name="form">As received, still percent-encoded.</param>
    /// <param name="hash">Receives the SHA-512 of its UTF-8.</param>
    /// <returns>False where there is none, or none that is valid.</returns>
    internal static bool TryHash(ReadOnlySpan<byte> form, Span<byte> hash)
    {
        if (!Ascii.IsValid(form))
        {
            return false;
        }

        Span<char> text = stackalloc char[form.Length];
        Span<char> buffer = stackalloc char[FieldValue.LongestText];
        _ = Encoding.ASCII.GetChars(form, text);
        var reader = new QueryReader(text);
        while (reader.MoveNext())
        {
            if (QueryReader.TryDecode(reader.Name, buffer, out var name) && name is "challenge")
            {
                return TryHashValue(reader.Value, buffer, hash);
            }
        }

        return false;
    }

    private static bool TryHashValue(ReadOnlySpan<char> encoded, Span<char> buffer, Span<byte> hash)
    {
        if (encoded.Length is 0 or > LongestChallenge || !QueryReader.TryDecode(encoded, buffer, out var challenge))
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[3 * LongestChallenge];
        SHA512.HashData(bytes[..Encoding.UTF8.GetBytes(challenge, bytes)], hash);
        return true;
    }

    private static async ValueTask<bool> TryHashChallengeAsync(HttpRequest request, Memory<byte> hash, CancellationToken gone)
    {
        if (!IsForm(request.ContentType) || request.ContentLength > LongestForm)
        {
            return false;
        }

        using var form = PooledBytes.Rent(LongestForm + 1);
        var length = await request.Body.ReadAtLeastAsync(form.Memory, form.Memory.Length, throwOnEndOfStream: false, gone);
        return length <= LongestForm && TryHash(form.Span[..length], hash.Span);
    }

    // Parameters of the type, such as a charset, say nothing about a form (WHATWG URL, 5).
    private static bool IsForm(ReadOnlySpan<char> type)
    {
        var end = type.IndexOf(';');
        return (end < 0 ? type : type[..end]).Trim().Equals(FormType, StringComparison.OrdinalIgnoreCase);
    }

    private static void WriteLines(ReadOnlySpan<byte> bytes, Span<byte> text)
    {
        for (; !bytes.IsEmpty; bytes = bytes[SeedBytes..])
        {
            Convert.TryToHexStringLower(bytes[..SeedBytes], text, out var digits);
            text[digits] = (byte)'\n';
            text = text[LineLength..];
        }
    }
}
