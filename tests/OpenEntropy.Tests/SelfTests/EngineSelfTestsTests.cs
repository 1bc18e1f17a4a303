using OpenEntropy.SelfTests;
using Xunit;

namespace OpenEntropy.Tests.SelfTests;

public sealed class EngineSelfTestsTests
{
    [Theory]
    [InlineData("SHA-256")]
    [InlineData("SHA-384")]
    [InlineData("SHA-512")]
    [InlineData("SHA3-256")]
    [InlineData("SHA3-384")]
    [InlineData("SHA3-512")]
    public void Passes_EveryTestWithEveryHash_AndNoneWithAWrongAnswer(string hash)
    {
        var tests = EngineSelfTests.All(hash);

        Assert.All(tests, test => Assert.True(test.Passes(isMisled: false, out var detail) && detail is null, test.Name));
        Assert.All(tests, test => Assert.False(test.Passes(isMisled: true, out var detail) || detail is null, test.Name));
        Assert.Contains(tests, test => test.Name == EngineSelfTests.Generator);
        Assert.Equal(tests.Count, tests.Select(test => test.Name).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Passes_ComputationThatThrows_Fails()
    {
        var test = new KnownAnswerTest("broken", "none", "00", () => throw new InvalidOperationException("no"));

        Assert.False(test.Passes(isMisled: false, out var detail));
        Assert.Equal("it could not be computed: InvalidOperationException", detail);
    }

    [Fact]
    public void Passes_AnswerThatIsLonger_Fails() =>
        Assert.False(new KnownAnswerTest("longer", "none", "00", () => [0, 0]).Passes(isMisled: false, out _));
}
