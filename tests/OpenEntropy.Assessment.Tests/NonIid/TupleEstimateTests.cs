using OpenEntropy.Assessment.NonIid;
using OpenEntropy.Assessment.Suffixes;
using OpenEntropy.Tests;
using Xunit;

namespace OpenEntropy.Assessment.Tests.NonIid;

public sealed class TupleEstimateTests
{
    [VectorTheory]
    [MemberData(nameof(DataSets.All), MemberType = typeof(DataSets))]
    public void Of_NistsData_EqualsTheTool(string name)
    {
        var samples = DataSets.Samples(name);
        var tool = DataSets.NonIid(name);

        var (symbols, bits) = RepeatedTuples.OfBoth(samples, checkpoint: null);

        AssertEqual(tool, "Literal", symbols);
        Assert.Equal(samples.IsBinary, !tool.Has("Bitstring t-Tuple Estimate: t"));
        if (!samples.IsBinary)
            AssertEqual(tool, "Bitstring", bits);
    }

    [Fact]
    public void Of_SymbolsTooRare_IsNone()
    {
        var samples = SampleSet.FromSamples(Enumerable.Repeat<byte[]>([0, 1, 2], 34).SelectMany(three => three).ToArray());

        Assert.Null(TupleEstimate.Of(RepeatedTuples.OfSymbols(samples, checkpoint: null)));
    }

    [Fact]
    public void Of_NothingRepeated_IsNone()
    {
        var tuples = RepeatedTuples.OfSymbols(SampleSet.FromSamples([2, 0, 1, 3]), checkpoint: null);

        Assert.Equal((0, 0), (tuples.LongestFrequent, tuples.LongestRepeated));
        Assert.Null(TupleEstimate.Of(tuples));
        Assert.Null(LongestRepeatedSubstringEstimate.Of(tuples));
    }

    [Fact]
    public void Of_AllThatIsRepeatedFrequent_IsNoRepeatedSubstringEstimate()
    {
        // 35 zeros among symbols that occur once: v = t = 1.
        var samples = Enumerable.Range(0, 70).Select(i => (byte)(i % 2 == 0 ? 0 : i)).ToArray();

        var tuples = RepeatedTuples.OfSymbols(SampleSet.FromSamples(samples), checkpoint: null);

        Assert.Equal(1, TupleEstimate.Of(tuples)!.T);
        Assert.Null(LongestRepeatedSubstringEstimate.Of(tuples));
    }

    private static void AssertEqual(ToolOutput tool, string label, RepeatedTuples tuples)
    {
        var tuple = TupleEstimate.Of(tuples)!;
        tool.AssertInteger($"{label} t-Tuple Estimate: t", tuple.T);
        tool.AssertDouble($"{label} t-Tuple Estimate: p-hat_max", tuple.PHatMax);
        tool.AssertDouble($"{label} t-Tuple Estimate: p_u", tuple.PUpper);
        tool.AssertDouble($"{label} t-Tuple Estimate: min entropy", tuple.MinEntropy);
        var longest = LongestRepeatedSubstringEstimate.Of(tuples)!;
        tool.AssertInteger($"{label} LRS Estimate: u", longest.U);
        tool.AssertInteger($"{label} LRS Estimate: v", longest.V);
        tool.AssertDouble($"{label} LRS Estimate: p-hat", longest.PHat);
        tool.AssertDouble($"{label} LRS Estimate: p_u", longest.PUpper);
        tool.AssertDouble($"{label} LRS Estimate: min entropy", longest.MinEntropy);
    }
}
