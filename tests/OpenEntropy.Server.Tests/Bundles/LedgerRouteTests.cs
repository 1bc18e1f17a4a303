using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenEntropy.Pqc.Ledger;
using OpenEntropy.Server.Bundles;
using Xunit;

namespace OpenEntropy.Server.Tests.Bundles;

/// <summary>What was made, who signs it, and whether a bundle from anywhere is what its signer made.</summary>
public sealed class LedgerRouteTests : BundlePoolTests
{
    private const string Verify = BundleHost.Route + "/verify";

    [Fact]
    public async Task Get_List_IsPagedTheLatestFirst()
    {
        await using var host = await BundlesAsync();
        var ids = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            ids.Add(IdOf(await host.MintAsync($$"""{"requester":"r{{i}}","algorithms":["ML-KEM-512","ML-DSA-44"]}""")));
        }

        using var first = JsonDocument.Parse(await host.Client.GetStringAsync(BundleHost.Route + "?limit=2"));
        using var second = JsonDocument.Parse(
            await host.Client.GetStringAsync($"{BundleHost.Route}?limit=2&before={first.RootElement.GetProperty("next")}")
        );

        var listed = first
            .RootElement.GetProperty("bundles")
            .EnumerateArray()
            .Concat(second.RootElement.GetProperty("bundles").EnumerateArray())
            .ToList();
        Assert.Equal(Enumerable.Reverse(ids), listed.Select(each => each.GetProperty("id").GetString()!));
        Assert.All(listed, each => Assert.True(each.GetProperty("intact").GetBoolean()));
        Assert.Equal("r2", listed[0].GetProperty("requester").GetString());
        Assert.Equal(JsonValueKind.Null, second.RootElement.GetProperty("next").ValueKind);
    }

    [Theory]
    [InlineData("?limit=0")]
    [InlineData("?limit=101")]
    [InlineData("?limit=+1")]
    [InlineData("?before=0")]
    [InlineData("?before=-1")]
    [InlineData("?page=2")]
    public async Task Get_ListByWrongParameter_IsRefused(string query)
    {
        await using var host = await BundlesAsync();
        using var answer = await host.Client.GetAsync(BundleHost.Route + query);

        await BundleHost.RefusalAsync(answer, HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("0123456789abcdef0123456789abcdef")]
    [InlineData("..%2f..%2fetc%2fpasswd")]
    public async Task Get_UnknownBundle_IsNotFound(string id)
    {
        await using var host = await BundlesAsync();
        using var answer = await host.Client.GetAsync($"{BundleHost.Route}/{id}");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Get_FileAltered_IsFoundOut()
    {
        await using var host = await BundlesAsync();
        var id = IdOf(await host.MintAsync());
        await File.AppendAllTextAsync(Path.Combine(Keys, id + ".json"), " ");

        using var answer = await host.Client.GetAsync($"{BundleHost.Route}/{id}");
        using var list = JsonDocument.Parse(await host.Client.GetStringAsync(BundleHost.Route));

        Assert.Contains(
            "not the one that was written",
            await BundleHost.RefusalAsync(answer, HttpStatusCode.ServiceUnavailable),
            StringComparison.Ordinal
        );
        Assert.False(list.RootElement.GetProperty("bundles")[0].GetProperty("intact").GetBoolean());
    }

    [Fact]
    public async Task Get_AfterAnEndBetweenFileAndIndex_ListsTheBundleAndSaysSo()
    {
        string id;
        await using (var host = await BundlesAsync())
        {
            await host.MintAsync();
            id = IdOf(await host.MintAsync($$"""{"passphrase":"{{Phrase}}","store":true}"""));
        }

        var index = Path.Combine(Keys, "index");
        var lines = await File.ReadAllLinesAsync(index);
        await File.WriteAllTextAsync(index, lines[0] + "\n" + lines[1][..20]);
        await File.WriteAllTextAsync(Note, $"1 {LedgerEntry.Parse(lines[0])!.LineSha256}\n"); // it is written last
        await File.WriteAllTextAsync(Path.Combine(Keys, "ffffffffffffffffffffffffffffffff.json"), "{}");
        await using var again = await BundlesAsync();
        using var list = JsonDocument.Parse(await again.Client.GetStringAsync(BundleHost.Route));

        Assert.Equal(2, list.RootElement.GetProperty("total").GetInt32());
        Assert.Equal(3, list.RootElement.GetProperty("findings").GetArrayLength());
        Assert.Contains($"added {id} as line 2", again.Logs.Text, StringComparison.Ordinal);
        Assert.Equal(lines[1], (await File.ReadAllLinesAsync(index))[1]);
    }

    [Fact]
    public async Task Post_Verify_TellsWhatIsValidAndWhoSigned()
    {
        await using var host = await BundlesAsync();
        var made = await host.MintAsync();
        var altered = JsonNode.Parse(Public(made))!.AsObject();
        altered["bundle"]!["requester"] = "somebody else";

        using var valid = await PostAsync(host, Public(made), HttpStatusCode.OK);
        using var invalid = await PostAsync(host, altered.ToJsonString(), HttpStatusCode.OK);

        Assert.True(valid.RootElement.GetProperty("valid").GetBoolean(), valid.RootElement.ToString());
        Assert.Equal("current", valid.RootElement.GetProperty("signer").GetString());
        Assert.False(invalid.RootElement.GetProperty("valid").GetBoolean());
        var check = Assert.Single(invalid.RootElement.GetProperty("checks").EnumerateArray(), each => !each.GetProperty("ok").GetBoolean());
        Assert.Equal("bundle/requester is not what payload has there", check.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Post_VerifyAtAnotherService_IsValidBySomebodyUnknown()
    {
        using var other = new Receipts.ToolFolder();
        await using var elsewhere = await BundleHost.StartAsync(Pool, other.Path);
        await using var host = await BundlesAsync();
        await host.MintAsync();

        using var answer = await PostAsync(host, Public(await elsewhere.MintAsync()), HttpStatusCode.OK);

        Assert.True(answer.RootElement.GetProperty("valid").GetBoolean());
        Assert.Equal("unknown", answer.RootElement.GetProperty("signer").GetString());
    }

    [Fact]
    public async Task Post_VerifyNoBundle_IsRefused()
    {
        await using var host = await BundlesAsync();
        var made = await host.MintAsync();

        (await PostAsync(host, "{}", HttpStatusCode.BadRequest)).Dispose();
        (await PostAsync(host, "", HttpStatusCode.BadRequest)).Dispose();
        using var secrets = await PostAsync(host, made.ToJsonString(), HttpStatusCode.BadRequest);
        (await PostAsync(host, new string(' ', VerifyRoute.LongestBody + 1), HttpStatusCode.RequestEntityTooLarge)).Dispose();

        Assert.Contains("secret_keys", secrets.RootElement.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    private static async Task<JsonDocument> PostAsync(BundleHost host, string body, HttpStatusCode status)
    {
        using var answer = await host.PostAsync(body, path: Verify);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == status, $"{answer.StatusCode}: {text}");
        return JsonDocument.Parse(text);
    }
}
