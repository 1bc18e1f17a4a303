using OpenEntropy.Noise;
using Xunit;

namespace OpenEntropy.Tests.Noise;

public sealed class SourceSelectionTests
{
    private static readonly NoiseSourceInfo[] s_sources =
    [
        Source("clock_jitter", NoiseCategory.Timing),
        Source("sleep_jitter", NoiseCategory.Timing, fast: false),
        Source("disk_io", NoiseCategory.Hardware),
        Source("hardware_trng.rdseed", NoiseCategory.Hardware),
        Source("hardware_trng.tpm", NoiseCategory.Hardware, fast: false),
        Source("beat", NoiseCategory.CrossDomain),
        Source("hash_timing", NoiseCategory.Novel),
    ];

    [Theory]
    [InlineData("disk_io", "disk_io")]
    [InlineData("all", "clock_jitter sleep_jitter disk_io hardware_trng.rdseed hardware_trng.tpm beat hash_timing")]
    [InlineData("fast", "clock_jitter disk_io hardware_trng.rdseed beat hash_timing")]
    [InlineData("slow", "sleep_jitter hardware_trng.tpm")]
    [InlineData("timing", "clock_jitter sleep_jitter")]
    [InlineData("cross_domain", "beat")]
    [InlineData("*_jitter", "clock_jitter sleep_jitter")]
    [InlineData("?eat", "beat")]
    [InlineData("hardware_trng", "hardware_trng.rdseed hardware_trng.tpm")]
    [InlineData("hardware_trng.tpm", "hardware_trng.tpm")]
    [InlineData(" DISK_IO , Timing,, ", "clock_jitter sleep_jitter disk_io")]
    [InlineData("disk_io,disk_io,hardware", "disk_io hardware_trng.rdseed hardware_trng.tpm")]
    public void Select_KnownTerms_GiveTheSourcesInTheirOrder(string selection, string expected)
    {
        Assert.Null(SourceSelection.Select(selection, s_sources, out var selected));
        Assert.Equal(expected, string.Join(' ', selected));
    }

    [Theory]
    [InlineData("clock_jiter", "clock_jitter")]
    [InlineData("disk", "disk_io")]
    [InlineData("timng", "timing")]
    [InlineData("fest", "fast")]
    public void Select_UnknownTerm_NamesItAndWhatIsNear(string term, string near)
    {
        var error = SourceSelection.Select($"beat,{term}", s_sources, out var selected);
        Assert.StartsWith($"'{term}' names no noise source and no category; near names: {near}", error, StringComparison.Ordinal);
        Assert.Empty(selected);
    }

    [Theory]
    [InlineData("xyzzyplugh")]
    [InlineData("*_xyzzyplugh")]
    [InlineData("hardware_trng.tpm.more.and.more")]
    public void Select_TermThatNothingResembles_SaysWhereNamesAreListed(string term)
    {
        var error = SourceSelection.Select(term, s_sources, out _);
        Assert.Contains($"'{term}' names no noise source", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" , ,")]
    public void Select_NoTerm_IsAnError(string selection) =>
        Assert.Equal("the selection is empty", SourceSelection.Select(selection, s_sources, out _));

    [Fact]
    public void Select_WordThatMatchesNothingHere_IsNoError()
    {
        Assert.Null(SourceSelection.Select("slow", [s_sources[0]], out var selected));
        Assert.Empty(selected);
    }

    private static NoiseSourceInfo Source(string name, NoiseCategory category, bool fast = true) =>
        new()
        {
            Name = name,
            Category = category,
            Mechanism = "-",
            ClaimedMinEntropy = 0,
            ClaimBasis = "-",
            Fast = fast,
        };
}
