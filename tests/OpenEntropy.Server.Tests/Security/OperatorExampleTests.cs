using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using OpenEntropy.Server.Tests.Documentation;
using Xunit;

namespace OpenEntropy.Server.Tests.Security;

/// <summary>What the reference says of refusals is what the service says.</summary>
public sealed class OperatorExampleTests(OperatedServices services) : IClassFixture<OperatedServices>
{
    [Theory]
    [InlineData("post_sources_by_name_enable", "/sources/scripted_a/enable")]
    [InlineData("post_sources_by_name_disable", "/sources/scripted_a/disable")]
    [InlineData("post_sources_by_name_retest", "/sources/scripted_a/retest")]
    [InlineData("post_api_v1_assessments_by_source", "/api/v1/assessments/scripted_a")]
    [InlineData("post_api_v1_pqc_bundles", "/api/v1/pqc/bundles")]
    public async Task Example_WrongKey_IsWhatTheServiceSays(string operation, string path)
    {
        using var client = services.Keyed.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Headers.Add("x-api-key", "wrong");
        using var answer = await client.SendAsync(request);
        var said = await answer.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal(KeptDocument.Answer(operation, 401).GetProperty("message").GetString(), said.GetProperty("message").GetString());
    }
}
