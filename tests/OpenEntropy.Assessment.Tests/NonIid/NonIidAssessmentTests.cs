using OpenEntropy.Assessment.NonIid;
using OpenEntropy.Tests;
using Xunit;

namespace OpenEntropy.Assessment.Tests.NonIid;

public sealed class NonIidAssessmentTests
{
    /// <summary>The recordings of noise were assessed by a build with fused multiply-add, which moves last digits of some estimates.</summary>
    private static double Tolerance(string name) => name.StartsWith("noise/", StringComparison.Ordinal) ? 1e-12 : 0;

    [VectorTheory]
    [MemberData(nameof(DataSets.All), MemberType = typeof(DataSets))]
    public void Run_OfNistsData_GivesTheFiguresOfItsTool(string name)
    {
        ToolFigures.AssertEqual(DataSets.NonIid(name), NonIidAssessment.Run(DataSets.Samples(name)), Tolerance(name));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Run_WithAnyParallelism_GivesTheSame(int parallelism)
    {
        var samples = SampleSet.FromSamples(Sawtooth(20_000));

        var (one, several) = (Run(1), Run(parallelism));

        Assert.Equal(one.Literal, several.Literal);
        Assert.Equal(one.Bitstring, several.Bitstring);

        NonIidAssessment Run(int count) => NonIidAssessment.Run(samples, new NonIidOptions { Parallelism = count });
    }

    [Fact]
    public void Run_OfConditionedOutput_LooksAtTheBitStringAlone()
    {
        var samples = SampleSet.FromSamples(Sawtooth(20_000));

        var assessment = NonIidAssessment.Run(samples, new NonIidOptions { Mode = NonIidMode.Conditioned });

        Assert.Empty(assessment.Literal);
        Assert.Null(assessment.HOriginal);
        Assert.Equal(assessment.HBitstring, assessment.MinEntropy);
        Assert.Equal(NonIidAssessment.Run(samples).Bitstring, assessment.Bitstring);
    }

    [Fact]
    public void Run_WithoutTheBitString_IsOfTheSymbolsAlone()
    {
        var samples = SampleSet.FromSamples(Sawtooth(20_000));
        var whole = NonIidAssessment.Run(samples);

        var assessment = NonIidAssessment.Run(samples, new NonIidOptions { LeaveOutBitString = true });

        Assert.Equal(whole.Literal, assessment.Literal);
        Assert.Equal((0, null), (assessment.Bits, assessment.HBitstring));
        Assert.Empty(assessment.Bitstring);
        Assert.Empty(assessment.BitstringLeftOut);
        Assert.Equal(whole.HOriginal, assessment.MinEntropy);
    }

    [Fact]
    public void Run_OfConditionedOutputWithoutTheBitString_IsRefused() =>
        Assert.Contains(
            "cannot be left out",
            Assert
                .Throws<ArgumentException>(() =>
                    NonIidAssessment.Run(
                        SampleSet.FromSamples(Sawtooth(2_000)),
                        new NonIidOptions { Mode = NonIidMode.Conditioned, LeaveOutBitString = true }
                    )
                )
                .Message,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Run_OfSeveralSets_GivesWhatEachGivesAlone(int parallelism)
    {
        SampleSet[] sets = [SampleSet.FromSamples(Sawtooth(20_000)), SampleSet.FromSamples(SeededSamples.Of(seed: 5, 12_000, 2))];

        var together = NonIidAssessment.Run(sets, new NonIidOptions { Parallelism = parallelism });

        foreach (var (alone, assessment) in sets.Select(samples => NonIidAssessment.Run(samples)).Zip(together))
        {
            Assert.Equal(alone.Literal, assessment.Literal);
            Assert.Equal(alone.Bitstring, assessment.Bitstring);
        }
    }

    [Fact]
    public void Run_OfTruncatedBitString_LooksAtAMillionBits()
    {
        var bytes = Sawtooth(130_000);
        var (whole, million) = (SampleSet.FromSamples(bytes), SampleSet.FromSamples(bytes.AsSpan(0, 125_000)));

        var truncated = NonIidAssessment.Run(whole, new NonIidOptions { TruncateBitString = true });

        Assert.Equal(1_000_000, truncated.Bits);
        Assert.Equal(NonIidAssessment.Run(million, new NonIidOptions { Mode = NonIidMode.Conditioned }).Bitstring, truncated.Bitstring);
        Assert.Equal(NonIidAssessment.Run(whole, new NonIidOptions { LeaveOutBitString = true }).Literal, truncated.Literal);
    }

    [Fact]
    public void Run_OfTwoDistantSymbols_IsBinary()
    {
        var bits = Sawtooth(20_000).Select(value => (byte)(value % 3 == 0 ? 1 : 0)).ToArray();
        var distant = bits.Select(bit => (byte)(bit * 200)).ToArray();

        var assessment = NonIidAssessment.Run(SampleSet.FromSamples(distant));

        Assert.Null(assessment.HBitstring);
        Assert.Equal(NonIidAssessment.Run(SampleSet.FromSamples(bits)).Literal, assessment.Literal);
    }

    [Fact]
    public void Run_OfTooFew_SaysHowManyAreNeeded()
    {
        var samples = SampleSet.FromSamples(Sawtooth(NonIidAssessment.MinimumSamples - 1));

        var exception = Assert.Throws<AssessmentInputException>(() => NonIidAssessment.Run(samples));

        Assert.Contains("999 samples", exception.Message, StringComparison.Ordinal);
        Assert.Contains("1,000", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(65)]
    public void Run_WithParallelismOutOfRange_IsRefused(int parallelism)
    {
        var samples = SampleSet.FromSamples(Sawtooth(2_000));

        var options = new NonIidOptions { Parallelism = parallelism };

        Assert.Contains(
            "1 to 64",
            Assert.Throws<ArgumentOutOfRangeException>(() => NonIidAssessment.Run(samples, options)).Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Run_EndedByItsCheckpoint_TellsTheCaller(int parallelism)
    {
        var samples = SampleSet.FromSamples(Sawtooth(100_000));
        using var cancellation = new CancellationTokenSource();
        var calls = 0;
        void Check()
        {
            if (Interlocked.Increment(ref calls) == 5)
                cancellation.Cancel();
            cancellation.Token.ThrowIfCancellationRequested();
        }

        var options = new NonIidOptions { Parallelism = parallelism, Checkpoint = Check };

        Assert.Throws<OperationCanceledException>(() => NonIidAssessment.Run(samples, options));
    }

    /// <summary>Samples that repeat in part: a quadratic sequence modulo 251.</summary>
    private static byte[] Sawtooth(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)((long)i * i / 7 % 251))];

    [Fact]
    public void Run_OfNothing_IsRefused() => Assert.Throws<ArgumentNullException>(() => NonIidAssessment.Run(null!));
}
