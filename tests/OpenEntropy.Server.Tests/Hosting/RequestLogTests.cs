using System.Globalization;
using System.Text.RegularExpressions;
using OpenEntropy.Server.Hosting;
using Xunit;

namespace OpenEntropy.Server.Tests.Hosting;

public sealed partial class RequestLogTests
{
    [Fact]
    public async Task Send_SwitchedOn_OneEventEachWithRouteStatusAndBytes()
    {
        await using var factory = new ServerFactory(("OpenEntropy:Logging:Requests", "true")).OnKestrel();
        using var client = await factory.CreateReadyClientAsync();
        (string Method, string Path, string Route)[] requests =
        [
            ("GET", "/sources/scripted_a", "/sources/{name}"),
            ("GET", "/sources/nobody", "/sources/{name}"),
            ("GET", "/nowhere/at/all", "none"),
            ("HEAD", "/api/v1/random?length=32", "/api/v1/random"),
            ("GET", "/api/v1/random?length=70000&format=bytes", "/api/v1/random"),
            ("GET", "/api/v1/random?length=7&type=uint8", "/api/v1/random"),
            ("BREW", "/api/v1/random", "none"),
        ];
        foreach (var (method, path, route) in requests)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
            using var answer = await client.SendAsync(request);
            var bytes = (await answer.Content.ReadAsByteArrayAsync()).Length;
            var expected = $"{(method == "BREW" ? "other" : method)} {route}: {(int)answer.StatusCode} in # ms, {bytes} bytes";

            await ServerFactory.UntilAsync(() => Task.FromResult(Told(factory).Contains(expected, StringComparer.Ordinal)), expected);
        }

        Assert.Equal(requests.Length, Told(factory).Count(line => !line.Contains("/health/ready", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Send_NotSwitchedOn_NothingIsTold()
    {
        await using var factory = new ServerFactory();
        using var client = await factory.CreateReadyClientAsync();

        Assert.Empty(Told(factory));
        Assert.DoesNotContain(nameof(RequestLog), factory.Logs.Text, StringComparison.Ordinal);
    }

    [GeneratedRegex(
        @"RequestLog: (?<told>.*) in (?<ms>[0-9.E+-]+) ms, (?<rest>[0-9]+ bytes) $",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline,
        1000
    )]
    private static partial Regex Line();

    private static List<string> Told(ServerFactory factory) =>
        [
            .. Line()
                .Matches(factory.Logs.Text)
                .Where(match => double.Parse(match.Groups["ms"].Value, CultureInfo.InvariantCulture) >= 0)
                .Select(match => $"{match.Groups["told"].Value} in # ms, {match.Groups["rest"].Value}"),
        ];
}
