using System.Buffers;
using OpenEntropy.Server.Randomness;
using OpenEntropy.Values;

namespace OpenEntropy.Server.Values;

/// <summary><c>/api/v1/sequence</c>: see <see cref="DistinctIntegers"/>.</summary>
internal sealed class SequenceValues()
    : ValueKind(
        "sequence",
        "Distinct whole numbers of a range in random order",
        "The shuffle of Fisher and Yates over min to max, broken off after count numbers: for i = 0, 1, ... a number r of 0 to n - 1 - i is "
            + "drawn as /api/v1/integers draws it, the number at the place i + r is given out, and the one at the place i takes its place.",
        RangeFields.Min,
        RangeFields.Max
    )
{
    /// <inheritdoc/>
    public override string ElementType => "integer";

    /// <inheritdoc/>
    public override string CountText => "Numbers, at most as many as the range has.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Echoes => ["min", "max"];

    /// <inheritdoc/>
    public override string ExampleAnswer =>
        """{"success":true,"type":"sequence","count":6,"min":1,"max":49,"conditioned":true,"quality":"drbg","data":[17,4,45,31,9,22]}""";

    /// <inheritdoc/>
    public override RequestError? Plan(ValueRequest request, out ValuePlan? plan)
    {
        plan = null;
        if (RangeFields.Read(request.Given, out var range) is { } error)
        {
            return error;
        }

        var last = unchecked((ulong)range.Max - (ulong)range.Min);
        var count = request.Count ?? 1;
        if ((ulong)count - 1 > last)
        {
            return FieldValue.Refuse("count", $"count must be between 1 and {last + 1}, the number of values from min to max");
        }

        plan = new ValuePlan(DistinctIntegers.Mapping, count, DistinctIntegers.Need(last, count), ValueText.LongestNumber, Write)
        {
            Members = RangeFields.Members(range),
        };
        return null;

        void Write(ByteSupply supply, ValueText text)
        {
            var numbers = ArrayPool<long>.Shared.Rent(count);
            try
            {
                DistinctIntegers.Fill(supply, range.Min, range.Max, numbers.AsSpan(0, count));
                foreach (var number in numbers.AsSpan(0, count))
                {
                    text.AddNumber(number, RangeFields.AreQuoted(range));
                }
            }
            finally
            {
                ArrayPool<long>.Shared.Return(numbers, clearArray: true);
            }
        }
    }
}
