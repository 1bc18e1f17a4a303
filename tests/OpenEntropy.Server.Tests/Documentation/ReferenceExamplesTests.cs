using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace OpenEntropy.Server.Tests.Documentation;

/// <summary>Every address that docs/api.md gives to curl is answered as a reader expects who pastes it.</summary>
public sealed partial class ReferenceExamplesTests : IAsyncLifetime
{
    private readonly ServerFactory _factory = new ServerFactory().OnKestrel();
    private HttpClient _client = null!;

    public static TheoryData<string> Examples
    {
        get
        {
            using var stream = typeof(ReferenceExamplesTests).Assembly.GetManifestResourceStream("api.md")!;
            using var reader = new StreamReader(stream);
            var lines = new TheoryData<string>();
            foreach (Match example in Example().Matches(reader.ReadToEnd()))
            {
                // An operator's acts change what follows, and have tests of their own.
                if (!example.Value.Contains("-X POST", StringComparison.Ordinal))
                {
                    lines.Add(example.Value);
                }
            }

            return lines;
        }
    }

    public async Task InitializeAsync() => _client = await _factory.CreateReadyClientAsync();

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _factory.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task Curl_OfTheReference_Succeeds(string line)
    {
        using var request = new HttpRequestMessage(new HttpMethod(Method(line)), Address().Match(line).Groups["path"].Value);
        foreach (Match header in Header().Matches(line))
        {
            if (!header.Value.Contains("Content-Type", StringComparison.Ordinal))
            {
                request.Headers.TryAddWithoutValidation(header.Groups["name"].Value, header.Groups["value"].Value);
            }
        }

        if (Body().Match(line) is { Success: true } body)
        {
            var type = line.Contains("Content-Type: application/json", StringComparison.Ordinal)
                ? "application/json"
                : "application/x-www-form-urlencoded";
            request.Content = new StringContent(body.Groups["body"].Value, Encoding.UTF8, type);
        }

        using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static string Method(string line) =>
        Body().IsMatch(line) ? "POST"
        : line.Contains(" -I ", StringComparison.Ordinal) ? "HEAD"
        : "GET";

    // By TLS it is tested where the certificate is.
    [GeneratedRegex("^curl [^\n]*http://127\\.0\\.0\\.1:8042[^\n]*", RegexOptions.Multiline, 1000)]
    private static partial Regex Example();

    [GeneratedRegex("http://127\\.0\\.0\\.1:8042(?<path>[^\\s'\"]*)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Address();

    [GeneratedRegex("-H '(?<name>[^:']+): (?<value>[^']+)'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Header();

    [GeneratedRegex(" -d (?:'(?<body>[^']*)'|(?<body>\\S+))", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Body();
}
