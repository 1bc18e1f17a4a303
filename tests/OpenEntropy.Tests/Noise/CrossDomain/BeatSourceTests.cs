using System.Diagnostics;
using System.Runtime.Versioning;
using OpenEntropy.Noise;
using OpenEntropy.Noise.CrossDomain;
using Xunit;

namespace OpenEntropy.Tests.Noise.CrossDomain;

[Collection(HardwareAlone.Name)]
public sealed class BeatSourceTests : IDisposable
{
    private static readonly long s_microsecond = Stopwatch.Frequency / 1_000_000;

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void CpuMemoryBeat_OpenedTwice_GivesDifferences()
    {
        var source = new CpuMemoryBeatSource();
        for (var round = 0; round < 2; round++)
        {
            source.Open();
            Assert.Equal(8, source.Measure(new long[8]));
            source.Close();
        }

        Assert.Throws<NoiseSourceException>(() => source.Measure(new long[1]));
    }

    [SourceFact("cpu_io_beat")]
    [SupportedOSPlatform("linux")]
    [Trait("Category", "Hardware")]
    public void CpuIoBeat_OpenedTwice_WritesItsBlockAndLeavesNothingOpen()
    {
        var source = new CpuIoBeatSource(Context());
        var file = Path.Combine(_directory.Path, "sources", "cpu_io_beat.dat");
        for (var round = 0; round < 2; round++)
        {
            source.Open();
            Assert.Equal(1, OpenFiles.CountOf(file));
            Assert.Equal(4, source.Measure(new long[4]));
            source.Close();
            Assert.Equal(0, OpenFiles.CountOf(file));
        }

        Assert.Throws<NoiseSourceException>(() => source.Measure(new long[1]));
    }

    [LinuxFact]
    [SupportedOSPlatform("linux")]
    [Trait("Category", "Hardware")]
    public void MultiDomainBeat_OpenedTwice_TimesTheSameWakeUpsAndLeavesNothingOpen()
    {
        var source = new MultiDomainBeatSource();
        var timers = OpenFiles.CountOfKind("anon_inode:[timerfd]");
        for (var opening = 0; opening < 2; opening++)
        {
            var values = new long[101];
            source.Open();
            Assert.Equal(timers + 1, OpenFiles.CountOfKind("anon_inode:[timerfd]"));
            Assert.Equal(values.Length, source.Measure(values));
            source.Close();

            // At every opening alike: a wake-up takes the microsecond its timer was set to and the way to this thread, a system call far less.
            var median = values.Order().ElementAt(values.Length / 2);
            Assert.True(median > s_microsecond, $"{median} ticks at opening {opening}");
        }

        Assert.Equal(timers, OpenFiles.CountOfKind("anon_inode:[timerfd]"));
        Assert.Throws<NoiseSourceException>(() => source.Measure(new long[1]));
    }

    private NoiseContext Context() => new(_directory.Path, new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase));
}
