using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using OpenEntropy.Receipts;
using OpenEntropy.Server.Randomness;

namespace OpenEntropy.Server.Receipts;

/// <summary>What a receipt says, as JSON: nothing but what the engine's accounts can tell of this answer.</summary>
internal static class ReceiptPayload
{
    private static readonly string s_version = typeof(EntropyPool).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    /// <summary>Writes the object up to, and without, the brace that closes it.</summary>
    /// <param name="writer">Receives UTF-8.</param>
    /// <param name="served">The answer.</param>
    /// <param name="pool">The pool, asked after the draw.</param>
    public static void WriteOpen(IBufferWriter<byte> writer, in ServedAnswer served, EntropyPool pool)
    {
        var text = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteNumber("version", ReceiptReader.Version);
            json.WriteString("service_version", s_version);
            json.WriteNumber("sequence", served.Sequence);
            json.WriteString("time", served.Time.UtcDateTime.ToString(ReceiptReader.TimeFormat, CultureInfo.InvariantCulture));
            WriteRequest(json, in served);
            WriteEntropy(json, in served, pool);
            json.WriteEndObject();
        }

        writer.Write(text.WrittenSpan[..^1]);
    }

    private static void WriteRequest(Utf8JsonWriter json, in ServedAnswer served)
    {
        var request = served.Request;
        json.WriteString("quality", JsonHead.QualityName(request.Conditioning));
        json.WriteString("conditioning", ConditioningName(request.Conditioning));
        json.WriteBoolean("fresh", request.Fresh);
        json.WriteString("type", JsonHead.TypeName(request.Type));
        json.WriteNumber("length", request.Length);
        json.WriteNumber("size", request.Size);
        json.WriteNumber("bytes", request.TotalBytes);
        json.WriteString("sha256", served.Sha256);
    }

    private static void WriteEntropy(Utf8JsonWriter json, in ServedAnswer served, EntropyPool pool)
    {
        var blocks = BlocksBehind(served.Request, pool);
        json.WriteNumber("seed_blocks", blocks);
        json.WriteNumber("credited_bits", blocks * pool.BlockRequirementBits);
        json.WriteNumber("leave_out", pool.LeaveOut);
        json.WriteStartArray("sources");
        if (served.Origin is { } origin)
        {
            for (var i = 0; i < origin.Members.Count; i++)
            {
                json.WriteStartObject();
                json.WriteString("name", origin.Members[i]);
                json.WriteString("state", origin.States[i]);
                json.WriteEndObject();
            }
        }
        else
        {
            foreach (var (name, bits) in pool.Earnings)
            {
                json.WriteStartObject();
                json.WriteString("name", name);
                json.WriteNumber("credited_bits_since_start", Math.Round(bits, 1));
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    }

    /// <summary>
    /// Limited and fresh output took these blocks for itself. A generator's plain output rests on its latest seed, which it shares with other
    /// answers: the blocks of one.
    /// </summary>
    private static long BlocksBehind(RandomRequest request, EntropyPool pool) =>
        request.ReadsRaw ? 0
        : request.Conditioning == PoolOutput.Limited ? pool.BlocksOfLimited((int)request.TotalBytes)
        : pool.BlocksOfFresh(request.Fresh ? (int)request.TotalBytes : 1);

    private static string ConditioningName(PoolOutput conditioning) =>
        conditioning switch
        {
            PoolOutput.Drbg => "drbg",
            PoolOutput.Limited => "limited",
            PoolOutput.Raw => "raw",
            _ => "vonneumann",
        };
}

/// <summary>An answer of which a receipt is made.</summary>
/// <param name="Request">What was asked.</param>
/// <param name="Origin">The sources of raw samples; null for other output.</param>
/// <param name="Sha256">Of the random bytes, 64 lower-case digits.</param>
/// <param name="Sequence">The receipt's number.</param>
/// <param name="Time">When it is signed.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ServedAnswer(RandomRequest Request, RawOrigin? Origin, string Sha256, long Sequence, DateTimeOffset Time);
