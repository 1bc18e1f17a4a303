using OpenEntropy.Noise;
using OpenEntropy.Noise.Timing;
using Xunit;

namespace OpenEntropy.Tests.Noise.Timing;

[Collection(HardwareAlone.Name)]
public sealed class MachTimingSourceTests
{
    [Fact]
    [Trait("Category", "Hardware")]
    public void Collect_ByTheSystemsCounter_TheLowByteIsNoComb() => AssertNoComb(new MachTimingSource(reads: false));

    [CycleCounterFact]
    [Trait("Category", "Hardware")]
    public void Collect_ByTheCycleCounter_TheLowByteIsNoComb() => AssertNoComb(new MachTimingSource(reads: true));

    [CycleCounterFact]
    [Trait("Category", "Hardware")]
    public void CycleCounter_Read_RisesAndIsDivisibleIntoItsSteps()
    {
        using var counter = new CycleCounter();
        var first = counter.Read();
        var second = counter.Read();

        Assert.True(second >= first);
        Assert.Null(CycleCounter.WhyUseless);
        Assert.InRange(CycleCounter.Step, 1, 1000);
    }

    [Fact]
    public void Info_ByEitherCounter_NamesTheClockItsSamplesAreReadFrom()
    {
        Assert.True(new MachTimingSource(reads: false).Info.IsTimedByTickCounter);
        Assert.Contains("time stamp counter", new MachTimingSource(reads: true).Info.Clock, StringComparison.Ordinal);
    }

    private static void AssertNoComb(MachTimingSource source)
    {
        var samples = new byte[2048];
        source.Open();
        Assert.Equal(samples.Length, source.Collect(samples));
        source.Close();

        // Undivided, a counter's step of more than two ticks leaves no neighbour of the commonest value; divided, there are some.
        var counts = new int[256];
        foreach (var sample in samples)
            counts[sample]++;
        var commonest = Array.IndexOf(counts, counts.Max());
        Assert.True(counts[(commonest + 1) & 0xFF] > 0 || counts[(commonest - 1) & 0xFF] > 0);
        Assert.InRange((double)counts.Max() / samples.Length, 0, Math.Pow(2, -source.Info.TestMinEntropy!.Value));
    }

    /// <summary>A fact about the time stamp counter of x86-64 Linux, skipped elsewhere.</summary>
    private sealed class CycleCounterFactAttribute : FactAttribute
    {
        public CycleCounterFactAttribute() => Skip = MachineCode.WhyNotX64();
    }
}
