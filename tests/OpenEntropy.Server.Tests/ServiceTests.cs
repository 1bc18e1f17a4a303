using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpenEntropy.Server.Tests.Assessment;
using OpenEntropy.Server.Tests.Faults;
using Xunit;

namespace OpenEntropy.Server.Tests;

/// <summary>Every service route through the public door, on scripted noise.</summary>
public sealed class ServiceTests : IAsyncLifetime, IDisposable
{
    private readonly ServerFactory _factory = new ServerFactory { Assess = ScriptedAssessment.Always(6) }.OnKestrel();
    private HttpClient _client = null!;

    public async Task InitializeAsync() => _client = await _factory.CreateReadyClientAsync();

    public async Task DisposeAsync() => await _factory.DisposeAsync();

    public void Dispose() => _factory.Dispose();

    [Fact]
    public async Task Send_EveryMappedRouteAndMethod_AnswersAndForbidsStoring()
    {
        // What is switched off is neither tested nor assessed, so that comes last.
        var routes = Routes()
            .Where(route => route is not ("GET", "/events")) // which does not end
            .Append(("GET", "/swagger/swagger-ui-bundle.js"))
            .OrderBy(route => route.Item2.EndsWith("/disable", StringComparison.Ordinal))
            .ToList();
        Assert.Superset(
            new HashSet<string>(StringComparer.Ordinal)
            {
                "/api/v1/random",
                "/",
                "/API/jsonI.php",
                "/v1/auth/check-key",
                "/v1/qrng/latest",
                "/pollen",
                "/api/v1/identity",
                "/api/v1/pqc/bundles",
                "/api/v1/pqc/bundles/verify",
                "/api/v1/pqc/bundle.schema.json",
                "/api/v1/pqc/identity",
                "/api/v1/integers?min=1&max=6",
                "/api/v1/shuffle?items=a,b",
                "/api/v1/uuids",
                "/api/v1/stream?length=1000",
                "/health",
                "/health/live",
                "/health/ready",
                "/health/startup",
                "/sources",
                "/sources/scripted_a",
                "/sources/scripted_a/enable",
                "/sources/scripted_a/retest",
                "/sources/scripted_a/disable",
                "/api/v1/assessments",
                "/api/v1/assessments/scripted_a",
                "/pool/status",
                "/metrics",
                "/openapi/v1.json",
                "/swagger/index.html",
            },
            routes.Select(route => route.Item2).ToHashSet(StringComparer.Ordinal)
        );

        foreach (var (method, path) in routes)
        {
            using var challenge = new FormUrlEncodedContent([new("challenge", "abc")]);
            using var request = new HttpRequestMessage(new HttpMethod(method), path == "/" ? "/?length=8" : path);
            request.Content = (method, path) is ("POST", "/" or "/pollen") ? challenge : null;
            if (method == "POST" && path.Contains("items=", StringComparison.Ordinal))
            {
                (request.RequestUri, request.Content) = (new Uri(path.Split('?')[0], UriKind.Relative), JsonContent.Create(new[] { "a" }));
            }

            using var answer = await _client.SendAsync(request);

            var expected = (method, path) switch
            {
                ("POST", "/api/v1/assessments/scripted_a") => HttpStatusCode.Accepted,
                ("GET" or "HEAD", "/pollen") => HttpStatusCode.BadRequest,
                ("POST", "/api/v1/pqc/bundles") => HttpStatusCode.Created,
                ("POST", "/api/v1/pqc/bundles/verify") => HttpStatusCode.BadRequest,
                (_, "/api/v1/pqc/bundles/0123456789abcdef0123456789abcdef") => HttpStatusCode.NotFound,
                _ when path.StartsWith("/drills", StringComparison.Ordinal) => HttpStatusCode.NotFound, // they are off
                _ => HttpStatusCode.OK,
            };
            Assert.True(answer.StatusCode == expected, $"{method} {path}: {answer.StatusCode}");
            var mayBeStored = path.StartsWith("/page/", StringComparison.Ordinal); // the page's files, which hold nothing
            Assert.True((answer.Headers.CacheControl?.NoStore == true) != mayBeStored, $"{method} {path} may be stored, or may not");
            Assert.Equal("nosniff", string.Join(',', answer.Headers.GetValues("X-Content-Type-Options")));
            Assert.Equal(method == "HEAD", (await answer.Content.ReadAsByteArrayAsync()).Length == 0);
        }
    }

