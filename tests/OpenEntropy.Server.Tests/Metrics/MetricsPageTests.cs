using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using OpenEntropy.Drills;
using OpenEntropy.SelfTests;
using OpenEntropy.Server.Drills;
using OpenEntropy.Server.Limits;
using OpenEntropy.Server.Security;
using OpenEntropy.Server.SelfTests;
using OpenEntropy.Server.Tests.Assessment;
using Xunit;

namespace OpenEntropy.Server.Tests.Metrics;

/// <summary>docs/telemetry.md lists every metric, and no other.</summary>
public sealed partial class MetricsPageTests
{
    [Fact]
    public void Page_ListOfMetrics_IsWhatAScrapeSays()
    {
        using var fixture = new ScrapeFixture();
        Fill(fixture);
        var rows = Rows(fixture.Lines()).Order(StringComparer.Ordinal).ToList();

        var listed = Page().Split('\n').Where(line => Row().IsMatch(line)).Order(StringComparer.Ordinal);

        Assert.True(rows.Count > 40, $"{rows.Count} metrics");
        Assert.Equal(rows, listed);
    }

    // What shows only once it has happened.
    private static void Fill(ScrapeFixture fixture)
    {
        for (var i = 0; i < 10; i++)
        {
            fixture.Assessments.Add("disk_io", ScriptedAssessment.Figure(6));
        }

        fixture.Limits.Add(LimitKind.Requests);
        fixture.Drills.Add(
            new DrillRun
            {
                Id = "1",
                Kind = DrillKind.Stick,
                Source = "disk_io",
                Caller = new Caller(CallerKind.Local, "loopback"),
                Began = default,
                BeganAt = 0,
                Duration = TimeSpan.FromSeconds(10),
                Bound = new DrillBound(1, 1, ""),
                ClearBound = new DrillBound(1, 1, ""),
                Exercise = null,
            }
        );
        fixture.SelfTests.Add([SelfTestOutcomes.Run(new KnownAnswerTest("x", "none", "00", static () => [1]), isMisled: false, default)]);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var start = DateTimeOffset.UnixEpoch;
        using var certificate = new CertificateRequest("CN=x", key, HashAlgorithmName.SHA256).CreateSelfSigned(start, start.AddYears(90));
        fixture.Certificates.Show(new SslServerAuthenticationOptions { ServerCertificate = certificate });

        var meter = fixture.Factory.Create(new("Microsoft.AspNetCore.Hosting"));
        meter.CreateUpDownCounter<long>("http.server.active_requests", "{request}", "Number of active HTTP server requests.").Add(1);
        meter
            .CreateHistogram<double>("http.server.request.duration", "s", "Duration of HTTP server requests.")
            .Record(1, new("http.route", "/x"), new("http.request.method", "GET"), new("http.response.status_code", 200));
    }

    private static IEnumerable<string> Rows(string[] lines)
    {
        foreach (var help in lines.Where(line => line.StartsWith("# HELP ", StringComparison.Ordinal)).Select(line => line.Split(' ', 4)))
        {
            var name = help[2];
            var type = lines.Single(line => line.StartsWith($"# TYPE {name} ", StringComparison.Ordinal)).Split(' ')[3];
            var labels = lines
                .Where(line => Regex.IsMatch(line, $"^{name}(_bucket)?[{{ ]", RegexOptions.None, TimeSpan.FromSeconds(1)))
                .SelectMany(line => Label().Matches(line).Select(match => match.Groups["label"].Value))
                .Where(label => label != "le")
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal);
            yield return $"| `{name}` | {type} | {string.Join(", ", labels.Select(label => $"`{label}`"))} | {help[3]} |";
        }
    }

    private static string Page()
    {
        using var stream = typeof(MetricsPageTests).Assembly.GetManifestResourceStream("telemetry.md")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    [GeneratedRegex("^[|] `[a-z0-9_]+` [|] (gauge|counter|histogram) [|]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Row();

    [GeneratedRegex("(?<label>[a-z_]+)=\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Label();
}
