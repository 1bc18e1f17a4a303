using System.Net;
using System.Text.Json.Nodes;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Server.Tests.Bundles;

/// <summary>The history of the identity where a process ended while it was made, and where it was lost: only the latter is told.</summary>
public sealed class BundleHistoryTests : BundlePoolTests
{
    private readonly ManualTimeProvider _time = new();

    private string Identity => Path.Combine(Storage, "identity");

    private string KeysFile => Path.Combine(Identity, "bundles.json");

    private string History => Path.Combine(Identity, "bundles-history.json");

    [Fact]
    public async Task Get_FirstIdentity_HasAnEmptyHistoryBeforeItHasKeys()
    {
        DirectoryInfo inItsPlace;
        await using (var host = await BundlesAsync())
        {
            (await host.Client.GetAsync("/api/v1/random?length=1&receipt=true")).Dispose(); // makes the directory, for its owner alone
            inItsPlace = Directory.CreateDirectory(KeysFile + ".part"); // in the way of the keys, whoever writes them
            using var answer = await host.Client.GetAsync(BundleHost.Identity);
            await BundleHost.RefusalAsync(answer, HttpStatusCode.ServiceUnavailable);
        }

        Assert.Equal("[]", await File.ReadAllTextAsync(History));
        inItsPlace.Delete();
        var made = Assert.Single(await IdentitiesAsync());
        Assert.Null(made!["history_lost"]);
    }

    [Fact]
    public async Task Get_AfterAnEndBetweenTheFirstKeysAndTheirHistory_LostNothing()
    {
        var first = await IdentitiesAsync();
        await File.WriteAllTextAsync(History, "[]");
        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(first.ToJsonString(), (await IdentitiesAsync()).ToJsonString());
        Assert.Equal(first.ToJsonString(), (await IdentitiesAsync()).ToJsonString()); // from the history that was begun
    }

    [Fact]
    public async Task Get_AfterAnEndBetweenReplacingKeysAndTheirHistory_LostNothing()
    {
        var (old, history) = (await IdentitiesAsync(), await File.ReadAllBytesAsync(History));
        await ReplaceAsync(old);
        await File.WriteAllBytesAsync(History, history);

        var after = await IdentitiesAsync();

        Assert.Equal(2, after.Count);
        Assert.All(after, identity => Assert.Null(identity!["history_lost"]));
        Assert.Equal(KeyId(old), KeyId(after, index: 1));
        Assert.Equal(_time.GetUtcNow(), after[1]!["replaced"]!.GetValue<DateTimeOffset>());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Get_HistoryDeleted_IsTold(bool wasReplaced)
    {
        var identities = await IdentitiesAsync();
        if (wasReplaced)
        {
            identities = await ReplaceAsync(identities);
        }

        File.Delete(History);
        var after = Assert.Single(await IdentitiesAsync())!;

        Assert.Equal(KeyId(identities), after["keys"]![0]!["kid"]!.GetValue<string>());
        Assert.Equal(_time.GetUtcNow(), after["history_lost"]!.GetValue<DateTimeOffset>());
    }

    private async Task<JsonArray> ReplaceAsync(JsonArray old)
    {
        File.Delete(KeysFile);
        _time.Advance(TimeSpan.FromDays(1));
        return await IdentitiesAsync(replace: KeyId(old));
    }

    // Of a service that starts for the question.
    private async Task<JsonArray> IdentitiesAsync(string replace = "")
    {
        await using var host = await BundlesAsync(options => options.ReplaceIdentity = replace, _time);
        return JsonNode.Parse(await host.Client.GetStringAsync(BundleHost.Identity))!["identities"]!.AsArray();
    }

    private static string KeyId(JsonArray identities, int index = 0) => identities[index]!["keys"]![0]!["kid"]!.GetValue<string>();
}
