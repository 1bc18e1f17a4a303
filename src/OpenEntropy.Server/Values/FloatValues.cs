using OpenEntropy.Server.Randomness;
using OpenEntropy.Values;

namespace OpenEntropy.Server.Values;

/// <summary><c>/api/v1/floats</c>: see <see cref="UnitFloats"/>.</summary>
internal sealed class FloatValues()
    : ValueKind(
        "floats",
        "Numbers from 0 up to but not 1, of 53 bits",
        "7 bytes are taken as a number, the most significant first; its lowest 3 bits are dropped and the rest is multiplied by 2^-53. "
            + "Each is written as the shortest decimal that reads back as the same double."
    )
{
    /// <inheritdoc/>
    public override string ElementType => "number";

    /// <inheritdoc/>
    public override string ExampleAnswer =>
        """{"success":true,"type":"floats","count":1,"conditioned":true,"quality":"drbg","data":[0.7105262347234]}""";

    /// <inheritdoc/>
    public override RequestError? Plan(ValueRequest request, out ValuePlan? plan)
    {
        var count = request.Count ?? 1;
        plan = new ValuePlan(UnitFloats.Mapping, count, new ByteNeed(UnitFloats.Width, 0) * count, ValueText.LongestNumber, Write);
        return null;

        void Write(ByteSupply supply, ValueText text)
        {
            for (var i = 0; i < count; i++)
            {
                text.AddNumber(UnitFloats.Next(supply));
            }
        }
    }
}
