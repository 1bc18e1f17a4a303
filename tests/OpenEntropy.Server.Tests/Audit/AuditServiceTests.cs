using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpenEntropy.Server.Audit;
using OpenEntropy.Server.Tests.Faults;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Server.Tests.Audit;

/// <summary>The audit log of the whole service, through the public door.</summary>
public sealed class AuditServiceTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _time = new() { RepeatsTimers = true };
    private readonly FaultyDisk _disk = new();
    private readonly ServerFactory _factory;
    private HttpClient _client = null!;

    public AuditServiceTests() => _factory = new ServerFactory { Time = _time, AuditDisk = _disk };

    private IReadOnlyList<string> Files => AuditFiles.In(Path.Combine(_factory.Storage, AuditFiles.Folder));

    public async Task InitializeAsync() => _client = await _factory.CreateReadyClientAsync();

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _factory.DisposeAsync();
    }

    [Fact]
    public async Task Post_SourceAct_IsEnteredBeforeAndAfterAndShownByTheHead()
    {
        Assert.Equal(HttpStatusCode.OK, await PostAsync("/sources/scripted_a/disable"));
        Assert.Equal(HttpStatusCode.Conflict, await PostAsync("/sources/scripted_a/retest"));

        var lines = Lines();
        var expected = new (string Act, string Outcome, int? Status)[]
        {
            ("service_start", "done", null),
            ("source_disable", "begun", null),
            ("source_disable", "done", 200),
            ("source_retest", "begun", null),
            ("source_retest", "refused", 409),
        };
        Assert.Equal(expected, lines.Select(line => (line.Entry.Act, line.Entry.Outcome, line.Entry.Status)));
        Assert.All(
            lines.Skip(1),
            line => Assert.Equal((new AuditParty("local", "loopback"), "scripted_a"), (line.Entry.Party, line.Entry.Subject))
        );
        var (status, head) = await _client.JsonAsync("/api/v1/audit/head");
        var found = AuditVerifier.Verify(Files, head.Text("hash"));
        Assert.Equal(
            (HttpStatusCode.OK, 5L, true),
            (status, head.GetProperty("sequence").GetInt64(), head.GetProperty("enabled").GetBoolean())
        );
        Assert.Equal((true, (bool?)true, 5L), (found.IsWhole, found.HasFrom, found.Head.Sequence));
        Assert.Equal(5, await _client.MetricAsync("openentropy_audit_head_sequence"));
    }

    [Fact]
    public async Task Get_OutputAndRefusals_AreSummedUpOnceAMinute()
    {
        foreach (
            var path in new[]
            {
                "random?format=bytes&length=1000",
                "random?format=bytes&length=200000",
                "uuids?count=1",
                "stream?length=64",
            }
        )
        {
            using var answer = await _client.GetAsync(new Uri($"/api/v1/{path}", UriKind.Relative));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            await answer.Content.ReadAsByteArrayAsync();
        }

        var drawn = await DrawnAsync();
        Assert.Equal(HttpStatusCode.BadRequest, await GetAsync("/api/v1/random?length=0"));
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync("/sources/scripted_a/disable", origin: "https://example.org"));
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync("/sources/scripted_a/disable", origin: "https://example.org"));
        Assert.Equal(HttpStatusCode.NotFound, await PostAsync("/sources/nothing/disable"));
        Assert.Equal(HttpStatusCode.NotFound, await GetAsync("/nothing")); // no act

        await ServerFactory.UntilAsync(() =>
        {
            _time.Advance(TimeSpan.FromMinutes(1)); // again and again: the service may only now begin to wait for it
            return Task.FromResult(Lines().Count >= 5);
        });

        var sums = Lines().Skip(1).Select(line => line.Entry).OrderBy(entry => entry.Act).ThenBy(entry => entry.Status).ToList();
        var expected = new (string Act, string? Quality, long Count, long? Bytes, string Outcome, int? Status)[]
        {
            ("output", "drbg", 4, (long)drawn, "done", null),
            ("output", null, 1, null, "refused", 400),
            ("source_disable", null, 2, null, "refused", 403),
            ("source_disable", null, 1, null, "refused", 404),
        };
        Assert.Equal(expected, sums.Select(entry => (entry.Act, entry.Quality, entry.Count, entry.Bytes, entry.Outcome, entry.Status)));
        Assert.All(sums, entry => Assert.Null(entry.Subject)); // nothing of what a request says
    }

    [Fact]
    public async Task Post_NoRoom_Is503WhileRandomGoesOnAndRecoversByItself()
    {
        _disk.Room = 0;

        using (var answer = await _client.PostAsync(new Uri("/sources/scripted_a/disable", UriKind.Relative), content: null))
        {
            using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.Equal(AuditUnavailableException.RetryAfter, answer.Headers.RetryAfter?.Delta);
            Assert.Equal(
                "nothing was done, as the audit log cannot be written: no space is left on its device",
                body.RootElement.Text("message")
            );
        }

        Assert.NotEqual("disabled", (await _client.SourceAsync("scripted_a")).Text("state"));
        Assert.Equal(HttpStatusCode.OK, await GetAsync("/api/v1/random?length=32"));
        Assert.Contains("privileged acts are refused", await DeviationsAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await _client.MetricAsync("openentropy_audit_writable"));
        _disk.Room = null;
        await ServerFactory.UntilAsync(async () =>
        {
            _time.Advance(TimeSpan.FromSeconds(5)); // it is tried by itself
            return !(await DeviationsAsync()).Contains("audit", StringComparison.Ordinal);
        });

        Assert.Equal(HttpStatusCode.OK, await PostAsync("/sources/scripted_a/disable"));
        Assert.Equal(1, await _client.MetricAsync("openentropy_audit_writable"));
        Assert.True(AuditVerifier.Verify(Files, from: null).IsWhole);
    }

    [Fact]
    public async Task Checkpoint_NoRoomWhenItIsDue_IsEnteredAMinuteLater()
    {
        Assert.Equal(HttpStatusCode.OK, await GetAsync("/api/v1/identity")); // makes the key
        Assert.Equal(HttpStatusCode.OK, await GetAsync("/api/v1/random?length=32"));
        var polls = 0;
        await ServerFactory.UntilAsync(() =>
        {
            if (polls++ % 500 == 0)
            {
                _time.Advance(AuditService.Minute); // again, since the service may only now begin to wait; seldom, so that no hour passes
            }

            return Task.FromResult(Lines().Any(line => line.Entry.Act == "output"));
        });
        Assert.Equal(HttpStatusCode.OK, await PostAsync("/sources/scripted_a/disable")); // something is new
        var before = Checkpoints();
        _disk.Room = 0;
        _time.Advance(AuditService.Hour);
        await ServerFactory.UntilAsync(() => Task.FromResult(_factory.Services.GetRequiredService<IAuditLog>().State.Failures > 0));
        Assert.Equal(before, Checkpoints());

        _disk.Room = null;
        _time.Advance(AuditService.Minute);

        await ServerFactory.UntilAsync(() => Task.FromResult(Checkpoints() == before + 1));
        Assert.True(AuditVerifier.Verify(Files, from: null).IsWhole);
    }

    [Fact]
    public void Routes_EveryOneThatActs_IsOfAnActThatIsEntered()
    {
        var acting = _factory
            .Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(route =>
                route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Any(method => method is not ("GET" or "HEAD" or "OPTIONS"))
                == true
            )
            .ToList();

        Assert.True(acting.Count >= 7, $"{acting.Count}");
        Assert.All(acting, route => Assert.True(route.Metadata.GetMetadata<AuditedAct>() is not null, route.DisplayName));
    }

    private List<AuditLine> Lines() => AuditBench.Lines(Files);

    private int Checkpoints() => Lines().Count(line => line.Entry.Act == "log_checkpoint");

    private async Task<double> DrawnAsync()
    {
        var metrics = await _client.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        return metrics
            .Split('\n')
            .Where(line => line.StartsWith("openentropy_output_bytes_total{quality=\"drbg\"", StringComparison.Ordinal))
            .Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..]));
    }

    private async Task<string> DeviationsAsync() =>
        string.Join(
            ' ',
            (await _client.JsonAsync("/health")).Body.GetProperty("deviations").EnumerateArray().Select(each => each.GetString())
        );

    private async Task<HttpStatusCode> GetAsync(string path)
    {
        using var answer = await _client.GetAsync(new Uri(path, UriKind.Relative));
        return answer.StatusCode;
    }

    private async Task<HttpStatusCode> PostAsync(string path, string? origin = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        using var answer = await _client.SendAsync(request);
        return answer.StatusCode;
    }
}
