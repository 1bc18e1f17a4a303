using OpenEntropy.Assessment.NonIid;
using OpenEntropy.Tests;
using Xunit;

namespace OpenEntropy.Assessment.Tests.NonIid;

/// <summary>The estimators of counts and of bits against the figures of NIST's tool.</summary>
public sealed class BitEstimateVectorTests
{
    // The two recordings of noise were assessed by a build of the tool with fused multiply-add, so these values differ in their last digits.
    private const double Fused = 1e-12;

    [VectorTheory]
    [MemberData(nameof(DataSets.All), MemberType = typeof(DataSets))]
    public void MostCommonValue_OfSymbolsAndBits_IsTheTools(string name)
    {
        var (tool, samples) = (DataSets.NonIid(name), DataSets.Samples(name));
        AssertEqual(tool, "Literal", MostCommonValueEstimate.Of(samples.Symbols)!);
        if (!samples.IsBinary)
            AssertEqual(tool, "Bitstring", MostCommonValueEstimate.Of(samples.ToBits())!);
    }

    [VectorTheory]
    [MemberData(nameof(DataSets.All), MemberType = typeof(DataSets))]
    public void Collision_OfBits_IsTheTools(string name)
    {
        var (tool, samples) = (DataSets.NonIid(name), DataSets.Samples(name));
        var prefix = Label(samples) + " Collision Estimate: ";
        var actual = CollisionEstimate.Of(samples.ToBits())!;

        tool.AssertInteger(prefix + "v", actual.Collisions);
        tool.AssertInteger(prefix + "Sum t_i", actual.BitsToCollisions);
        tool.AssertDouble(prefix + "X-bar", actual.Mean);
        tool.AssertDouble(prefix + "sigma-hat", actual.StandardDeviation, Tolerance(name));
        tool.AssertDouble(prefix + "X-bar'", actual.LowerMean);
        Assert.Equal(actual.FoundP, tool.Lines.Contains(prefix + "Found p."));
        tool.AssertDouble(prefix + "p", actual.P);
        tool.AssertDouble(prefix + "min entropy", actual.MinEntropy);
    }

    [VectorTheory]
    [MemberData(nameof(DataSets.All), MemberType = typeof(DataSets))]
    public void Markov_OfBits_IsTheTools(string name)
    {
        var (tool, samples) = (DataSets.NonIid(name), DataSets.Samples(name));
        var prefix = Label(samples) + " Markov Estimate: ";
        var actual = MarkovEstimate.Of(samples.ToBits())!;

        tool.AssertDouble(prefix + "P_0", actual.P0);
        tool.AssertDouble(prefix + "P_1", actual.P1);
        tool.AssertDouble(prefix + "P_{0,0}", actual.P00);
        tool.AssertDouble(prefix + "P_{0,1}", actual.P01);
        tool.AssertDouble(prefix + "P_{1,0}", actual.P10);
        tool.AssertDouble(prefix + "P_{1,1}", actual.P11);
        tool.AssertDouble(prefix + "p-hat_max", actual.PHatMax, Tolerance(name));
        tool.AssertDouble(prefix + "min entropy", actual.MinEntropy, Tolerance(name));
    }

    [VectorTheory]
    [MemberData(nameof(DataSets.All), MemberType = typeof(DataSets))]
    public void Compression_OfBits_IsTheTools(string name)
    {
        var (tool, samples) = (DataSets.NonIid(name), DataSets.Samples(name));
        var prefix = Label(samples) + " Compression Estimate: ";
        var actual = CompressionEstimate.Of(samples.ToBits())!;

        tool.AssertDouble(prefix + "X-bar", actual.Mean);
        tool.AssertDouble(prefix + "sigma-hat", actual.StandardDeviation);
        tool.AssertDouble(prefix + "X-bar'", actual.LowerMean);
        Assert.Equal(actual.FoundP, tool.Lines.Contains(prefix + "Found p."));
        tool.AssertDouble(prefix + "p", actual.P);
        tool.AssertDouble(prefix + "min entropy", actual.MinEntropy);
    }

    private static void AssertEqual(ToolOutput tool, string label, MostCommonValueEstimate actual)
    {
        var prefix = label + " Most Common Value Estimate: ";
        tool.AssertInteger(prefix + "Mode count", actual.ModeCount);
        tool.AssertDouble(prefix + "p-hat", actual.PHat);
        tool.AssertDouble(prefix + "p_u", actual.PUpper);
        tool.AssertDouble(prefix + "min entropy", actual.MinEntropy);
    }

    private static string Label(SampleSet samples) => samples.IsBinary ? "Literal" : "Bitstring";

    private static double Tolerance(string name) => name.StartsWith("noise/", StringComparison.Ordinal) ? Fused : 0;
}
