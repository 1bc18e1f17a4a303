using System.Globalization;
using OpenEntropy.Assessment.NonIid;
using OpenEntropy.Tests;
using Xunit;

namespace OpenEntropy.Assessment.Tests.NonIid;

public sealed class PredictionEstimateVectorTests
{
    // Where the logarithms of a processor and ours differ in the 64th bit, the bisection for P_local may end on a neighbouring step of the rounded
    // function: so in one of the eleven P_local here, by 3 in 10^14.
    private const double LocalTolerance = 1e-13;

    private static readonly string[] s_predictors = ["MultiMCW", "Lag", "MultiMMC", "LZ78Y"];

    [VectorTheory]
    [MemberData(nameof(DataSets.All), MemberType = typeof(DataSets))]
    public void Of_TheToolsCounts_GivesTheToolsEstimate(string name)
    {
        var (tool, alphabetSize) = (DataSets.NonIid(name), DataSets.Samples(name).AlphabetSize);
        var compared = 0;
        foreach (var label in (string[])["Bitstring", "Literal"])
        foreach (var predictor in s_predictors)
        {
            var prefix = $"{label} {predictor} Prediction Estimate: ";
            if (!tool.Has(prefix + "C"))
                continue;
            long Integer(string value) => long.Parse(tool[prefix + value], CultureInfo.InvariantCulture);
            var counts = new PredictionCounts(Integer("C"), Integer("r"), Integer("N"));
            var actual = PredictionEstimate.Of(predictor, "6.3", counts, label == "Literal" ? alphabetSize : 2);
            AssertEqual(tool, prefix, actual);
            compared++;
        }

        Assert.Equal(alphabetSize == 2 ? 4 : 8, compared);
    }

    private static void AssertEqual(ToolOutput tool, string prefix, PredictionEstimate actual)
    {
        tool.AssertDouble(prefix + "P_global", actual.PGlobal);
        tool.AssertDouble(prefix + "P_global'", actual.PGlobalUpper);
        tool.AssertDouble(prefix + "min entropy", actual.MinEntropy, actual.PLocal is null ? 0 : LocalTolerance);
        Assert.Equal(tool.Has(prefix + "P_local"), actual.PLocal is not null);
        if (actual.PLocal is { } local)
            tool.AssertDouble(prefix + "P_local", local, LocalTolerance);
        else
            Assert.Contains(prefix + "P_local can't change the result.", tool.Lines);
    }
}
