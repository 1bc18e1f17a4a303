using System.Text;
using System.Text.Json;
using Xunit;

namespace OpenEntropy.Server.Tests.Documentation;

/// <summary>The refusals that the document shows as examples are those that a service gives.</summary>
public sealed class ExampleRefusalsTests : IAsyncLifetime
{
    private readonly ServerFactory _factory = new();
    private HttpClient _client = null!;
    private JsonElement _document;

    public async Task InitializeAsync()
    {
        _client = await _factory.CreateReadyClientAsync();
        using var document = JsonDocument.Parse(await _client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)));
        _document = document.RootElement.Clone();
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _factory.DisposeAsync();
    }

    [Theory]
    [InlineData("random", 400, "GET", "/api/v1/random?length=0")]
    [InlineData("random", 403, "GET", "/api/v1/random?raw=true")]
    [InlineData("stream", 400, "GET", "/api/v1/stream?rate=0")]
    [InlineData("stream", 403, "GET", "/api/v1/stream?raw=true")]
    [InlineData("anu", 400, "GET", "/?type=int8")]
    [InlineData("anu_slash", 400, "GET", "/api/v1/random/?conditioning=limited")]
    [InlineData("anu_older", 400, "GET", "/API/jsonI.php?type=hex8")]
    [InlineData("pollinate", 400, "POST", "/", "a=b", "application/x-www-form-urlencoded")]
    [InlineData("pollinate_pollen", 400, "POST", "/pollen", "challenge=", "application/x-www-form-urlencoded")]
    [InlineData("integers", 400, "GET", "/api/v1/integers?min=-9223372036854775808")]
    [InlineData("sequence", 400, "GET", "/api/v1/sequence?min=1&max=6&count=7")]
    [InlineData("floats", 400, "GET", "/api/v1/floats?count=0")]
    [InlineData("gaussians", 400, "GET", "/api/v1/gaussians?deviation=0")]
    [InlineData("uuids", 400, "GET", "/api/v1/uuids?version=1")]
    [InlineData("strings", 400, "GET", "/api/v1/strings?length=0")]
    [InlineData("shuffle", 400, "GET", "/api/v1/shuffle")]
    [InlineData("choice", 400, "GET", "/api/v1/choice?items=a,b,c&weights=1")]
    [InlineData("bytes", 400, "GET", "/api/v1/bytes?encoding=octal")]
    [InlineData("shuffle_of_body", 400, "POST", "/api/v1/shuffle", "{}", "application/json")]
    [InlineData("shuffle_of_body", 415, "POST", "/api/v1/shuffle", "a", "text/plain")]
    [InlineData("choice_of_body", 400, "POST", "/api/v1/choice", "[1]", "application/json")]
    [InlineData("choice_of_body", 415, "POST", "/api/v1/choice", "a", "text/plain")]
    [InlineData("get_api_v1_identity", 400, "GET", "/api/v1/identity?x=1")]
    [InlineData("post_api_v1_pqc_bundles", 400, "POST", "/api/v1/pqc/bundles", "{\"store\":1}", "application/json")]
    [InlineData("post_api_v1_pqc_bundles", 415, "POST", "/api/v1/pqc/bundles", "a", "text/plain")]
    [InlineData("get_api_v1_pqc_bundles", 400, "GET", "/api/v1/pqc/bundles?limit=0")]
    [InlineData("get_api_v1_pqc_bundles_by_id", 400, "GET", "/api/v1/pqc/bundles/0?x")]
    [InlineData("get_api_v1_pqc_bundles_by_id", 404, "GET", "/api/v1/pqc/bundles/0123456789abcdef0123456789abcdef")]
    [InlineData("post_api_v1_pqc_bundles_verify", 400, "POST", "/api/v1/pqc/bundles/verify", "{", "application/json")]
    [InlineData("post_api_v1_pqc_bundles_verify", 415, "POST", "/api/v1/pqc/bundles/verify", "a", "text/plain")]
    [InlineData("get_api_v1_pqc_identity", 400, "GET", "/api/v1/pqc/identity?x=1")]
    [InlineData("get_api_v1_pqc_bundle_schema_json", 400, "GET", "/api/v1/pqc/bundle.schema.json?x=1")]
    [InlineData("get_sources", 400, "GET", "/sources?x=1")]
    [InlineData("get_sources_by_name", 400, "GET", "/sources/os_rng?x=1")]
    [InlineData("get_sources_by_name", 404, "GET", "/sources/sleep_jiter")]
    [InlineData("post_sources_by_name_enable", 400, "POST", "/sources/os_rng/enable", "a", "text/plain")]
    [InlineData("post_sources_by_name_enable", 404, "POST", "/sources/sleep_jiter/enable")]
    [InlineData("post_sources_by_name_disable", 404, "POST", "/sources/sleep_jiter/disable")]
    [InlineData("post_sources_by_name_retest", 404, "POST", "/sources/sleep_jiter/retest")]
    [InlineData("get_events", 400, "GET", "/events?x=1")]
    [InlineData("get_events_history", 400, "GET", "/events/history?minutes=6")]
    [InlineData("get_events_history", 404, "GET", "/events/history?source=sleep_jiter")]
    [InlineData("get_api_v1_assessments", 400, "GET", "/api/v1/assessments?x=1")]
    [InlineData("get_api_v1_assessments_by_source", 400, "GET", "/api/v1/assessments/os_rng?x=1")]
    [InlineData("get_api_v1_assessments_by_source", 404, "GET", "/api/v1/assessments/sleep_jiter")]
    [InlineData("post_api_v1_assessments_by_source", 404, "POST", "/api/v1/assessments/sleep_jiter")]
    public Task Example_Refusal_IsWhatTheServiceSays(
        string operation,
        int status,
        string method,
        string path,
        string? body = null,
        string? type = null
    ) => AssertSaidAsync(_client, operation, status, method, path, body, type, origin: null);

    [Theory]
    [InlineData("post_sources_by_name_retest", "/sources/os_rng/retest")]
    [InlineData("post_api_v1_assessments_by_source", "/api/v1/assessments/os_rng")]
    public Task Example_OtherSite_IsWhatTheServiceSays(string operation, string path) =>
        AssertSaidAsync(_client, operation, 403, "POST", path, body: null, type: null, "https://example.org");

    private static StringContent? Content(string? body, string? type) =>
        body is null ? null : new StringContent(body, Encoding.UTF8, type!);

    private async Task AssertSaidAsync(
        HttpClient client,
        string operation,
        int status,
        string method,
        string path,
        string? body,
        string? type,
        string? origin
    )
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = Content(body, type) };
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        using var answer = await client.SendAsync(request);
        using var said = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(said.RootElement.GetProperty("message").GetString(), Example(operation, status).GetProperty("message").GetString());
    }

    private JsonElement Example(string operation, int status) =>
        _document
            .GetProperty("paths")
            .EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject())
            .Single(each => each.Value.GetProperty("operationId").GetString() == operation)
            .Value.GetProperty("responses")
            .GetProperty($"{status}")
            .GetProperty("content")
            .GetProperty("application/json")
            .GetProperty("example");
}
