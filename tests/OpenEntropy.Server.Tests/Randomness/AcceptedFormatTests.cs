using OpenEntropy.Server.Randomness;
using Xunit;

namespace OpenEntropy.Server.Tests.Randomness;

public sealed class AcceptedFormatTests
{
    [Theory]
    [InlineData("", "Json")]
    [InlineData("*/*", "Json")]
    [InlineData("application/json", "Json")]
    [InlineData("APPLICATION/JSON; charset=utf-8", "Json")]
    [InlineData("application/*", "Json")]
    [InlineData("application/octet-stream", "Bytes")]
    [InlineData("Application/Octet-Stream", "Bytes")]
    [InlineData("text/plain", "Hex")]
    [InlineData("text/*", "Hex")]
    [InlineData("application/json, text/plain, */*", "Json")] // what axios sends
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "Json")] // a browser
    [InlineData("application/octet-stream, application/json", "Bytes")]
    [InlineData("application/octet-stream;q=0.5, text/plain", "Hex")]
    [InlineData("*/*, application/octet-stream", "Bytes")]
    [InlineData("application/json;q=0, */*", "Bytes")]
    [InlineData("application/octet-stream, application/problem+json", "Bytes")]
    [InlineData("application/octet-stream;q=0", "Json")]
    [InlineData("image/png", "Json")]
    [InlineData("application/problem+json", "Json")]
    [InlineData("nonsense", "Json")]
    [InlineData(";;;,,,", "Json")]
    public void Choose_Accept_GivesTheBody(string accept, string expected) =>
        Assert.Equal(expected, AcceptedFormat.Choose(accept, ofElements: false).ToString());
}
