using System.Net;
using System.Text.RegularExpressions;
using OpenEntropy.Clients.Tests.Checks;
using Xunit;

namespace OpenEntropy.Clients.Tests;

/// <summary>The page of the API as a browser fetches it: every file it names is there, of the type that a browser insists on under <c>nosniff</c>.</summary>
[Collection(SharedService.Name)]
public sealed partial class SwaggerTests(CheckResults results) : IDisposable
{
    private readonly HttpClient _client = new() { BaseAddress = new Uri(results.Setup.Server.Http + "/swagger/") };

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Page_FilesItNames_AreThereWithTheirTypes()
    {
        var page = await GetAsync("index.html", "text/html");
        var named = Named().Matches(page).Select(match => match.Groups["file"].Value).Distinct(StringComparer.Ordinal).ToList();

        Assert.Contains(named, file => file.EndsWith(".js", StringComparison.Ordinal));
        Assert.Contains(named, file => file.EndsWith(".css", StringComparison.Ordinal));
        foreach (var file in named)
        {
            await GetAsync(
                file,
                Path.GetExtension(file) switch
                {
                    ".js" => "(text|application)/javascript",
                    ".css" => "text/css",
                    ".png" => "image/png",
                    var other => throw new InvalidOperationException($"{file}: what is a file of {other}?"),
                }
            );
        }
    }

    [Fact]
    public async Task Page_Document_IsTheOneOfThisService()
    {
        Assert.Contains("/openapi/v1.json", await GetAsync("index.js", "(text|application)/javascript"), StringComparison.Ordinal);
        Assert.Contains("\"openapi\": \"3.1.", await GetAsync("/openapi/v1.json", "application/json"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_Itself_LoadsNothingFromElsewhere() =>
        Assert.DoesNotMatch("(src|href)=[\"'](https?:)?//", await GetAsync("index.html", "text/html"));

    private async Task<string> GetAsync(string file, string type)
    {
        using var answer = await _client.GetAsync(new Uri(file, UriKind.Relative));

        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{file}: {answer.StatusCode}");
        Assert.Matches($"^{Regex.Escape(file)}: {type}$", $"{file}: {answer.Content.Headers.ContentType?.MediaType}");
        Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
        return await answer.Content.ReadAsStringAsync();
    }

    [GeneratedRegex("(src|href)=[\"'](\\./)?(?<file>[^\"':]+)[\"']", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Named();
}
