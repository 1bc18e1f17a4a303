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
        Fill(7);
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
        Fill(8);
        var source = new SpotlightTimingSource(_directory.Path);
        source.Open();
        var last = _directory.File("07");
        File.Delete(last);

        var exception = Assert.Throws<NoiseSourceException>(() => source.Measure(new long[8]));
        source.Close();
        Assert.Contains(last, exception.Message, StringComparison.Ordinal);

        Fill(8);
        source.Open();
        Assert.Equal(8, source.Measure(new long[8]));
        source.Close();
        Assert.Throws<NoiseSourceException>(() => source.Measure(new long[1]));
    }

    [Fact]
    public void Open_NamesOfSeveralLengths_LooksUpThoseOfTheMostCommonOne()
    {
        Fill(8);
        for (var i = 0; i < 7; i++)
            File.WriteAllBytes(_directory.File($"longer-{i}"), []);
        File.WriteAllBytes(_directory.File("\u00e9"), []); // two bytes as well, and behind the others
        var source = new SpotlightTimingSource(_directory.Path);
        source.Open();

        Assert.Equal(Enumerable.Range(0, 8).Select(i => _directory.File($"{i:00}")), source.Paths);
        source.Close();
        Assert.Empty(source.Paths);
    }

    [Fact]
    public void Open_FirstDirectoryTooSmall_TakesTheNext()
    {
        Fill(8);
        using var small = new TemporaryDirectory();
        File.WriteAllBytes(small.File("00"), []);
        var source = new SpotlightTimingSource(small.Path, _directory.Path);
        source.Open();

        Assert.All(source.Paths, path => Assert.StartsWith(_directory.Path, path, StringComparison.Ordinal));
        source.Close();
    }

    [LinuxFact]
    public void Open_SymbolicLinks_AreNotCounted()
    {
        Fill(7);
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
