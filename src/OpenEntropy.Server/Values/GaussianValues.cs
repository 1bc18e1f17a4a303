using System.Globalization;
using OpenEntropy.Server.Randomness;
using OpenEntropy.Values;

namespace OpenEntropy.Server.Values;

/// <summary><c>/api/v1/gaussians</c>: see <see cref="Gaussians"/>.</summary>
internal sealed class GaussianValues()
    : ValueKind(
        "gaussians",
        "Normally distributed numbers",
        "The polar method, in pairs, by operations that IEEE 754 rounds alike everywhere, the logarithm included: the API reference states it step by "
            + "step. Each is written as the shortest decimal that reads back as the same double.",
        new ValueField("mean", "number", "The mean; a plain decimal number with at most 15 digits on either side of the point.")
        {
            Default = "0",
            Least = -MostParameter,
            Most = MostParameter,
        },
        new ValueField("deviation", "number", "The standard deviation, above 0; written as the mean is.")
        {
            Default = "1",
            Least = 0,
            Most = MostParameter,
        }
    )
{
    private const long MostParameter = 1_000_000_000_000;

    /// <summary>Even, so that no pair is cut.</summary>
    private const int Chunk = 256;

    /// <inheritdoc/>
    public override string ElementType => "number";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Echoes => ["mean", "deviation"];

    /// <inheritdoc/>
    public override string ExampleAnswer =>
        """{"success":true,"type":"gaussians","count":2,"mean":100,"deviation":15,"conditioned":true,"quality":"drbg","data":[91.25736230561,118.4021735466]}""";

    /// <inheritdoc/>
    public override RequestError? Plan(ValueRequest request, out ValuePlan? plan)
    {
        plan = null;
        var (mean, deviation) = ("0", "1");
        var error =
            request.Given.ReadDecimal("mean", -MostParameter, open: false, MostParameter, ref mean)
            ?? request.Given.ReadDecimal("deviation", 0, open: true, MostParameter, ref deviation);
        if (error is not null)
        {
            return error;
        }

        var count = request.Count ?? 1;
        var (center, width) = (double.Parse(mean, CultureInfo.InvariantCulture), double.Parse(deviation, CultureInfo.InvariantCulture));
        plan = new ValuePlan(Gaussians.Mapping, count, Gaussians.Need(count), ValueText.LongestNumber, Write)
        {
            Members = [("mean", mean), ("deviation", deviation)],
        };
        return null;

        void Write(ByteSupply supply, ValueText text)
        {
            Span<double> numbers = stackalloc double[Chunk];
            for (var left = count; left > 0; left -= Chunk)
            {
                var chunk = numbers[..Math.Min(left, Chunk)];
                Gaussians.Fill(supply, center, width, chunk);
                foreach (var number in chunk)
                {
                    text.AddNumber(number);
                }
            }
        }
    }
}
