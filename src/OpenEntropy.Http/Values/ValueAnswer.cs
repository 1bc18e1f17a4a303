using System.Globalization;
using System.Text.Json;
using static OpenEntropy.Http.Answers.AnswerCheck;

namespace OpenEntropy.Http.Values;

/// <summary>Checks a JSON answer with derived values against what was asked for.</summary>
/// <param name="type">The route's name.</param>
/// <param name="count">Elements.</param>
/// <param name="options">What was asked for.</param>
internal sealed class ValueAnswer(string type, int count, ValueOptions options)
{
    /// <summary>The values, all of which were looked at.</summary>
    /// <param name="root">The answer.</param>
    /// <param name="element">Reads one of them, or throws.</param>
    /// <exception cref="ServiceAnswerException">It is not what was asked for.</exception>
    public RandomValues<T> Read<T>(JsonElement root, Func<JsonElement, T> element)
    {
        var quality = (options.Bytes ?? RandomOptions.Default).Quality;
        Expect(root.GetProperty("success").GetBoolean(), "success is false");
        Expect(root.GetProperty("type").GetString() == type, $"type is not {type}");
        Expect(root.GetProperty("count").GetInt32() == count, $"count is not {count}");
        Expect(root.GetProperty("conditioned").GetBoolean(), "conditioned is false");
        Expect(root.GetProperty("quality").GetString() == quality, $"quality is not {quality}");
        var data = root.GetProperty("data");
        Expect(data.GetArrayLength() == count, $"{count} elements were asked for, and {data.GetArrayLength()} came");
        return new RandomValues<T>([.. data.EnumerateArray().Select(element)], quality, options.Proof ? ProofOf(root) : null);
    }

    /// <summary>A whole number of a range; those of ranges beyond 2^53 are texts.</summary>
    /// <param name="element">The number.</param>
    /// <param name="min">The smallest.</param>
    /// <param name="max">The largest.</param>
    public static long Integer(JsonElement element, long min, long max)
    {
        var value =
            element.ValueKind == JsonValueKind.String
                ? long.Parse(Text(element), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)
                : element.GetInt64();
        Expect(value >= min && value <= max, $"an element is not between {min} and {max}");
        return value;
    }

    private static ValueProof ProofOf(JsonElement root)
    {
        var proof = root.GetProperty("proof");
        return new ValueProof(
            Convert.FromHexString(Text(proof.GetProperty("bytes"))),
            Text(proof.GetProperty("mapping")),
            root.TryGetProperty("time", out var time) ? time.GetInt64() : null
        );
    }
}
