using OpenEntropy.Server.Randomness;
using OpenEntropy.Values;

namespace OpenEntropy.Server.Values;

/// <summary><c>/api/v1/choice</c>: see <see cref="Choice"/>.</summary>
internal sealed class ChoiceValues()
    : ValueKind(
        "choice",
        "Choices from given items, with repetition, with weights if given",
        "With S the sum of the weights, 1 each where none are given, a number u of 0 to S - 1 is drawn as /api/v1/integers draws it; the choice is the "
            + "first item whose weight, added to all before it, exceeds u.",
        ItemList.Field,
        new ValueField("weights", "string", "A weight for each item, whole numbers from 1 to 1000000000 separated by commas.")
        {
            Example = "\"70,20,10\"",
        }
    )
{
    private const long HeaviestItem = 1_000_000_000;

    /// <inheritdoc/>
    public override string ElementType => "string";

    /// <inheritdoc/>
    public override bool TakesItems => true;

    /// <inheritdoc/>
    public override string CountText => "Choices, each from all items.";

    /// <inheritdoc/>
    public override string ExampleAnswer =>
        """{"success":true,"type":"choice","count":2,"conditioned":true,"quality":"drbg","data":["red","red"]}""";

    /// <inheritdoc/>
    public override RequestError? Plan(ValueRequest request, out ValuePlan? plan)
    {
        plan = null;
        long[]? weights = null;
        var error = ItemList.Read(request.Given, out var items) ?? ReadWeights(request.Given, items.Count, out weights);
        if (error is not null)
        {
            return error;
        }

        var choice = weights is null ? new Choice(items.Count) : new Choice(weights);
        var encoded = items.Select(item => ValueText.Encode(item, request.Lines)).ToArray();
        var count = request.Count ?? 1;
        plan = new ValuePlan(Choice.Mapping, count, choice.Need * count, encoded.Max(item => item.Length) + 3, Write)
        {
            HoldsLineBreak = ItemList.FindLineBreak(items),
        };
        return null;

        void Write(ByteSupply supply, ValueText text)
        {
            for (var i = 0; i < count; i++)
            {
                text.AddText(encoded[choice.Next(supply)]);
            }
        }
    }

    private static RequestError? ReadWeights(GivenValues given, int items, out long[]? weights)
    {
        weights = null;
        if (given.Find("weights") is not { } list)
        {
            return null;
        }

        var parts = list.Split(',');
        if (parts.Length != items)
        {
            return FieldValue.Refuse("weights", $"weights must be as many as the items, {items}, separated by commas");
        }

        weights = new long[items];
        for (var i = 0; i < items; i++)
        {
            if (GivenValues.ReadInteger("weights", parts[i], 1, HeaviestItem, out weights[i]) is not null)
            {
                return FieldValue.Refuse(
                    "weights",
                    $"weights must be plain whole numbers between 1 and {HeaviestItem}, separated by commas"
                );
            }
        }

        return null;
    }
}
