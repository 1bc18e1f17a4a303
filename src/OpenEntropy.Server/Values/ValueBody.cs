using OpenEntropy.Server.Randomness;

namespace OpenEntropy.Server.Values;

/// <summary>The answer: the object of <c>/api/v1/random</c> with other members, <c>data</c> last, or its elements on lines.</summary>
internal static class ValueBody
{
    private const int FlushLength = 65_536;

    /// <summary>Sets the headers but the length.</summary>
    /// <param name="response">Nothing of it has been sent.</param>
    /// <param name="request">The request.</param>
    public static void WriteHeaders(HttpResponse response, ValueRequest request) =>
        RandomHeaders.Write(response, request.OfBytes(1), origin: null);

    /// <summary>Writes headers and body.</summary>
    /// <param name="response">Nothing of it has been sent.</param>
    /// <param name="kind">The values' kind.</param>
    /// <param name="request">The request.</param>
    /// <param name="plan">How it was met.</param>
    /// <param name="values">The elements.</param>
    /// <param name="draw">Holds the bytes they were made of.</param>
    public static async Task WriteAsync(
        HttpResponse response,
        ValueKind kind,
        ValueRequest request,
        ValuePlan plan,
        ValueText values,
        ValueDraw draw
    )
    {
        using var head = new ValueText(lines: false);
        if (!request.Lines)
        {
            WriteHead(head, kind, request, plan, draw.Consumed);
            values.Append("]}"u8);
        }

        WriteHeaders(response, request);
        response.ContentLength = head.Written.Length + values.Written.Length;
        await response.StartAsync();
        if (await TryWriteAsync(response, head.Written))
        {
            await TryWriteAsync(response, values.Written);
        }
    }

    /// <summary>Writes the object up to and with the bracket that opens <c>data</c>.</summary>
    internal static void WriteHead(ValueText head, ValueKind kind, ValueRequest request, ValuePlan plan, ReadOnlySpan<byte> consumed)
    {
        head.Append("{\"success\":true,\"type\":\""u8);
        Append(head, kind.Name);
        head.Append("\",\"count\":"u8);
        head.Append(plan.Count);
        foreach (var (name, json) in plan.Members)
        {
            Append(head, $",\"{name}\":{json}");
        }

        head.Append(",\"conditioned\":true,\"quality\":\""u8);
        head.Append(JsonHead.QualityName(request.Conditioning));
        head.Append("\""u8);
        if (request.Proof)
        {
            head.Append(",\"proof\":{\"bytes\":\""u8);
            head.AppendHex(consumed);
            head.Append("\",\"mapping\":\""u8);
            Append(head, plan.Mapping);
            head.Append("\"}"u8);
        }

        head.Append(",\"data\":["u8);
    }

    private static void Append(ValueText head, string ascii) => head.Append(System.Text.Encoding.ASCII.GetBytes(ascii));

    private static async Task<bool> TryWriteAsync(HttpResponse response, ReadOnlyMemory<byte> text)
    {
        for (; !text.IsEmpty; text = text[Math.Min(FlushLength, text.Length)..])
        {
            var part = text[..Math.Min(FlushLength, text.Length)];
            if (
                await response.BodyWriter.WriteAsync(part, response.HttpContext.RequestAborted)
                is { IsCompleted: true }
                    or { IsCanceled: true }
            )
            {
                return false;
            }
        }

        return true;
    }
}
