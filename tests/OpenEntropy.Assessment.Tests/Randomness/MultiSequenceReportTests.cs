using OpenEntropy.Assessment.Randomness;
using Xunit;

namespace OpenEntropy.Assessment.Tests.Randomness;

public sealed class MultiSequenceReportTests
{
    [Fact]
    public void Of_AThousandSequences_HasTheLimitsOfThePublication()
    {
        // 4.2.1: 1000 sequences, 996 pass: proportion 0.996; the interval is 0.99 ± 0.0094392.
        var row = Assert.Single(Report(Enumerable.Range(0, 1000).Select(i => i < 4 ? 0.005 : (i + 10) / 1010.0)).Rows);

        Assert.Equal(0.996, row.Proportion!.Value, 12);
        Assert.Equal(0.99 - 0.00943928, row.LowerLimit!.Value, 7);
        Assert.Equal(0.99 + 0.00943928, row.UpperLimit!.Value, 7);
        Assert.True(row.ProportionAccepted);
    }

    [Fact]
    public void Of_EvenPValues_AreUniform()
    {
        var row = Assert.Single(Report(Enumerable.Range(0, 100).Select(i => i / 99.0)).Rows);

        Assert.Equal(Enumerable.Repeat(10, 10), row.Bins);
        Assert.Equal(1, row.Uniformity!.Value, 12);
        Assert.True(row.UniformityAccepted);
    }

    [Fact]
    public void Of_UnevenPValues_HasTheirChiSquare()
    {
        // 20 and 0 in two of ten tenths: chi-square 20, igamc(4.5, 10) = 0.0179124.
        var row = Assert.Single(Report(Enumerable.Range(0, 100).Select(i => (i < 10 ? i + 10.5 : i + 0.5) / 100)).Rows);

        Assert.Equal([0, 20, 10, 10, 10, 10, 10, 10, 10, 10], row.Bins);
        Assert.Equal(0.0179124, row.Uniformity!.Value, 7);
    }

    [Fact]
    public void Of_TooManyFailing_IsNotAccepted()
    {
        var report = Report(Enumerable.Range(0, 100).Select(i => i < 5 ? 0.001 : (i + 0.5) / 100));

        Assert.False(Assert.Single(report.Rows).ProportionAccepted);
        Assert.False(report.Accepted);
    }

    [Fact]
    public void Of_FewSequences_DoesNotJudgeUniformity()
    {
        Assert.Null(Assert.Single(Report(Enumerable.Repeat(0.5, 54)).Rows).Uniformity);
        Assert.False(Assert.Single(Report(Enumerable.Repeat(0.5, 55)).Rows).UniformityAccepted);
    }

    [Fact]
    public void Of_Bounds_DoesNotAskForFailures()
    {
        var report = Report(Enumerable.Repeat(1.0, 1000), PValueKind.Bound);

        Assert.True(report.Accepted);
        Assert.Null(Assert.Single(report.Rows).Uniformity);
        Assert.False(Report(Enumerable.Repeat(1.0, 1000)).Accepted);
    }

    [Fact]
    public void Of_Excursions_CountsApplicableSequences()
    {
        var tests = RandomnessBattery.Sp80022.Where(test => test.Name.StartsWith("Random excursions", StringComparison.Ordinal)).ToList();
        var sequences = new[] { "alternating", "zeros", "alternating" }
            .Select(kind => RandomnessBattery.Run(tests, BitSequence.FromBits(BitSources.Bits(kind, 4000, 1))))
            .ToList();
        var report = MultiSequenceReport.Of(sequences);

        Assert.Equal(3, report.Sequences);
        Assert.Equal(8 + 18, report.Rows.Count);
        Assert.All(report.Rows, row => Assert.Equal(2, row.Sequences));
        var none = MultiSequenceReport.Of([sequences[1]]);
        Assert.All(none.Rows, row => Assert.Equal((0, null, null), (row.Sequences, row.Proportion, row.ProportionAccepted)));
    }

    [Fact]
    public void Of_DifferentTests_IsRefused()
    {
        var bits = BitSequence.FromBits(BitSources.Bits("fair", 4000, 1));
        var (one, two) = (RandomnessBattery.Run([RandomnessBattery.All[0]], bits), RandomnessBattery.Run([RandomnessBattery.All[1]], bits));

        Assert.Contains(
            "sequence 2",
            Assert.Throws<AssessmentInputException>(() => MultiSequenceReport.Of([one, two])).Message,
            StringComparison.Ordinal
        );
        Assert.Throws<AssessmentInputException>(() => MultiSequenceReport.Of([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => MultiSequenceReport.Of([one], 0));
    }

    private static MultiSequenceReport Report(IEnumerable<double> pValues, PValueKind kind = PValueKind.Uniform) =>
        MultiSequenceReport.Of([
            .. pValues.Select(p =>
                (IReadOnlyList<RandomnessTestResult>)
                    [
                        new RandomnessTestResult
                        {
                            Name = "A test",
                            Source = "",
                            Kind = kind,
                            PValues = [new PValue("", p)],
                        },
                    ]
            ),
        ]);

    [Theory]
    [InlineData("p1")]
    [InlineData("p1", "p3")]
    [InlineData("p1", "p2", "p3")]
    public void Of_OtherPValuesOfTheSameTest_IsRefused(params string[] names)
    {
        var exception = Assert.Throws<AssessmentInputException>(() =>
            MultiSequenceReport.Of([
                [Named("p1", "p2")],
                [Named(names)],
            ])
        );

        Assert.Contains("same parameters", exception.Message, StringComparison.Ordinal);

        static RandomnessTestResult Named(params string[] names) =>
            new()
            {
                Name = "Serial",
                Source = "SP 800-22 Rev. 1a, 2.11",
                PValues = [.. names.Select(name => new PValue(name, 0.5))],
            };
    }
}
