using OpenEntropy.Server.Hosting;
using Xunit;

namespace OpenEntropy.Server.Tests.Hosting;

public sealed class CorsOriginListTests
{
    [Theory]
    [InlineData("")]
    [InlineData("https://example.org")]
    [InlineData("https://example.org,http://localhost:3000, http://127.0.0.1:8080")]
    [InlineData("http://[::1]:8042")]
    [InlineData("https://xn--bcher-kva.example")]
    public void FindProblem_OriginsAsBrowsersWriteThem_IsNone(string list) => Assert.Null(CorsOriginList.FindProblem(list));

    [Theory]
    [InlineData("*", "*")]
    [InlineData("null", "null")]
    [InlineData("example.org", "example.org")]
    [InlineData("https://*.example.org", "https://*.example.org")]
    [InlineData("ftp://example.org", "ftp://example.org")]
    [InlineData("https://user@example.org", "https://user@example.org")]
    [InlineData("https://", "https://")]
    [InlineData("https://a.example,", "")]
    [InlineData("https://a.example https://b.example", "https://a.example https://b.example")]
    [InlineData(" ", "")]
    [InlineData("http://p\u05df", "http://p\u05df")]
    public void FindProblem_NoOrigin_IsNamed(string list, string origin) =>
        Assert.StartsWith(
            $"'{origin}' is no origin: write each as scheme, host and port",
            CorsOriginList.FindProblem(list),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("https://example.org/", "https://example.org")]
    [InlineData("https://example.org/app", "https://example.org")]
    [InlineData("https://Example.org", "https://example.org")]
    [InlineData("HTTPS://example.org", "https://example.org")]
    [InlineData("https://example.org:443", "https://example.org")]
    [InlineData("http://localhost:80", "http://localhost")]
    [InlineData("https://bücher.example", "https://xn--bcher-kva.example")]
    public void FindProblem_WrittenOtherwise_TellsHowBrowsersWriteIt(string list, string written) =>
        Assert.Equal($"'{list}' is not written as browsers write it: '{written}'", CorsOriginList.FindProblem(list));
}
