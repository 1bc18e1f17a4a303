using OpenEntropy.Noise;
using OpenEntropy.Noise.Novel;
using Xunit;

namespace OpenEntropy.Tests.Noise.Novel;

public sealed class SpotlightTimingSourceTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Open_TooFewFiles_ThrowsAndNamesTheDirectory()
    {
        Fill(15);
        var source = new SpotlightTimingSource(_directory.Path);

        Assert.Contains(_directory.Path, Assert.Throws<NoiseSourceException>(source.Open).Message, StringComparison.Ordinal);
        source.Close();
    }

    [Fact]
    public void Open_DirectoryMissing_Throws()
    {
        var source = new SpotlightTimingSource(_directory.File("missing"));

        Assert.Throws<NoiseSourceException>(source.Open);
        source.Close();
    }

    [Fact]
    public void Measure_FileGoneInMidRun_ThrowsAndWorksAgainWhenItIsBack()
    {
        Fill(16);
        var source = new SpotlightTimingSource(_directory.Path);
        source.Open();
        var last = _directory.File("15");
        File.Delete(last);

        var exception = Assert.Throws<NoiseSourceException>(() => source.Measure(new long[16]));
        source.Close();
        Assert.Contains(last, exception.Message, StringComparison.Ordinal);

        Fill(16);
        source.Open();
        Assert.Equal(16, source.Measure(new long[16]));
        source.Close();
        Assert.Throws<NoiseSourceException>(() => source.Measure(new long[1]));
    }

    [LinuxFact]
    public void Open_SymbolicLinks_AreNotCounted()
    {
        Fill(15);
        File.CreateSymbolicLink(_directory.File("link"), _directory.File("00"));
        var source = new SpotlightTimingSource(_directory.Path);

        Assert.Throws<NoiseSourceException>(source.Open);
        source.Close();
    }

    private void Fill(int count)
    {
        for (var i = 0; i < count; i++)
            File.WriteAllBytes(_directory.File($"{i:00}"), []);
    }
}
