using OpenEntropy.Server.Randomness;
using OpenEntropy.Values;

namespace OpenEntropy.Server.Values;

/// <summary><c>/api/v1/integers</c>: see <see cref="IntegerRange"/>.</summary>
internal sealed class IntegerValues()
    : ValueKind(
        "integers",
        "Whole numbers of a range, without modulo bias",
        "With n = max - min + 1 and w the fewest bytes with 256^w >= n: w bytes are taken as a number u, the most significant first; "
            + "where u >= floor(256^w / n) * n it is dropped and the next w are taken; the value is min + (u mod n).",
        RangeFields.Min,
        RangeFields.Max
    )
{
    /// <inheritdoc/>
    public override string ElementType => "integer";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Echoes => ["min", "max"];

    /// <inheritdoc/>
    public override string ExampleAnswer =>
        """{"success":true,"type":"integers","count":3,"min":1,"max":6,"conditioned":true,"quality":"drbg","data":[4,1,6]}""";

    /// <inheritdoc/>
    public override RequestError? Plan(ValueRequest request, out ValuePlan? plan)
    {
        plan = null;
        if (RangeFields.Read(request.Given, out var range) is { } error)
        {
            return error;
        }

        var count = request.Count ?? 1;
        var quoted = RangeFields.AreQuoted(range);
        plan = new ValuePlan(IntegerRange.Mapping, count, range.Need * count, ValueText.LongestNumber, Write)
        {
            Members = RangeFields.Members(range),
        };
        return null;

        void Write(ByteSupply supply, ValueText text)
        {
            for (var i = 0; i < count; i++)
            {
                text.AddNumber(range.Next(supply), quoted);
            }
        }
    }
}
