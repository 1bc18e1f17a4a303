using OpenEntropy.Noise;
using Xunit;

namespace OpenEntropy.Tests.Noise;

public sealed class VmstatDeltasSourceTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [SourceFact("vmstat_deltas")]
    public void Collect_TablesMoved_EachSampleIsTheLowByteOfTheSumOfOne()
    {
        var (vmstat, zones) = (_directory.File("vmstat"), _directory.File("zoneinfo"));
        File.WriteAllText(vmstat, "nr_free_pages 1000\npgfault 5\n");
        File.WriteAllText(zones, "Node 0, zone   DMA\n  pages free     3968\n");
        var source = new VmstatDeltasSource(vmstat, zones);
        source.Open();
        try
        {
            File.WriteAllText(vmstat, "nr_free_pages 900\npgfault 605\n"); // -100 + 600
            File.WriteAllText(zones, "Node 0, zone   DMA\n  pages free     3969\n");
            var samples = new byte[4];

            Assert.Equal(4, source.Collect(samples));
            Assert.Equal([500 & 0xFF, 1, 0, 0], samples);
        }
        finally
        {
            source.Close();
        }
    }

    [SourceFact("vmstat_deltas")]
    public void Open_NoTableThere_IsUnavailableAndThrows()
    {
        var source = new VmstatDeltasSource(_directory.File("missing"));

        Assert.NotNull(source.WhyUnavailable());
        Assert.Throws<NoiseSourceException>(source.Open);
        source.Close();
    }

    [SourceFact("vmstat_deltas")]
    public void Close_AfterOpen_LeavesNothingOpenAndCollectThrows()
    {
        var table = _directory.File("vmstat"); // a file that no other test opens
        File.Copy("/proc/vmstat", table);
        var source = new VmstatDeltasSource(table);
        source.Open();
        Assert.Equal(1, OpenFiles.CountOf(table));
        source.Close();

        Assert.Equal(0, OpenFiles.CountOf(table));
        Assert.Throws<NoiseSourceException>(() => source.Collect(new byte[1]));
    }
}
