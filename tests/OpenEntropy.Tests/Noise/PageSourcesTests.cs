using System.Globalization;
using OpenEntropy.Noise;
using OpenEntropy.Noise.Hardware;
using OpenEntropy.Noise.Novel;
using OpenEntropy.Noise.Silicon;
using Xunit;

namespace OpenEntropy.Tests.Noise;

/// <summary>Sources that take memory from the system give it back.</summary>
[Collection(HardwareAlone.Name)]
[Trait("Category", "Hardware")]
public sealed class PageSourcesTests
{
    private const int PagesOfAFlushedRegion = 2048; // 8 MiB

    [LinuxFact]
    public void MemoryTiming_ManySamples_LeavesNoPageMapped()
    {
        const int samples = 50_000;
        var source = new MemoryTimingSource();

        Assert.InRange(PagesTaken(() => Cycle(source, samples)), long.MinValue, samples / 2);
    }

    [SourceFact("cache_flush")]
    public void CacheFlush_ManyOpenings_LeavesNoPageMapped()
    {
        const int openings = 32;
        var source = new CacheFlushSource();
        Cycle(source, 1);

        var taken = PagesTaken(() =>
        {
            for (var opening = 0; opening < openings; opening++)
                Cycle(source, 1);
        });

        Assert.InRange(taken, long.MinValue, openings * PagesOfAFlushedRegion / 2);
    }

    [LinuxFact]
    public void VmPageTiming_Closed_CollectThrowsAndWorksWhenOpenedAgain()
    {
        var source = new VmPageTimingSource();
        source.Close();
        Assert.Throws<NoiseSourceException>(() => source.Collect(new byte[1]));

        Cycle(source, 16);
        Assert.Throws<NoiseSourceException>(() => source.Collect(new byte[1]));
    }

    /// <summary>The runtime maps and unmaps for itself meanwhile, so what is asserted leaves room of half of what a leak would take.</summary>
    private static long PagesTaken(Action action)
    {
        var before = PagesMapped();
        action();
        return PagesMapped() - before;
    }

    private static void Cycle(NoiseSource source, int samples)
    {
        source.Open();
        Assert.Equal(samples, source.Collect(new byte[samples]));
        source.Close();
    }

    /// <summary>The size of this process's address space; see proc_pid_statm(5).</summary>
    private static long PagesMapped() => long.Parse(File.ReadAllText("/proc/self/statm").Split(' ')[0], CultureInfo.InvariantCulture);
}
