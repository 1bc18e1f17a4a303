using OpenEntropy.Assessment.Quick;
using Xunit;

namespace OpenEntropy.Assessment.Tests.Quick;

public sealed class QuickMetricsTests
{
    public static TheoryData<string, int> Windows
    {
        get
        {
            var windows = new TheoryData<string, int>();
            foreach (var name in Distributions.Keys)
            {
                windows.Add(name, QuickMetrics.FewestSamples);
                windows.Add(name, 4_096);
            }

            return windows;
        }
    }

    private static readonly Dictionary<string, double[]> Distributions = new(StringComparer.Ordinal)
    {
        ["uniform"] = Normalised(256, _ => 1),
        ["uniform of 16"] = Normalised(16, _ => 1),
        ["geometric, slow"] = Normalised(256, value => Math.Pow(0.98, value)),
        ["geometric, fast"] = Normalised(256, value => Math.Pow(0.7, value)),
        ["harmonic"] = Normalised(256, value => 1.0 / (1 + value)),
        ["bell"] = Normalised(256, value => Math.Exp(-(value - 128) * (value - 128) / 800.0)),
        ["one value half the time"] = Normalised(256, value => value == 0 ? 255 : 1),
        ["bit"] = [0.6, 0.4],
        ["rare bit"] = [0.99, 0.01],
        ["rarer bit"] = [0.9995, 0.0005],
    };

    [Theory]
    [MemberData(nameof(Windows))]
    public void Of_ThousandWindows_HoldsTheTruthAtItsRate(string name, int length)
    {
        const int windows = 1_000;
        var probabilities = Distributions[name];
        var generator = new SplitMix(31);
        var held = new int[3];
        for (var window = 0; window < windows; window++)
        {
            var metrics = QuickMetrics.Of(generator.Samples(length, probabilities));
            held[0] += Holds(metrics.Shannon, -probabilities.Sum(p => p * Math.Log2(p)));
            held[1] += Holds(metrics.MostCommonValue, -Math.Log2(probabilities.Max()));
            held[2] += Holds(metrics.Collision, -Math.Log2(probabilities.Sum(p => p * p)));
        }

        // 99 % of 1,000, less three standard deviations of that count.
        Assert.True(held.All(count => count >= 981), string.Join(' ', held));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(17)]
    [InlineData(256)]
    public void Of_AnyWindow_IsOrderedAndInBounds(int alphabet)
    {
        var generator = new SplitMix((ulong)alphabet);
        for (var window = 0; window < 200; window++)
        {
            var length = QuickMetrics.FewestSamples + generator.Below(3_000);
            var decay = generator.Unit();
            var metrics = QuickMetrics.Of(generator.Samples(length, Normalised(alphabet, value => Math.Pow(decay, value))));

            foreach (var metric in new[] { metrics.Shannon, metrics.MostCommonValue, metrics.Collision })
            {
                Assert.True(metric is { Lower: >= 0, Upper: <= 8, Value: >= 0 and <= 8, PlugIn: >= 0 and <= 8 }, metric.ToString());
                Assert.True(metric.Lower <= metric.Value && metric.Value <= metric.Upper, metric.ToString());
                Assert.Equal(length, metric.Samples);
            }

            // Rényi's entropies fall with their order.
            Assert.True(metrics.Shannon.PlugIn >= metrics.Collision.PlugIn - 1e-12);
            Assert.True(metrics.Collision.PlugIn >= metrics.MostCommonValue.PlugIn - 1e-12);
        }
    }

    [Fact]
    public void Of_BytesInTurn_IsEight()
    {
        var samples = Enumerable.Range(0, 4_096).Select(i => (byte)i).ToArray();

        var metrics = QuickMetrics.Of(samples);

        Assert.Equal(8, metrics.Shannon.PlugIn, 1e-12);
        Assert.Equal((8.0, 8.0), (metrics.MostCommonValue.PlugIn, metrics.Collision.PlugIn));
        Assert.Equal((8.0, 8.0), (metrics.Shannon.Value, metrics.Shannon.Upper));
        // p_u = 1/256 + Z √(255/256² / 4095), as SP 800-90B, 6.3.1 has it.
        Assert.Equal(
            -Math.Log2((1 / 256.0) + (2.5758293035489008 * Math.Sqrt(255 / 65_536.0 / 4_095))),
            metrics.MostCommonValue.Value,
            1e-12
        );
    }

