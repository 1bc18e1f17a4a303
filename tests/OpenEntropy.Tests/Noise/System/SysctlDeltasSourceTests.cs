using OpenEntropy.Noise;
using Xunit;

namespace OpenEntropy.Tests.Noise;

public sealed class SysctlDeltasSourceTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [SourceFact("sysctl_deltas")]
    public void Collect_TwoTablesMoved_EachSampleIsTheSumOfOne()
    {
        var (first, second) = (Table("first", "a 10 20\n"), Table("second", "b 1\n"));
        var source = new SysctlDeltasSource(first, _directory.File("missing"), second);
        source.Open();
        try
        {
            File.WriteAllText(first, "a 11 22\n"); // 3
            File.WriteAllText(second, "b 301\n"); // 300
            var samples = new byte[4];

            Assert.Equal(4, source.Collect(samples));
            Assert.Equal([3, 300 & 0xFF, 0, 0], samples);
        }
        finally
        {
            source.Close();
        }
    }

    [SourceFact("sysctl_deltas")]
    public void Collect_TableLongerThanOneRead_EveryFieldCounts()
    {
        // 40,000 fields of 5 characters: four reads, cut inside fields.
        var table = Table("long", string.Concat(Enumerable.Repeat("1000 ", 40_000)));
        var source = new SysctlDeltasSource(table);
        source.Open();
        try
        {
            File.WriteAllText(table, string.Concat(Enumerable.Repeat("1000 ", 39_999)) + "1077 ");
            var sample = new byte[1];

            Assert.Equal(1, source.Collect(sample));
            Assert.Equal(77, sample[0]);
        }
        finally
        {
            source.Close();
        }
    }

    [SourceFact("sysctl_deltas")]
    public void Open_NoTableThere_IsUnavailableAndThrows()
    {
        var source = new SysctlDeltasSource(_directory.File("missing"));

        Assert.NotNull(source.WhyUnavailable());
        Assert.Throws<NoiseSourceException>(source.Open);
    }

    [SourceFact("sysctl_deltas")]
    public void Close_AfterOpen_LeavesNothingOpenAndCollectThrows()
    {
        var table = Table("table", "1\n");
        var source = new SysctlDeltasSource(table);
        for (var round = 0; round < 3; round++)
        {
            source.Open();
            Assert.Equal(1, OpenFiles.CountOf(table));
            source.Close();
            Assert.Equal(0, OpenFiles.CountOf(table));
        }

        Assert.Throws<NoiseSourceException>(() => source.Collect(new byte[1]));
    }

    [SourceFact("sysctl_deltas")]
    public void Collect_KernelTables_MovesWithinABoundedNumberOfReadings()
    {
        var source = new SysctlDeltasSource();
        source.Open();
        try
        {
            // Every reading runs this process, so its own context switches and ticks are counted sooner or later.
            var samples = new byte[64];
            var moved = false;
            for (var batch = 0; batch < 1000 && !moved; batch++)
                moved = source.Collect(samples) == samples.Length && samples.Any(sample => sample != 0);

            Assert.True(moved);
        }
        finally
        {
            source.Close();
        }
    }

    private string Table(string name, string text)
    {
        File.WriteAllText(_directory.File(name), text);
        return _directory.File(name);
    }
}
