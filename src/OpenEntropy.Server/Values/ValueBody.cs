using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using OpenEntropy.Server.Randomness;

namespace OpenEntropy.Server.Values;

/// <summary>The answer: the object of <c>/api/v1/random</c> with other members, <c>data</c> last, or its elements on lines.</summary>
internal static class ValueBody
{
    private const int FlushLength = 32_768;
    private const int LeastSpan = 64;

    /// <summary>Sets the headers but the length.</summary>
    /// <param name="response">Nothing of it has been sent.</param>
    /// <param name="request">The request.</param>
    public static void WriteHeaders(HttpResponse response, ValueRequest request) =>
        RandomHeaders.Write(response, request.OfBytes(1), origin: null);

    /// <summary>Writes the body as its client reads it.</summary>
    /// <param name="response">Its headers are set, but for the length.</param>
    /// <param name="made">The answer.</param>
    public static async Task WriteAsync(HttpResponse response, MadeValues made)
    {
        response.ContentLength = made.Start.Length + (2L * made.Proof.Length) + made.Middle.Length + made.Values.Length;
        await response.StartAsync();
        var writer = response.BodyWriter;
        writer.Write(made.Start);
        for (var proof = made.Proof; !proof.IsEmpty; proof = proof[Math.Min(FlushLength, proof.Length)..])
        {
            WriteHex(writer, proof.Span[..Math.Min(FlushLength, proof.Length)]);
            if (!await ClientFlush.SendAsync(response))
            {
                return;
            }
        }

        writer.Write(made.Middle);
        foreach (var part in made.Values.Parts)
        {
            if (!await ClientFlush.SendAsync(response, part))
            {
                return;
            }
        }
    }

    /// <summary>What closes the object.</summary>
    public static ReadOnlySpan<byte> End => "]}"u8;

    /// <summary>Puts what stands around the elements around them, and counts what is held from here on.</summary>
    /// <param name="kind">The values' kind.</param>
    /// <param name="request">The request.</param>
    /// <param name="plan">How it was met.</param>
    /// <param name="values">The elements.</param>
    /// <param name="proof">The array that the proof's bytes begin, and how many there are; empty where there is none.</param>
    /// <param name="held">What the answer has of all memory.</param>
    public static MadeValues Finish(
        ValueKind kind,
        ValueRequest request,
        ValuePlan plan,
        ValueText values,
        (byte[] Bytes, int Count) proof,
        HeldMemory held
    )
    {
        if (!request.Lines)
        {
            values.Append(End);
        }

        held.SetTo(values.Held + proof.Bytes.Length);
        return new MadeValues(
            request.Lines ? [] : StartOf(kind, request, plan),
            request.Proof ? Encoding.ASCII.GetBytes($"\",\"mapping\":\"{plan.Mapping}\"}},\"data\":[") : [],
            values,
            proof,
            held
        );
    }

    private static byte[] StartOf(ValueKind kind, ValueRequest request, ValuePlan plan)
    {
        var text = new StringBuilder($"{{\"success\":true,\"type\":\"{kind.Name}\",\"count\":");
        text.Append(CultureInfo.InvariantCulture, $"{plan.Count}");
        foreach (var (name, json) in plan.Members)
        {
            text.Append(CultureInfo.InvariantCulture, $",\"{name}\":{json}");
        }

        text.Append(",\"conditioned\":true,\"quality\":\"").Append(Encoding.ASCII.GetString(JsonHead.QualityName(request.Conditioning)));
        return Encoding.ASCII.GetBytes(text.Append(request.Proof ? "\",\"proof\":{\"bytes\":\"" : "\",\"data\":[").ToString());
    }

    // As much as the transport's block has room for: a longer span would come from the array pool of the whole process.
    private static void WriteHex(PipeWriter writer, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var span = writer.GetSpan(LeastSpan);
            var part = bytes[..Math.Min(bytes.Length, span.Length / 2)];
            _ = Convert.TryToHexStringLower(part, span, out var digits);
            writer.Advance(digits);
            bytes = bytes[part.Length..];
        }
    }
}
