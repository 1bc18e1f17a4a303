using OpenEntropy.Health;
using OpenEntropy.Noise;
using Xunit;

namespace OpenEntropy.Tests.Noise;

public sealed class SourceSelectionTests
{
    private static readonly NoiseSourceInfo[] s_sources =
    [
        Source("clock_jitter", NoiseCategory.Timing),
        Source("sleep_jitter", NoiseCategory.Timing),
        Source("disk_io", NoiseCategory.Hardware),
        Source("hardware_trng.rdseed", NoiseCategory.Hardware),
        Source("hardware_trng.tpm", NoiseCategory.Hardware),
        Source("audio_noise", NoiseCategory.Hardware, optIn: true),
        Source("beat", NoiseCategory.CrossDomain),
        Source("hash_timing", NoiseCategory.Novel),
    ];

    [Theory]
    [InlineData("disk_io", "disk_io")]
    [InlineData("all", "clock_jitter sleep_jitter disk_io hardware_trng.rdseed hardware_trng.tpm audio_noise beat hash_timing")]
    [InlineData("fast", "clock_jitter sleep_jitter disk_io hardware_trng.rdseed hardware_trng.tpm beat hash_timing")]
    [InlineData("slow", "clock_jitter sleep_jitter disk_io hardware_trng.rdseed hardware_trng.tpm beat hash_timing")]
    [InlineData("audio_noise", "audio_noise")]
    [InlineData("audio_*", "audio_noise")]
    [InlineData("timing", "clock_jitter sleep_jitter")]
    [InlineData("cross_domain", "beat")]
    [InlineData("*_jitter", "clock_jitter sleep_jitter")]
    [InlineData("?eat", "beat")]
    [InlineData("hardware_trng", "hardware_trng.rdseed hardware_trng.tpm")]
    [InlineData("hardware_trng.tpm", "hardware_trng.tpm")]
    [InlineData(" DISK_IO , Timing,, ", "clock_jitter sleep_jitter disk_io")]
    [InlineData("disk_io,disk_io,hardware", "disk_io hardware_trng.rdseed hardware_trng.tpm")]
    [InlineData("hardware,AUDIO_noise", "disk_io hardware_trng.rdseed hardware_trng.tpm audio_noise")]
    public void Select_KnownTerms_GiveTheSourcesInTheirOrder(string selection, string expected)
    {
        Assert.Null(SourceSelection.Select(selection, s_sources, out var selected));
        Assert.Equal(expected, string.Join(' ', selected.Select(source => source.Name)));
    }

    [Theory]
    [InlineData("fast", SourceSpeed.Fast)]
    [InlineData("SLOW,slow", SourceSpeed.Slow)]
    [InlineData("fast,slow", SourceSpeed.Unknown)]
    [InlineData("slow,fast,slow", SourceSpeed.Unknown)]
    [InlineData("fast,all", SourceSpeed.Unknown)]
    [InlineData("disk_io,fast", SourceSpeed.Unknown)]
    [InlineData("fast,disk_io", SourceSpeed.Unknown)]
    [InlineData("fast,hardware", SourceSpeed.Unknown)]
    [InlineData("fast,disk*", SourceSpeed.Unknown)]
    [InlineData("fast,timing", SourceSpeed.Fast)]
    internal void Select_Words_AreAConditionOnWhatNothingElseNames(string selection, SourceSpeed onlyIf)
    {
        Assert.Null(SourceSelection.Select(selection, s_sources, out var selected));
        Assert.Equal(onlyIf, selected.Single(source => source.Name == "disk_io").OnlyIf);
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
    [InlineData("hardware_trng", "hardware_trng.rdseed hardware_trng.tpm")]
    [InlineData("clock_jiter", "clock_jitter")]
    [InlineData("timing", "hash_timing")]
    [InlineData("fest", "beat")]
    [InlineData("xyzzyplugh", "")]
    public void NearNames_WhereOneSourceIsMeant_AreNamesOfSources(string name, string near) =>
        Assert.Equal(near, string.Join(' ', SourceSelection.NearNames(name, s_sources)));

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

    [Theory]
    [InlineData("audio_noise", true)]
    [InlineData("all,AUDIO_NOISE", true)]
    [InlineData("audio_noise,audio_*", true)]
    [InlineData("audio_*", false)]
    [InlineData("all", false)]
    public void Select_OptIn_TellsWhetherItsNameWasWritten(string selection, bool byName)
    {
        Assert.Null(SourceSelection.Select(selection, s_sources, out var selected));
        Assert.Equal(byName, selected.Single(source => source.Name == "audio_noise").ByName);
    }

    [Theory]
    [InlineData("slow")]
    [InlineData("hardware")]
    public void Select_WordOrCategoryThatLeavesEverythingOut_IsNoError(string term)
    {
        Assert.Null(SourceSelection.Select(term, [Source("audio_noise", NoiseCategory.Hardware, optIn: true)], out var selected));
        Assert.Empty(selected);
    }

    private static NoiseSourceInfo Source(string name, NoiseCategory category, bool optIn = false) =>
        new()
        {
            Name = name,
            Category = category,
            Mechanism = "-",
            ClaimedMinEntropy = 0,
            ClaimBasis = "-",
            OptIn = optIn,
        };
}
