using OpenEntropy.Server.Errors;
using Xunit;

namespace OpenEntropy.Server.Tests.Errors;

public sealed class EchoTests
{
    [Theory]
    [InlineData(64, 64)]
    [InlineData(65, 64)]
    public void Cut_Text_IsAtMost64Characters(int length, int expected) => Assert.Equal(expected, Echo.Cut(new string('x', length)).Length);

    [Fact]
    public void Cut_PairAtTheEnd_IsLeftOutWhole() =>
        Assert.Equal(new string('x', 63), Echo.Cut(new string('x', 63) + "\U0001F3B2").ToString());
}
