using OpenEntropy.Server.Randomness;
using OpenEntropy.Values;

namespace OpenEntropy.Server.Values;

/// <summary><c>/api/v1/shuffle</c>: see <see cref="Shuffle"/>.</summary>
internal sealed class ShuffleValues()
    : ValueKind(
        "shuffle",
        "Given items in random order, all or some of them",
        "The shuffle of Fisher and Yates: for i = 0, 1, ... a number r of 0 to n - 1 - i is drawn as /api/v1/integers draws it, and the items at the "
            + "places i and i + r are exchanged; the first count are the answer. With count below n that is a sample without repetition.",
        ItemList.Field
    )
{
    /// <inheritdoc/>
    public override string ElementType => "string";

    /// <inheritdoc/>
    public override bool TakesItems => true;

    /// <inheritdoc/>
    public override int? DefaultCount => null;

    /// <inheritdoc/>
    public override string CountText => "Items of the answer, at most as many as are given; all where it is not given.";

    /// <inheritdoc/>
    public override string ExampleAnswer =>
        """{"success":true,"type":"shuffle","count":3,"conditioned":true,"quality":"drbg","data":["blue","red","green"]}""";

    /// <inheritdoc/>
    public override RequestError? Plan(ValueRequest request, out ValuePlan? plan)
    {
        plan = null;
        if (ItemList.Read(request.Given, out var items) is { } error)
        {
            return error;
        }

        var count = request.Count ?? items.Count;
        if (count > items.Count)
        {
            return FieldValue.Refuse("count", $"count must be between 1 and {items.Count}, the number of items");
        }

        var encoded = items.Select(item => ValueText.Encode(item, request.Lines)).ToArray();
        plan = new ValuePlan(
            Shuffle.Mapping,
            count,
            DistinctIntegers.Need((ulong)items.Count - 1, count),
            encoded.Max(item => item.Length) + 3,
            Write
        )
        {
            HoldsLineBreak = ItemList.FindLineBreak(items),
        };
        return null;

        void Write(ByteSupply supply, ValueText text)
        {
            var order = encoded.ToArray();
            Shuffle.Apply<byte[]>(supply, order, count);
            foreach (var item in order.AsSpan(0, count))
            {
                text.AddText(item);
            }
        }
    }
}
