using System.Globalization;
using OpenEntropy.Assessment.NonIid;
using Xunit;

namespace OpenEntropy.Assessment.Tests.NonIid;

/// <summary>Compares an assessment with every figure that NIST's tool printed of the same samples.</summary>
internal static class ToolFigures
{
    // Where the logarithms of a processor and ours differ in the 64th bit, the bisection for P_local may end on a neighbouring step of the rounded
    // function: so in a few P_local, by some parts in 10^14.
    private const double LocalTolerance = 1e-13;

    /// <summary>Asserts that integers are identical, doubles within a tolerance, and that neither has a figure that the other has not.</summary>
    /// <param name="tool">What the tool printed.</param>
    /// <param name="actual">The assessment.</param>
    /// <param name="tolerance">The relative tolerance; 0: identical, but for P_local.</param>
    public static void AssertEqual(ToolOutput tool, NonIidAssessment actual, double tolerance = 0)
    {
        var figures = Figures("Literal", actual.Literal).Concat(Figures("Bitstring", actual.Bitstring)).ToList();
        Assert.Equal(
            tool.Names.Where(name =>
                    name.StartsWith("Literal ", StringComparison.Ordinal) || name.StartsWith("Bitstring ", StringComparison.Ordinal)
                )
                .Order(),
            figures.Select(figure => figure.Name).Order()
        );
        foreach (var (name, integer, value, isLocal) in figures)
        {
            if (integer is { } whole)
                tool.AssertInteger(name, whole);
            else
                tool.AssertDouble(name, value, isLocal ? Math.Max(tolerance, LocalTolerance) : tolerance);
        }

        AssertFound(tool, "Literal", actual.Literal);
        AssertFound(tool, "Bitstring", actual.Bitstring);
        AssertLeast(tool, actual, figures.Any(figure => figure.IsLocal) ? Math.Max(tolerance, LocalTolerance) : tolerance);
    }

    private static void AssertLeast(ToolOutput tool, NonIidAssessment actual, double tolerance)
    {
        tool.AssertDouble("H_original", actual.HOriginal!.Value, tolerance);
        Assert.Equal(tool.Has("H_bitstring"), actual.HBitstring is not null);
        if (actual.HBitstring is { } bitstring)
        {
            tool.AssertDouble("H_bitstring", bitstring, tolerance);
            tool.AssertDouble("H_bitstring Per Symbol", bitstring * actual.SymbolBits, tolerance);
        }

        var line = tool.Lines.Single(line => line.StartsWith("Assessed min entropy", StringComparison.Ordinal));
        var assessed = double.Parse(line[(line.IndexOf(':') + 1)..], CultureInfo.InvariantCulture);
        Assert.InRange(actual.MinEntropy, assessed * (1 - tolerance), assessed * (1 + tolerance));
    }

    private static void AssertFound(ToolOutput tool, string sequence, IReadOnlyList<EntropyEstimate> estimates)
    {
        foreach (var estimate in estimates)
        {
            if (estimate is CollisionEstimate { FoundP: var found })
                Assert.Equal(found, tool.Lines.Contains($"{sequence} {estimate.Estimator}: Found p."));
            if (estimate is CompressionEstimate { FoundP: var explained })
                Assert.Equal(explained, tool.Lines.Contains($"{sequence} {estimate.Estimator}: Found p."));
        }
    }

    private static IEnumerable<Figure> Figures(string sequence, IReadOnlyList<EntropyEstimate> estimates) =>
        from estimate in estimates
        from figure in Figures(estimate)
        select figure with
        {
            Name = $"{sequence} {estimate.Estimator}: {figure.Name}",
        };

    private static Figure[] Figures(EntropyEstimate estimate) =>
        estimate switch
        {
            MostCommonValueEstimate e => [Of("Mode count", e.ModeCount), Of("p-hat", e.PHat), Of("p_u", e.PUpper), Of(e.MinEntropy)],
            CollisionEstimate e =>
            [
                Of("v", e.Collisions),
                Of("Sum t_i", e.BitsToCollisions),
                .. Means(e.Mean, e.StandardDeviation, e.LowerMean),
                Of("p", e.P),
                Of(e.MinEntropy),
            ],
            MarkovEstimate e =>
            [
                Of("P_0", e.P0),
                Of("P_1", e.P1),
                Of("P_{0,0}", e.P00),
                Of("P_{0,1}", e.P01),
                Of("P_{1,0}", e.P10),
                Of("P_{1,1}", e.P11),
                Of("p-hat_max", e.PHatMax),
                Of(e.MinEntropy),
            ],
            CompressionEstimate e => [.. Means(e.Mean, e.StandardDeviation, e.LowerMean), Of("p", e.P), Of(e.MinEntropy)],
            TupleEstimate e => [Of("t", (long)e.T), Of("p-hat_max", e.PHatMax), Of("p_u", e.PUpper), Of(e.MinEntropy)],
            LongestRepeatedSubstringEstimate e =>
            [
                Of("u", (long)e.U),
                Of("v", (long)e.V),
                Of("p-hat", e.PHat),
                Of("p_u", e.PUpper),
                Of(e.MinEntropy),
            ],
            PredictionEstimate e => Of(e),
            _ => throw new ArgumentException("An estimate of no known kind.", nameof(estimate)),
        };

    private static Figure[] Of(PredictionEstimate e)
    {
        Figure[] counted =
        [
            Of("C", e.Correct),
            Of("r", e.RunBound),
            Of("N", e.Predictions),
            Of("P_global", e.PGlobal),
            Of("P_global'", e.PGlobalUpper),
        ];
        return e.PLocal is { } local
            ? [.. counted, Of("P_local", local) with { IsLocal = true }, Of(e.MinEntropy) with { IsLocal = true }]
            : [.. counted, Of(e.MinEntropy)];
    }

    private static Figure[] Means(double mean, double deviation, double lower) =>
        [Of("X-bar", mean), Of("sigma-hat", deviation), Of("X-bar'", lower)];

    private static Figure Of(double minEntropy) => Of("min entropy", minEntropy);

    private static Figure Of(string name, double value) => new(name, null, value, IsLocal: false);

    private static Figure Of(string name, long value) => new(name, value, value, IsLocal: false);

    private sealed record Figure(string Name, long? Integer, double Value, bool IsLocal);
}