    [Theory]
    [InlineData("GET", "/api/v1/random?length=0", 400)]
    [InlineData("GET", "/api/v1/random?raw=true", 403)]
    [InlineData("GET", "/api/v1/random?receipt=true&format=bytes", 400)]
    [InlineData("GET", "/api/v1/identity?kid=1", 400)]
    [InlineData("POST", "/api/v1/identity", 405)]
    [InlineData("POST", "/api/v1/pqc/identity", 405)]
    [InlineData("PUT", "/api/v1/pqc/bundles", 405)]
    [InlineData("POST", "/api/v1/pqc/bundles?format=xml", 400)]
    [InlineData("GET", "/api/v1/pqc/bundles/verify", 404)]
    [InlineData("GET", "/api/v1/integers", 400)]
    [InlineData("POST", "/api/v1/integers", 405)]
    [InlineData("POST", "/api/v1/shuffle", 415)]
    [InlineData("GET", "/api/v1/stream?rate=0", 400)]
    [InlineData("GET", "/api/v1/stream?raw=true", 403)]
    [InlineData("POST", "/api/v1/stream", 405)]
    [InlineData("GET", "/nowhere", 404)]
    [InlineData("GET", "/?length=0", 400)]
    [InlineData("GET", "/API/jsonI.php?type=hex8", 400)]
    [InlineData("GET", "/pollen", 400)]
    [InlineData("POST", "/pollen", 400)]
    [InlineData("PUT", "/", 405)]
    [InlineData("POST", "/api/v1/random/", 405)]
    [InlineData("POST", "/v1/qrng/latest", 405)]
    [InlineData("GET", "/sources/scripted_z", 404)]
    [InlineData("GET", "/sources?selct=fast", 400)]
    [InlineData("GET", "/sources/scripted_a?select=fast", 400)]
    [InlineData("POST", "/sources/scripted_z/enable", 404)]
    [InlineData("POST", "/sources/os_rng/retest", 409)]
    [InlineData("POST", "/sources/scripted_a/retest?now=true", 400)]
    [InlineData("GET", "/sources/scripted_a/enable", 405)]
    [InlineData("POST", "/sources", 405)]
    [InlineData("POST", "/sources/scripted_a/remove", 404)]
    [InlineData("GET", "/api/v1/assessments/scripted_z", 404)]
    [InlineData("POST", "/api/v1/assessments/scripted_z", 404)]
    [InlineData("GET", "/api/v1/assessments?latest=true", 400)]
    [InlineData("POST", "/api/v1/assessments/scripted_a?now=true", 400)]
    [InlineData("POST", "/api/v1/assessments/os_rng", 400)]
    [InlineData("POST", "/api/v1/assessments", 405)]
    [InlineData("GET", "/openapi/v2.json", 404)]
    [InlineData("GET", "/swagger/nothing.js", 404)]
    [InlineData("POST", "/health", 405)]
    [InlineData("DELETE", "/sources/scripted_a", 405)]
    [InlineData("PUT", "/metrics", 405)]
    [InlineData("POST", "/api/v1/random", 405)]
    public async Task Send_WrongRouteMethodOrParameter_IsRefusedInJsonThatMayNotBeStored(string method, string route, int status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), route);
        using var answer = await _client.SendAsync(request);
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.False(body.RootElement.GetProperty("success").GetBoolean());
        Assert.Equal(status == 405, answer.Content.Headers.Allow.Count > 0);
    }

    [Fact]
    public async Task Post_ItemsBeyondTheLimitOfABody_Is413()
    {
        using var content = JsonContent.Create(Enumerable.Repeat(new string('a', 250), 300));

        using var answer = await _client.PostAsync(new Uri("/api/v1/shuffle", UriKind.Relative), content);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains("\"success\":false", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_NoLevelOverridden_LogsNoRequest()
    {
        using var answer = await _client.GetAsync(new Uri("/health", UriKind.Relative));

        Assert.Contains("Application started", _factory.Logs.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Request starting", _factory.Logs.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_UnknownSource_NamesThoseThatResembleIt()
    {
        using var answer = await _client.GetAsync(new Uri("/sources/scripted_z", UriKind.Relative));

        Assert.Contains(
            "there is no source named 'scripted_z'; near it are scripted_",
            await answer.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("/api/v1/random")]
    [InlineData("/api/v1/random/")]
    [InlineData("/?type=uint8")]
    [InlineData("/API/jsonI.php")]
    [InlineData("/v1/auth/check-key")]
    [InlineData("/v1/qrng/latest")]
    [InlineData("/api/v1/random?receipt=true")]
    [InlineData("/api/v1/identity")]
    [InlineData("/health")]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/health/startup")]
    [InlineData("/sources")]
    [InlineData("/sources/scripted_a")]
    [InlineData("/sources/scripted_z")]
    [InlineData("/api/v1/assessments")]
    [InlineData("/api/v1/assessments/scripted_a")]
    [InlineData("/pool/status")]
    public async Task Get_Json_HasOneTypeAndItsLength(string path)
    {
        using var answer = await _client.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal("application/json", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal((await answer.Content.ReadAsByteArrayAsync()).Length, answer.Content.Headers.ContentLength);
        Assert.Null(answer.Headers.TransferEncodingChunked);
    }

    [Fact]
    public async Task Get_SourceInCapitals_IsUnknownHereAsInRandom()
    {
        using var answer = await _client.GetAsync(new Uri("/sources/SCRIPTED_A", UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("near it are scripted_a", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_SourceOf7000Characters_IsEchoedInPartWithoutNearNames()
    {
        using var answer = await _client.GetAsync(new Uri("/sources/scripted_a" + new string('z', 7000), UriKind.Relative));
        var body = await answer.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.InRange(body.Length, 1, 200);
        Assert.DoesNotContain("near it", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_Sources_ListsThePluggedOnesAsHealthy()
    {
        // The service is ready as soon as two of them are healthy.
        foreach (var source in _factory.Sources)
        {
            await _client.UntilStateAsync(source.Info.Name, "healthy");
        }

        using var list = JsonDocument.Parse(await _client.GetStringAsync(new Uri("/sources", UriKind.Relative)));
        var sources = list
            .RootElement.GetProperty("sources")
            .EnumerateArray()
            .ToDictionary(source => source.GetProperty("name").GetString()!, StringComparer.Ordinal);

        Assert.Equal(sources.Count, list.RootElement.GetProperty("total").GetInt32());
        Assert.All(
            _factory.Sources,
            source => Assert.True(sources[source.Info.Name].GetProperty("healthy").GetBoolean(), source.Info.Name)
        );
    }

    [Fact]
    public async Task Get_Metrics_CountsTheBytesThatWereServed()
    {
        foreach (
            var path in new[]
            {
                "/api/v1/random?format=bytes&length=1000",
                "/api/v1/random?format=hex&length=100&fresh=true&timeout=30",
                "/api/v1/random?length=3&type=uint16",
                "/api/v1/random?length=5&type=hex8&size=3&format=lines",
                "/api/v1/random?length=48&format=base64&conditioning=limited&timeout=30",
                "/api/v1/stream?length=5000",
                "/v1/qrng/latest",
            }
        )
        {
            await _client.GetByteArrayAsync(new Uri(path, UriKind.Relative));
        }

        await _client.GetByteArrayAsync(new Uri("/api/v1/uuids?count=9", UriKind.Relative));
        using var seed = await _client.PostAsync(new Uri("/pollen", UriKind.Relative), Form("challenge", "x"));
        var metrics = await _client.GetStringAsync(new Uri("/metrics", UriKind.Relative));

        Assert.Equal(1000, Bytes("drbg", "bytes"));
        Assert.Equal(100 + 64, Bytes("drbg", "hex"));
        Assert.Equal(6, Bytes("drbg", "uint16"));
        Assert.Equal(15, Bytes("drbg", "hex8"));
        Assert.Equal(48, Bytes("limited", "base64"));
        Assert.Equal(5000, Bytes("drbg", "stream"));
        Assert.Equal(1024, Bytes("drbg", "base64"));
        Assert.InRange(Bytes("drbg", "values"), 9 * 16, 1000);
        Assert.Equal(0, Bytes("drbg", "bundle"));

        static FormUrlEncodedContent Form(string name, string value) => new([KeyValuePair.Create(name, value)]);

        long Bytes(string quality, string type)
        {
            var series = $"openentropy_output_bytes_total{{quality=\"{quality}\",type=\"{type}\"}} ";
            return long.Parse(
                Assert.Single(metrics.Split('\n'), each => each.StartsWith(series, StringComparison.Ordinal))[series.Length..]
            );
        }
    }

    [Fact]
    public async Task Get_OpenApi_DescribesEveryServiceRoute()
    {
        using var document = JsonDocument.Parse(await _client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)));
        var paths = document.RootElement.GetProperty("paths").EnumerateObject().Select(path => path.Name).ToList();

        foreach (
            var path in new[]
            {
                "/api/v1/random",
                "/api/v1/identity",
                "/api/v1/integers",
                "/api/v1/bytes",
                "/api/v1/stream",
                "/health",
                "/health/live",
                "/sources",
                "/sources/{name}",
                "/sources/{name}/enable",
                "/sources/{name}/disable",
                "/sources/{name}/retest",
                "/api/v1/assessments/{source}",
                "/pool/status",
                "/metrics",
            }
        )
        {
            Assert.True(paths.Contains(path, StringComparer.Ordinal), path);
        }
    }

    /// <summary>What is mapped, with a value for each parameter of a route.</summary>
    private IEnumerable<(string Method, string Path)> Routes() =>
        from endpoint in _factory.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let pattern = "/" + endpoint.RoutePattern.RawText!.Trim('/')
        let path = pattern
            .Replace("{name}", "scripted_a", StringComparison.Ordinal)
            .Replace("{source}", "scripted_a", StringComparison.Ordinal)
            .Replace("/api/v1/stream", "/api/v1/stream?length=1000", StringComparison.Ordinal)
            .Replace("{id}", "0123456789abcdef0123456789abcdef", StringComparison.Ordinal)
            .Replace("{**path}", "index.html", StringComparison.Ordinal)
            .Replace("{**file}", "icon.svg", StringComparison.Ordinal)
            .Replace("{documentName}", "v1", StringComparison.Ordinal)
        let query = path switch
        {
            "/api/v1/integers" or "/api/v1/sequence" => "?min=1&max=6",
            "/api/v1/shuffle" or "/api/v1/choice" => "?items=a,b",
            _ => "",
        }
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
        select (method, path + query);
}
