using OpenEntropy.Noise;
using OpenEntropy.Server.Assessment;
using Xunit;

namespace OpenEntropy.Server.Tests.Assessment;

public sealed class DueSourcesTests
{
    [Theory]
    [InlineData(NoiseOrigin.Measured)]
    [InlineData(NoiseOrigin.Counter)]
    public void WhyNever_PrivateSource_SaysThatItTellsOfPeople(NoiseOrigin origin) =>
        Assert.Contains("may tell of people", DueSources.WhyNever(Source(origin, isPrivate: true)), StringComparison.Ordinal);

    [Fact]
    public void WhyNever_MeasuredSource_IsNull() => Assert.Null(DueSources.WhyNever(Source(NoiseOrigin.Measured, isPrivate: false)));

    private static NoiseSourceInfo Source(NoiseOrigin origin, bool isPrivate) =>
        new()
        {
            Name = "ear",
            Category = NoiseCategory.Hardware,
            Mechanism = "A script.",
            Origin = origin,
            ClaimedMinEntropy = 0,
            ClaimBasis = "none: it is a script",
            Private = isPrivate,
        };
}