    [Fact]
    public void Of_HalvesAndQuarters_IsAsComputedByHand()
    {
        var samples = Enumerable.Range(0, 2_048).Select(i => (byte)(i % 4 < 2 ? 0 : i % 4)).ToArray();

        var metrics = QuickMetrics.Of(samples);

        Assert.Equal(1.5, metrics.Shannon.PlugIn, 1e-12);
        Assert.Equal(1.5 + (2 / (4_096 * Math.Log(2))), metrics.Shannon.Value, 1e-12);
        Assert.Equal(1, metrics.MostCommonValue.PlugIn);
        Assert.Equal(-Math.Log2(3 / 8.0), metrics.Collision.PlugIn, 1e-12);
        Assert.Equal(-Math.Log2(((1_024.0 * 1_023) + (2 * 512 * 511)) / (2_048.0 * 2_047)), metrics.Collision.Value, 1e-12);
    }

    [Fact]
    public void Of_OneValue_IsNothingButMayBeALittle()
    {
        var metrics = QuickMetrics.Of(new byte[2_048]);

        foreach (var metric in new[] { metrics.Shannon, metrics.MostCommonValue, metrics.Collision })
        {
            Assert.Equal((0.0, 0.0, 0.0), (metric.Value, metric.PlugIn, metric.Lower));
            Assert.InRange(metric.Upper, 1e-4, 0.1);
        }
    }

    [Fact]
    public void Of_LongerWindow_HasNarrowerIntervals()
    {
        var samples = new SplitMix(3).Samples(65_536, Distributions["harmonic"]);

        var (brief, full) = (QuickMetrics.Of(samples.AsSpan(0, 2_048)), QuickMetrics.Of(samples));

        Assert.True(Width(full.Shannon) < Width(brief.Shannon) / 3);
        Assert.True(Width(full.MostCommonValue) < Width(brief.MostCommonValue) / 3);
        Assert.True(Width(full.Collision) < Width(brief.Collision) / 3);
    }

    [Fact]
    public void Of_ShortWindow_SaysWhatIsNeeded() =>
        Assert.Contains(
            "1,024",
            Assert.Throws<AssessmentInputException>(() => QuickMetrics.Of(new byte[1_023])).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Of_Window_AllocatesNothing()
    {
        var samples = new byte[4_096];
        _ = QuickMetrics.Of(samples);

        var before = GC.GetAllocatedBytesForCurrentThread();
        _ = QuickMetrics.Of(samples);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static double Width(QuickMetric metric) => metric.Upper - metric.Lower;

    private static int Holds(QuickMetric metric, double truth) => metric.Lower <= truth + 1e-12 && truth - 1e-12 <= metric.Upper ? 1 : 0;

    private static double[] Normalised(int values, Func<int, double> weight)
    {
        var weights = Enumerable.Range(0, values).Select(weight).ToArray();
        return weights.Select(value => value / weights.Sum()).ToArray();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Of_SamplesOfAWidth_IsNeverAboveIt(int width)
    {
        var random = new SplitMix(11);
        byte[] samples = [.. Enumerable.Range(0, QuickMetrics.FewestSamples).Select(_ => (byte)random.Below(1 << width))];

        var metrics = QuickMetrics.Of(samples, width);

        foreach (var metric in (QuickMetric[])[metrics.Shannon, metrics.MostCommonValue, metrics.Collision])
        {
            Assert.InRange(metric.Upper, metric.Value, width);
            Assert.InRange(metric.Value, metric.Lower, width);
            Assert.InRange(metric.Lower, 0.5 * width, width);
        }

        Assert.True(QuickMetrics.Of(samples).Shannon.Upper > width);
    }

    [Fact]
    public void Of_SampleWiderThanItsWidth_IsRefused()
    {
        var samples = new byte[QuickMetrics.FewestSamples];
        samples[7] = 2;

        Assert.Contains(
            "2 does not fit 1 bits",
            Assert.Throws<AssessmentInputException>(() => QuickMetrics.Of(samples, 1)).Message,
            StringComparison.Ordinal
        );
        Assert.Throws<ArgumentOutOfRangeException>(() => QuickMetrics.Of(samples, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => QuickMetrics.Of(samples, 9));
    }
}
