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
    public void MultiDomainBeat_Pairs_TakeTurnsFromTheFirst()
    {
        var source = new MultiDomainBeatSource();
        for (var round = 0; round < 2; round++)
        {
            source.Open();
            var values = new long[200];
            for (var i = 0; i < values.Length; i++)
                Assert.Equal(1, source.Measure(values.AsSpan(i, 1)));
            source.Close();

            // A wake-up takes longer than sixteen loads by far, whatever a host does to a few of either.
            var (even, odd) = (values.Where((_, i) => i % 2 == 0).Order().ToList(), values.Where((_, i) => i % 2 == 1).Order().ToList());
            Assert.True(odd[50] > even[50], $"{odd[50]} against {even[50]}");
        }

        Assert.Throws<NoiseSourceException>(() => source.Measure(new long[1]));
    }

    private NoiseContext Context() => new(_directory.Path, new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase));
}
