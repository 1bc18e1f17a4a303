using OpenEntropy.Assessment.Randomness;
using OpenEntropy.Assessment.Randomness.Sp80022;
using Xunit;

namespace OpenEntropy.Assessment.Tests.Randomness.Sp80022;

/// <summary>The worked examples of SP 800-22 Rev. 1a, section 2, in both modes; p-values to the digits NIST's program gives.</summary>
public sealed class WorkedExampleTests
{
    internal const string Pi100 = "1100100100001111110110101010001000100001011010001100001000110100110001001100011001100010100010111000";

    private const string LongestRun128 =
        "11001100000101010110110001001100111000000000001001001101010100010001001111010110100000001101011111001100111001101101100010110010";

    [Theory]
    [InlineData("1011010101", 0.52708925686553809)]
    [InlineData(Pi100, 0.109598583399116)]
    public void Frequency_OfTheExample_GivesItsPValue(string bits, double expected) =>
        AssertBoth(new FrequencyTest(), bits, new(), expected);

    [Theory]
    [InlineData("0110011010", 3, 0.80125195690120088)]
    [InlineData(Pi100, 10, 0.70643844964128089)]
    public void BlockFrequency_OfTheExample_GivesItsPValue(string bits, int length, double expected) =>
        AssertBoth(new BlockFrequencyTest(), bits, new() { BlockFrequencyLength = length }, expected);

    [Theory]
    [InlineData("1001101011", 0.14723225536366569)]
    [InlineData(Pi100, 0.50079791788709027)]
    public void Runs_OfTheExample_GivesItsPValue(string bits, double expected) => AssertBoth(new RunsTest(), bits, new(), expected);

    [Fact]
    public void LongestRun_OfTheExample_GivesItsPValue() => AssertBoth(new LongestRunTest(), LongestRun128, new(), 0.1806093182397121);

    [Fact]
    public void Serial_OfTheExample_GivesItsPValues() =>
        AssertBoth(new SerialTest(), "0011011101", new() { SerialLength = 3 }, 0.80879213541099859, 0.67032004603563855);

    [Theory]
    [InlineData("0100110101", 3, 0.2619611048816653)]
    [InlineData(Pi100, 2, 0.23530074585898728)]
    public void ApproximateEntropy_OfTheExample_GivesItsPValue(string bits, int length, double expected) =>
        AssertBoth(new ApproximateEntropyTest(), bits, new() { ApproximateEntropyLength = length }, expected);

    [Theory]
    [InlineData("1011010111", 0.41165861915380253, 0.41165861915380253)]
    [InlineData(Pi100, 0.21919399348562674, 0.11486621530252139)]
    public void CumulativeSums_OfTheExample_GivesItsPValues(string bits, double forward, double backward) =>
        AssertBoth(new CumulativeSumsTest(), bits, new(), forward, backward);

    [Fact]
    public void Universal_OfTheExample_GivesItsStatistic()
    {
        // 2.9.4: L = 2, Q = 4, K = 6, f_n = 1.1949875; too short for the test as a whole.
        var sum = UniversalTest.SumOfLogarithms(BitSources.Parse("01011010011101010111"), 2, 4, 6, null);

        Assert.Equal(1.1949875, sum / 6, 1e-7);
    }

    [Fact]
    public void Excursions_OfTheExample_GivesItsCyclesAndVisits()
    {
        // 2.14.4 and 2.15.4: three cycles, {0, -1, 0}, {0, 1, 0} and {0, 1, 2, 1, 2, 1, 2, 0}; too few for the tests as a whole.
        var counts = ExcursionCounts.Of(BitSources.Parse("0110110101"), null);

        Assert.Equal((3, 2), (counts.Cycles, counts.Returns));
        Assert.Equal((1, 4, 3), (counts.Visits(-1), counts.Visits(1), counts.Visits(2)));
        Assert.Equal((1, 1, 1), (counts.CyclesWith(0, 1), counts.CyclesWith(1, 1), counts.CyclesWith(3, 1)));
        Assert.Equal((2, 1), (counts.CyclesWith(0, -1), counts.CyclesWith(1, -1)));
    }

    private static void AssertBoth(RandomnessTest test, string bits, RandomnessOptions options, params double[] expected)
    {
        foreach (var mode in Enum.GetValues<Sp80022Mode>())
        {
            var actual = Run(test, bits, options with { Mode = mode });
            Assert.Equal(expected.Length, actual.Length);
            for (var i = 0; i < expected.Length; i++)
                Assert.Equal(expected[i], actual[i], 1e-10 * expected[i]);
        }
    }

    private static double[] Run(RandomnessTest test, string bits, RandomnessOptions options) =>
        [.. test.Run(BitSources.Parse(bits), options).PValues.Select(p => p.Value)];
}
