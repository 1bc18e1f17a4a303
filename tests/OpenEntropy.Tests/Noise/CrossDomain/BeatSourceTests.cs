using System.Runtime.Versioning;
using OpenEntropy.Noise;
using OpenEntropy.Noise.CrossDomain;
using Xunit;

namespace OpenEntropy.Tests.Noise.CrossDomain;

[Collection(HardwareAlone.Name)]
public sealed class BeatSourceTests : IDisposable
{
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
    public void MultiDomainBeat_Pairs_TakeTurnsByOpenings()
    {
        var source = new MultiDomainBeatSource();
        for (var round = 0; round < 2; round++)
        {
            // A wake-up takes longer than sixteen loads by far, whatever a host does to a few of either.
            var (first, second) = (Median(source), Median(source));
            Assert.True(second > first, $"{second} against {first}");
        }

        Assert.Throws<NoiseSourceException>(() => source.Measure(new long[1]));
    }

    private static long Median(MultiDomainBeatSource source)
    {
        source.Open();
        var values = new long[101];
        Assert.Equal(values.Length, source.Measure(values));
        source.Close();
        return values.Order().ElementAt(values.Length / 2);
    }

    private NoiseContext Context() => new(_directory.Path, new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase));
}
