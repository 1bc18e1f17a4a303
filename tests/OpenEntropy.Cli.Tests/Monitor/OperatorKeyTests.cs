using OpenEntropy.Cli.Monitor;
using OpenEntropy.Cli.Running;
using Xunit;

namespace OpenEntropy.Cli.Tests.Monitor;

/// <summary>The operator's key of the environment.</summary>
public sealed class OperatorKeyTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("0123456789abcdef0123456789abcdef", "0123456789abcdef0123456789abcdef")]
    public void Check_OfAKeyOrNone_IsThat(string? given, string? key) => Assert.Equal(key, OperatorKey.Check(given));

    [Theory]
    [InlineData("0123456789abcdef0123456789abcde")]
    [InlineData("0123456789abcdef 0123456789abcdef")]
    [InlineData("0123456789abcdef0123456789abcdef\n")]
    [InlineData("0123456789abcdef0123456789abcdef\u00e4")]
    public void Check_OfWhatIsNone_SaysWhatOneIsAndDoesNotRepeatIt(string given)
    {
        var failure = Assert.Throws<CommandFailureException>(() => OperatorKey.Check(given));

        Assert.Equal(2, failure.ExitCode);
        Assert.Equal(
            "OPENENTROPY_OPERATOR_KEY is no operator's key: it has at least 32 characters, all visible and of ASCII.",
            failure.Message
        );
    }
}
