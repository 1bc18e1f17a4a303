using OpenEntropy.Assessment.NonIid;
using OpenEntropy.Assessment.Restart;
using Xunit;

namespace OpenEntropy.Assessment.Tests.Restart;

public sealed class RestartTestTests
{
    private static readonly RestartOptions Quick = new() { SimulationRounds = RestartOptions.FewestSimulationRounds };

    [Theory]
    [InlineData(6.0, 7.0, 6.5, true, 6.0)]
    [InlineData(7.0, 6.0, 6.5, true, 6.0)]
    [InlineData(7.0, 7.5, 6.5, true, 6.5)]
    [InlineData(3.25, 7.0, 6.5, true, 3.25)]
    [InlineData(3.2, 7.0, 6.5, false, null)]
    [InlineData(7.0, 3.2, 6.5, false, null)]
    public void Run_OfSaneSource_IsValidatedByTheLeastEntropy(double row, double column, double initial, bool passed, double? validated)
    {
        var data = RestartData.FromRows(Uniform(256));

        var result = RestartTest.Run(data, initial, Quick, Each(samples => ReferenceEquals(samples, data.Rows) ? row : column));

        Assert.True(result.IsSane);
        Assert.Equal((row, column), (result.RowEntropy, result.ColumnEntropy));
        Assert.Equal((passed, validated), (result.IsPassed, result.ValidatedEntropy));
    }

    [Fact]
    public void Run_OfUniformSamples_ExposesTheFiguresOfTheSanityCheck()
    {
        var samples = Uniform(256);

        var result = RestartTest.Run(RestartData.FromRows(samples), 8, Quick with { Seed = 7 }, Each(_ => 8));

        Assert.Equal(5.0252e-6, result.Alpha, 1e-10);
        Assert.Equal((7UL, Quick.SimulationRounds), (result.Seed, result.SimulationRounds));
        Assert.Equal(samples.Chunk(1_000).Max(Mode), result.RowMaximum);
        Assert.Equal(
            Enumerable.Range(0, 1_000).Max(column => Mode(Enumerable.Range(0, 1_000).Select(row => samples[(1_000 * row) + column]))),
            result.ColumnMaximum
        );
        Assert.Equal(Math.Max(result.RowMaximum, result.ColumnMaximum), result.Maximum);
    }

    [Fact]
    public void Run_OfSourceThatRepeatsItself_FailsInItsColumns()
    {
        var first = Uniform(256)[..1_000];
        var samples = Enumerable.Repeat(first, 1_000).SelectMany(row => row).ToArray();

        var result = RestartTest.Run(RestartData.FromRows(samples), 4, Quick, (_, _) => throw new InvalidOperationException());

        Assert.Equal((1_000, false, false), (result.ColumnMaximum, result.IsSane, result.IsPassed));
        Assert.Null(result.ValidatedEntropy);
        Assert.Null(result.Rows);
    }

    [Fact]
    public void Run_OfOneStuckRestart_FailsInThatRow()
    {
        var samples = Uniform(256);
        samples.AsSpan(17_000, 60).Fill(9);

        var result = RestartTest.Run(RestartData.FromRows(samples), 7, Quick, (_, _) => throw new InvalidOperationException());

        Assert.False(result.IsSane);
        Assert.InRange(result.RowMaximum, 60, 80);
        Assert.True(result.ColumnMaximum < result.Cutoff);
    }

    [Fact]
    public void Run_OfBits_TakesThemAsSymbols()
    {
        var result = RestartTest.Run(RestartData.FromRows(Uniform(2)), 1, Quick, Each(samples => samples.IsBinary ? 0.9 : 0));

        Assert.InRange(result.Cutoff, 565, 580);
        Assert.Equal(0.9, result.ValidatedEntropy);
    }

    [Fact]
    public void FromRows_OfSamples_TransposesThem()
    {
        var samples = Uniform(16);

        var data = RestartData.FromRows(samples, 8);

        Assert.Equal(samples, data.Rows.Samples.ToArray());
        Assert.Equal((samples[17], samples[123_456]), (data.Columns.Samples[17_000], data.Columns.Samples[456_123]));
        Assert.Equal((8, 16), (data.Columns.SymbolBits, data.Columns.AlphabetSize));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(999_999)]
    [InlineData(1_000_001)]
    public void FromRows_OfAnotherNumber_SaysWhatIsNeeded(int samples) =>
        Assert.Contains(
            "1,000,000 in all",
            Assert.Throws<AssessmentInputException>(() => RestartData.FromRows(new byte[samples])).Message,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData(-0.1, "0 to 4 bits")]
    [InlineData(4.1, "0 to 4 bits")]
    [InlineData(double.NaN, "0 to 4 bits")]
    [InlineData(3.5, "12 distinct samples")]
    public void Run_WithImpossibleEntropy_SaysWhatIsPossible(double entropy, string expected) =>
        Assert.Contains(
            expected,
            Assert
                .Throws<AssessmentInputException>(() => RestartTest.Run(RestartData.FromRows(Uniform(10)), entropy, Quick, Each(_ => 3)))
                .Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Run_WithFewRounds_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            RestartTest.Run(RestartData.FromRows(Uniform(10)), 3, Quick with { SimulationRounds = 999_999 })
        );

    private static byte[] Uniform(int alphabet) => SeededSamples.Of(seed: 23, 1_000_000, alphabet);

    private static int Mode(IEnumerable<byte> samples) => samples.CountBy(sample => sample).Max(pair => pair.Value);

    private static Func<IReadOnlyList<SampleSet>, NonIidOptions, IReadOnlyList<NonIidAssessment>> Each(
        Func<SampleSet, double> minEntropy
    ) =>
        (sets, options) =>
        {
            Assert.True(options.LeaveOutBitString);
            return [.. sets.Select(samples => Assessment(minEntropy(samples)))];
        };

    private static NonIidAssessment Assessment(double minEntropy) =>
        new()
        {
            Mode = NonIidMode.Initial,
            Samples = 1_000_000,
            AlphabetSize = 256,
            SymbolBits = 8,
            Bits = 0,
            Literal = [new Estimate(minEntropy)],
            Bitstring = [],
            LiteralLeftOut = [],
            BitstringLeftOut = [],
        };

    private sealed record Estimate(double MinEntropy) : EntropyEstimate(MinEntropy)
    {
        public override string Estimator => "Scripted";

        public override string Clause => "None";
    }
}
