using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenEntropy.Server.Bundles;
using OpenEntropy.Server.Tests.Receipts;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Server.Tests.Bundles;

/// <summary>Who signs bundles: made once, kept, never replaced unless the operator says so, and what the history then tells.</summary>
public sealed class BundleIdentityRouteTests : BundlePoolTests
{
    private string KeysFile => Path.Combine(Storage, "identity", "bundles.json");

    private string History => Path.Combine(Storage, "identity", "bundles-history.json");

    private string KeyFile => Path.Combine(Storage, "identity", "bundles.key");

    [Fact]
    public async Task Get_Identity_IsMadeOnceAndKept()
    {
        string first;
        await using (var host = await BundlesAsync())
        {
            using var head = await host.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, BundleHost.Identity));
            Assert.Empty(Stored);
            first = await host.Client.GetStringAsync(BundleHost.Identity);
        }

        await using var again = await BundlesAsync();

        Assert.Equal(first, await again.Client.GetStringAsync(BundleHost.Identity));
        var files = Directory.GetFiles(Path.Combine(Storage, "identity"));
        Assert.Equal(["bundles-history.json", "bundles.json", "bundles.key", "lock"], files.Select(Path.GetFileName).Order());
        foreach (var file in OperatingSystem.IsWindows() ? [] : files)
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, new FileInfo(file).UnixFileMode);
        }
    }

    [Fact]
    public async Task Post_KeysGoneThatTheHistoryNames_MakesNoOthersUntilTheyAreBack()
    {
        var first = await MakeAsync();
        var aside = Path.Combine(Storage, "aside");
        File.Move(KeysFile, aside);
        await using var host = await BundlesAsync();

        foreach (var path in new[] { BundleHost.Route, BundleHost.Identity })
        {
            using var answer = path == BundleHost.Route ? await host.PostAsync("") : await host.Client.GetAsync(path);
            var message = await BundleHost.RefusalAsync(answer, HttpStatusCode.ServiceUnavailable);
            Assert.Contains("identity/bundles.json is missing", message, StringComparison.Ordinal);
            Assert.Contains($"OpenEntropy:Bundles:ReplaceIdentity={KeyId(first)}", message, StringComparison.Ordinal);
        }

        Assert.False(File.Exists(KeysFile));
        File.Move(aside, KeysFile);
        Assert.Equal(first, await host.Client.GetStringAsync(BundleHost.Identity));
    }

    // The steps of docs/pqc.md, one after the other.
    [Fact]
    public async Task Get_IdentityReplacedByTheOperator_TellsWhenAndKnowsTheOldOne()
    {
        var time = new ManualTimeProvider();
        var (old, first) = (null as JsonObject, "");
        await using (var host = await BundlesAsync(time: time))
        {
            old = await host.MintAsync();
            first = await host.Client.GetStringAsync(BundleHost.Identity);
        }

        var aside = Directory.CreateDirectory(Path.Combine(Storage, "aside")).FullName;
        File.Move(KeysFile, Path.Combine(aside, "bundles.json"));
        File.Move(KeyFile, Path.Combine(aside, "bundles.key"));
        time.Advance(TimeSpan.FromDays(3));
        var replacedAt = time.GetUtcNow();
        await using (var host = await BundlesAsync(options => options.ReplaceIdentity = KeyId(first), time))
        {
            await host.MintAsync();
            var identities = await IdentitiesAsync(host);
            using var verified = await host.PostAsync(Public(old), path: BundleHost.Route + "/verify");

            Assert.Equal(2, identities.Count);
            Assert.Null(identities[0]!["replaced"]);
            Assert.Equal(replacedAt, identities[0]!["created"]!.GetValue<DateTimeOffset>());
            Assert.Equal(replacedAt, identities[1]!["replaced"]!.GetValue<DateTimeOffset>());
            Assert.Contains("\"former\"", await verified.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        // The first comes back from where it was kept: it stands once, in front, and the other ends when that was found.
        time.Advance(TimeSpan.FromDays(1));
        File.Move(Path.Combine(aside, "bundles.json"), KeysFile, overwrite: true);
        File.Move(Path.Combine(aside, "bundles.key"), KeyFile, overwrite: true);
        await using var again = await BundlesAsync(options => options.ReplaceIdentity = KeyId(first), time);
        var after = await IdentitiesAsync(again);

        Assert.Equal(2, after.Count);
        Assert.Equal(KeyId(first), after[0]!["keys"]![0]!["kid"]!.GetValue<string>());
        Assert.Null(after[0]!["replaced"]);
        Assert.Equal(time.GetUtcNow(), after[1]!["replaced"]!.GetValue<DateTimeOffset>());
    }

    [Fact]
    public async Task Post_ConsentToTheEndOfAnotherIdentity_IsNone()
    {
        await MakeAsync();
        File.Delete(KeysFile);
        await using var host = await BundlesAsync(options => options.ReplaceIdentity = "1vvhNsPevWuuz78d2Wg89ooWOH871dw7k9JUcGm5xJY");
        using var answer = await host.PostAsync("");

        await BundleHost.RefusalAsync(answer, HttpStatusCode.ServiceUnavailable);
        Assert.False(File.Exists(KeysFile));
    }

    [Fact]
    public async Task Get_HistoryGone_IsBegunAnewAndSaysSoFromThenOn()
    {
        await MakeAsync();
        File.Delete(History);
        var time = new ManualTimeProvider();
        await using (var host = await BundlesAsync(time: time))
        {
            Assert.Equal(time.GetUtcNow(), Assert.Single(await IdentitiesAsync(host))!["history_lost"]!.GetValue<DateTimeOffset>());
            Assert.Contains("bundles-history.json is missing beside the keys", host.Logs.Text, StringComparison.Ordinal);
        }

        await using var again = await BundlesAsync();

        Assert.Equal(time.GetUtcNow(), Assert.Single(await IdentitiesAsync(again))!["history_lost"]!.GetValue<DateTimeOffset>());
    }

    [UnixFact]
    public async Task Post_LinkThatLeadsNowhere_IsNotWrittenOver()
    {
        await MakeAsync();
        foreach (var file in new[] { KeysFile, History, KeyFile })
        {
            var aside = file + ".aside";
            File.Move(file, aside);
            File.CreateSymbolicLink(file, Path.Combine(Storage, "not mounted"));
            await using (var host = await BundlesAsync())
            {
                using var answer = await host.PostAsync("");
                Assert.Contains(
                    $"identity/{Path.GetFileName(file)} is a link that leads nowhere",
                    await BundleHost.RefusalAsync(answer, HttpStatusCode.ServiceUnavailable),
                    StringComparison.Ordinal
                );
            }

            Assert.NotNull(new FileInfo(file).LinkTarget);
            File.Delete(file);
            File.Move(aside, file);
        }
    }

    [Theory]
    [InlineData("\"created\":5", "does not say when its keys were made")]
    [InlineData("\"created\":\"soon\"", "does not say when its keys were made")]
    [InlineData("\"creation\":\"2026-01-01T00:00:00Z\"", "does not say when its keys were made")]
    public async Task Post_KeysWithoutTheirTime_AreRefusedAndStay(string created, string message)
    {
        await MakeAsync();
        var text = System.Text.RegularExpressions.Regex.Replace(
            await File.ReadAllTextAsync(KeysFile),
            "\"created\":\"[^\"]*\"",
            created,
            System.Text.RegularExpressions.RegexOptions.None,
            TimeSpan.FromSeconds(1)
        );
        await File.WriteAllTextAsync(KeysFile, text);
        await using var host = await BundlesAsync();
        using var answer = await host.PostAsync("");

        Assert.Contains(message, await BundleHost.RefusalAsync(answer, HttpStatusCode.ServiceUnavailable), StringComparison.Ordinal);
        Assert.Equal(text, await File.ReadAllTextAsync(KeysFile));
    }

    [Theory]
    [InlineData("another passphrase", "identity/bundles.json cannot be opened")]
    [InlineData("", "identity/bundles.key is missing")]
    public async Task Post_WrongOrMissingPassphraseOfTheIdentity_MakesNoBundleAndNoOtherIdentity(string passphrase, string message)
    {
        await using (var host = await BundlesAsync(options => options.IdentityPassphrase = Phrase))
        {
            await host.MintAsync();
        }

        Assert.False(File.Exists(KeyFile));
        var stored = await File.ReadAllBytesAsync(KeysFile);
        await using var again = await BundlesAsync(options => options.IdentityPassphrase = passphrase);
        using var answer = await again.PostAsync("");

        Assert.Contains(message, await BundleHost.RefusalAsync(answer, HttpStatusCode.ServiceUnavailable), StringComparison.Ordinal);
        Assert.Equal(stored, await File.ReadAllBytesAsync(KeysFile));
    }

    [Fact]
    public async Task Get_WrongPassphraseOfTheIdentity_IsTriedOnceUntilAFileChangesOrSecondsPass()
    {
        await MakeAsync();
        var time = new ManualTimeProvider();
        await using var host = await BundlesAsync(options => options.IdentityPassphrase = "another passphrase", time);

        Assert.Equal(1, await TriesAsync(host, requests: 5));
        time.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(2, await TriesAsync(host, requests: 5));
        File.SetLastWriteTimeUtc(KeysFile, DateTime.UnixEpoch);
        Assert.Equal(3, await TriesAsync(host, requests: 5));
    }

    [Fact]
    public async Task Post_SelfTestFails_MakesNeitherIdentityNorBundleAndSaysWhy()
    {
        static IReadOnlyList<CheckBody> Failing() =>
            [new("ml-kem-768", Ok: true, "works"), new("falcon-512", Ok: false, "keys of a known seed: InvalidOperationException")];
        await using (var host = await BundlesAsync(selfTests: Failing))
        {
            using var mint = await host.PostAsync("");
            using var identity = await host.Client.GetAsync(BundleHost.Identity);

            const string Why = "the self-test falcon-512 failed (keys of a known seed: InvalidOperationException)";
            Assert.Contains(Why, await BundleHost.RefusalAsync(mint, HttpStatusCode.ServiceUnavailable), StringComparison.Ordinal);
            Assert.Contains(Why, await BundleHost.RefusalAsync(identity, HttpStatusCode.ServiceUnavailable), StringComparison.Ordinal);
            Assert.Equal(0, host.Counts.Minted);
        }

        Assert.False(File.Exists(KeysFile) || File.Exists(KeyFile) || Directory.Exists(Keys));

        // An identity that was made when all was well signs nothing either.
        await MakeAsync();
        await using var again = await BundlesAsync(selfTests: Failing);
        using var answer = await again.PostAsync("");
        Assert.Contains(
            "self-test falcon-512",
            await BundleHost.RefusalAsync(answer, HttpStatusCode.ServiceUnavailable),
            StringComparison.Ordinal
        );
        Assert.Empty(Directory.Exists(Keys) ? Directory.GetFiles(Keys, "*.json") : []);
    }

    private async Task<string> MakeAsync()
    {
        await using var host = await BundlesAsync();
        return await host.Client.GetStringAsync(BundleHost.Identity);
    }

    private static async Task<int> TriesAsync(BundleHost host, int requests)
    {
        for (var i = 0; i < requests; i++)
        {
            using var answer = await host.Client.GetAsync(i % 2 == 0 ? BundleHost.Route : BundleHost.Identity);
            await BundleHost.RefusalAsync(answer, HttpStatusCode.ServiceUnavailable);
        }

        return host.Logs.Text.Split("No bundle can be signed").Length - 1;
    }

    private static async Task<JsonArray> IdentitiesAsync(BundleHost host) =>
        JsonNode.Parse(await host.Client.GetStringAsync(BundleHost.Identity))!["identities"]!.AsArray();

    private static string KeyId(string identity)
    {
        using var document = JsonDocument.Parse(identity);
        return document.RootElement.GetProperty("identities")[0].GetProperty("keys")[0].GetProperty("kid").GetString()!;
    }
}
