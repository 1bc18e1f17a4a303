using OpenEntropy.Drbg;
using Xunit;

namespace OpenEntropy.Tests.Drbg;

public sealed class ReseedPolicyTests
{
    private static readonly DrbgOptions s_options = new();
    private static readonly GeneratorUse s_new = new(Seeded: true, EpochPassed: false, TimeSpan.Zero, TimeSpan.Zero, Requests: 0, Bytes: 0);

    [Fact]
    public void Limits_AreFarBelowThoseOfTheStandard()
    {
        Assert.Equal(1_048_576, ReseedPolicy.MaximumRequests);
        Assert.Equal(1_073_741_824, ReseedPolicy.MaximumBytes);
        Assert.True((ulong)ReseedPolicy.MaximumRequests < CtrDrbg.MaximumReseedInterval);
    }

    [Fact]
    public void Next_OfANewSeed_IsNone() => Assert.Equal(SeedCause.None, ReseedPolicy.Next(s_new, s_options));

    [Fact]
    public void Next_WithoutASeed_IsInstantiate() =>
        Assert.Equal(SeedCause.Instantiate, ReseedPolicy.Next(s_new with { Seeded = false, EpochPassed = true }, s_options));

    [Fact]
    public void Next_AfterAResume_IsResumeWhateverElseIsDue() =>
        Assert.Equal(
            SeedCause.Resume,
            ReseedPolicy.Next(new GeneratorUse(true, true, TimeSpan.MaxValue, TimeSpan.MaxValue, long.MaxValue, long.MaxValue), s_options)
        );

    [Theory]
    [InlineData((1 << 20) - 1, 1 << 30, false)]
    [InlineData(1 << 20, 0, true)]
    [InlineData(0, (1 << 30) + 1, true)]
    public void Next_AtTheLimits_IsLimit(long requests, long bytes, bool limit) =>
        Assert.Equal(
            limit ? SeedCause.Limit : SeedCause.None,
            ReseedPolicy.Next(s_new with { Requests = requests, Bytes = bytes }, s_options)
        );

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void Next_AroundTheMaximumAge_IsAgeOnlyPastIt(long ticks, bool age) =>
        Assert.Equal(
            age ? SeedCause.Age : SeedCause.None,
            ReseedPolicy.Next(s_new with { SeedAge = s_options.MaximumSeedAge + TimeSpan.FromTicks(ticks) }, s_options)
        );

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    public void Next_AroundTheInterval_IsIntervalFromItOn(long ticks, bool interval) =>
        Assert.Equal(
            interval ? SeedCause.Interval : SeedCause.None,
            ReseedPolicy.Next(s_new with { SinceReseed = s_options.ReseedInterval + TimeSpan.FromTicks(ticks) }, s_options)
        );

    [Fact]
    public void IsRequired_OfEveryCause_ButNoneAndInterval() =>
        Assert.Equal(
            [SeedCause.Instantiate, SeedCause.Limit, SeedCause.Age, SeedCause.Fresh, SeedCause.Resume],
            Enum.GetValues<SeedCause>().Where(ReseedPolicy.IsRequired)
        );
}
