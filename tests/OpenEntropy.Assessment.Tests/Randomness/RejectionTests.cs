using OpenEntropy.Assessment.Randomness;
using Xunit;

namespace OpenEntropy.Assessment.Tests.Randomness;

/// <summary>Every test rejects a sequence that has what it looks for, and accepts a good one.</summary>
public sealed class RejectionTests
{
    private static readonly Lazy<IReadOnlyList<RandomnessTestResult>> OfGoodSequence = new(() =>
        RandomnessBattery.Run(RandomnessBattery.All, BitSequence.FromBits(BitSources.Bits("fair", 1_000_000, 4)))
    );

    /// <summary>The test, and a defect that it rejects.</summary>
    private static readonly (string Test, string Defect)[] Table =
    [
        ("Frequency", "biased"),
        ("Block frequency", "sticky"),
        ("Runs", "alternating"),
        ("Longest run of ones in a block", "sticky"),
        ("Binary matrix rank", "repeated rows"),
        ("Discrete Fourier transform", "period"),
        ("Non-overlapping template matching", "period"),
        ("Overlapping template matching", "sticky"),
        ("Maurer's universal", "period"),
        ("Linear complexity", "period"),
        ("Serial", "sticky"),
        ("Approximate entropy", "sticky"),
        ("Cumulative sums", "one change"),
        ("Random excursions", "alternating"),
        ("Random excursions variant", "alternating"),
        ("Byte frequency", "biased"),
        ("Byte frequency", "counter"),
        ("Spectral flatness", "zeros"),
        ("Spectral flatness", "sticky"),
        ("Spectral flatness", "shift register"),
        ("Shannon entropy", "biased"),
        ("Shannon entropy", "counter"),
        ("Min-entropy", "one byte too often"),
        ("Permutation entropy", "sawtooth"),
        ("Compression ratio", "period"),
        ("Kolmogorov complexity, upper bound", "ramp"),
        ("Autocorrelation", "echo"),
        ("Serial correlation", "slow bytes"),
        ("Lag-N correlation", "echo of bytes"),
        ("Cross-correlation", "coupled channels"),
        ("Kolmogorov-Smirnov", "half range"),
        ("Kolmogorov-Smirnov", "too even"),
        ("Anderson-Darling", "too many small"),
        ("Anderson-Darling", "too even"),
        ("Birthday spacings", "coarse"),
        ("Birthday spacings", "zeros"),
        ("Birthday spacings", "counter"),
        ("Bit avalanche", "four bits flipped"),
        ("Monte Carlo pi", "half range"),
        ("Mean and variance", "narrow"),
        ("Mean and variance", "biased"),
    ];

    public static TheoryData<string, string> Rejections
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var (test, defect) in Table)
                data.Add(test, defect);
            return data;
        }
    }

    public static TheoryData<string> Names => [.. RandomnessBattery.All.Select(test => test.Name)];

    [Theory]
    [MemberData(nameof(Rejections))]
    public void Run_OfDefectiveSequence_Rejects(string test, string defect)
    {
        var result = RandomnessBattery.Find(test)!.Run(DefectiveSources.Of(defect), new());

        Assert.Null(result.Inapplicable);
        Assert.True(result.PValues.Min(p => p.Value) < 1e-6, $"{result.PValues.Min(p => p.Value)}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Run_OfGoodSequence_Accepts(string test)
    {
        Assert.Contains(Table, row => row.Test == test);
        var result = Assert.Single(OfGoodSequence.Value, result => result.Name == test);

        Assert.Null(result.Inapplicable);
        Assert.True(result.PValues.Min(p => p.Value) > 0.01 / (10 * result.PValues.Count), $"{result.PValues.Min(p => p.Value)}");
    }
}
