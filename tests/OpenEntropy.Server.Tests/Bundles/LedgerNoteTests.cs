using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using OpenEntropy.Server.Bundles;
using OpenEntropy.Server.Tests.Receipts;
using Xunit;

namespace OpenEntropy.Server.Tests.Bundles;

/// <summary>A ledger that vanished, was cut or lies open between two starts: no bundle is made until somebody says that it is meant; randomness goes on.</summary>
public sealed class LedgerNoteTests : BundlePoolTests
{
    [Fact]
    public async Task Start_KeysGone_MakesNoBundleUntilTheOperatorMeansIt()
    {
        await MintAsync(3);
        Directory.Delete(Keys, recursive: true);
        await using (var again = await BundlesAsync())
        {
            await AssertRefusedAsync(
                again,
                "it had 3 entries and has 0: put it back; or, if it is meant, remove identity/ledger and restart"
            );
            using var list = await again.Client.GetAsync(BundleHost.Route);
            await BundleHost.RefusalAsync(list, HttpStatusCode.ServiceUnavailable);
            Assert.False(Directory.Exists(Keys));
        }

        File.Delete(Note);
        await MintAsync(1);
        Assert.Single(await File.ReadAllLinesAsync(Path.Combine(Keys, "index")));
    }

    [Fact]
    public async Task Start_LedgerPutBack_GoesOn()
    {
        await MintAsync(1);
        Directory.Move(Keys, Keys + ".away");
        await using (var again = await BundlesAsync())
        {
            await AssertRefusedAsync(again, "has 0");
        }

        Directory.Move(Keys + ".away", Keys);
        await MintAsync(1);
        Assert.Equal(2, (await File.ReadAllLinesAsync(Path.Combine(Keys, "index"))).Length);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Start_LinesCutFromTheEnd_MakesNoBundleAndMendsNothing(bool withTheirFiles)
    {
        await MintAsync(3);
        var index = Path.Combine(Keys, "index");
        var lines = await File.ReadAllLinesAsync(index);
        var cut = lines[0] + "\n";
        await File.WriteAllTextAsync(index, cut);
        foreach (var line in withTheirFiles ? lines[1..] : [])
        {
            File.Delete(Path.Combine(Keys, line.Split(' ')[1] + ".json"));
        }

        await using var again = await BundlesAsync();

        await AssertRefusedAsync(again, "it had 3 entries and has 1");
        Assert.Equal(cut, await File.ReadAllTextAsync(index));
    }

    [Fact]
    public async Task Start_AnotherLedgerOfTheSameLength_MakesNoBundle()
    {
        await MintAsync(2);
        using var other = new ToolFolder();
        await using (var elsewhere = await BundleHost.StartAsync(Pool, other.Path))
        {
            await elsewhere.MintAsync();
            await elsewhere.MintAsync();
        }

        Directory.Delete(Keys, recursive: true);
        Directory.Move(Path.Combine(other.Path, "keys"), Keys);
        await using var again = await BundlesAsync();

        await AssertRefusedAsync(again, "its line 2 is not the one that was there");
    }

    [Fact]
    public async Task Start_LedgerAheadOfTheNote_GoesOnAndIsNoted()
    {
        await MintAsync(1);
        var note = await File.ReadAllTextAsync(Note);
        await MintAsync(1);
        await File.WriteAllTextAsync(Note, note);

        await MintAsync(1);

        Assert.StartsWith("3 ", await File.ReadAllTextAsync(Note), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1\n")]
    [InlineData("01 0000000000000000000000000000000000000000000000000000000000000000\n")]
    [InlineData("-1 0000000000000000000000000000000000000000000000000000000000000000\n")]
    public async Task Start_NoteDamaged_MakesNoBundle(string note)
    {
        await MintAsync(1);
        await File.WriteAllTextAsync(Note, note);
        await using var again = await BundlesAsync();

        await AssertRefusedAsync(again, "identity/ledger is damaged");
    }

    [Fact]
    public async Task Start_SecretGone_MakesNoBundle()
    {
        await MintAsync(1);
        File.Delete(Path.Combine(Storage, "identity", LedgerSecret.Name));
        await using var again = await BundlesAsync();

        await AssertRefusedAsync(again, "identity/ledger.key is missing");
    }

    [UnixFact]
    public async Task Start_KeysOpenToOthers_MakesNoBundle()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await MintAsync(1);
        File.SetUnixFileMode(Keys, File.GetUnixFileMode(Keys) | UnixFileMode.GroupRead);
        await using var again = await BundlesAsync();

        await AssertRefusedAsync(again, "others than its owner can get at the directory keys: take that away (chmod go-rwx)");
    }

    [Fact]
    public async Task Start_AfterAnEndBetweenFileAndIndex_IsMendedWithoutARequest()
    {
        string[] lines;
        await using (var host = await BundlesAsync())
        {
            await host.MintAsync();
            var note = await File.ReadAllTextAsync(Note);
            await host.MintAsync();
            lines = await File.ReadAllLinesAsync(Path.Combine(Keys, "index"));
            await File.WriteAllTextAsync(Note, note);
            await File.WriteAllTextAsync(Path.Combine(Keys, "index"), lines[0] + "\n");
        }

        await using var again = await BundlesAsync();

        await ServerFactory.UntilAsync(() => Task.FromResult(again.Logs.Text.Contains("as line 2 of the index", StringComparison.Ordinal)));
        Assert.Equal(lines, await File.ReadAllLinesAsync(Path.Combine(Keys, "index")));
    }

    [Fact]
    public async Task Post_SameIdempotencyKeyUnderAnotherIdentity_IsTheSameRequest()
    {
        string id;
        string kid;
        await using (var host = await BundlesAsync())
        {
            id = IdOf(await host.MintAsync("", "key-1"));
            var identity = JsonNode.Parse(await host.Client.GetStringAsync(BundleHost.Identity))!;
            kid = identity["identities"]![0]!["keys"]![0]!["kid"]!.GetValue<string>();
        }

        File.Delete(Path.Combine(Storage, "identity", "bundles.json"));
        await using var again = await BundlesAsync(options => options.ReplaceIdentity = kid);
        await again.Client.GetStringAsync(BundleHost.Identity);
        using var repeated = await again.PostAsync("", "key-1");

        Assert.Equal(HttpStatusCode.OK, repeated.StatusCode);
        Assert.Contains(id, repeated.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_SameIdempotencyKeyElsewhere_HasAnIdOfTheStoredSecret()
    {
        using var other = new ToolFolder();
        await using var host = await BundlesAsync();
        await using var elsewhere = await BundleHost.StartAsync(Pool, other.Path);
        var id = IdOf(await host.MintAsync("", "key-1"));

        Assert.NotEqual(id, IdOf(await elsewhere.MintAsync("", "key-1")));
        var secret = Path.Combine(Storage, "identity", LedgerSecret.Name);
        var hmac = HMACSHA256.HashData(await File.ReadAllBytesAsync(secret), "openentropy-bundle-id\nkey-1"u8);
        Assert.Equal(Convert.ToHexStringLower(hmac.AsSpan(0, 16)), id);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(secret));
        }
    }

    [Theory]
    [InlineData("""{"requester":"b","passphrase":"correct horse battery"}""")]
    [InlineData("""{"requester":"a","passphrase":"correct horse batterz"}""")]
    [InlineData("""{"requester":"a","passphrase":"correct horse battery"} """)]
    [InlineData("""{"requester":"a","passphrase":"correct horse battery","store":true}""")]
    public async Task Post_SameIdempotencyKeyWithAnotherBody_IsRefused(string other)
    {
        const string Body = """{"requester":"a","passphrase":"correct horse battery"}""";
        await using var host = await BundlesAsync();
        var id = IdOf(await host.MintAsync(Body, "key-1"));

        using var repeated = await host.PostAsync(Body, "key-1");
        using var refused = await host.PostAsync(other, "key-1");
        var shown = await host.Client.GetStringAsync($"{BundleHost.Route}/{id}");

        Assert.Equal(HttpStatusCode.OK, repeated.StatusCode);
        Assert.Contains(
            "another request",
            await BundleHost.RefusalAsync(refused, HttpStatusCode.UnprocessableEntity),
            StringComparison.Ordinal
        );
        Assert.Contains("request_hmac", await File.ReadAllTextAsync(Path.Combine(Keys, id + ".json")), StringComparison.Ordinal);
        Assert.DoesNotContain("request_hmac", shown + await repeated.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task MintAsync(int count)
    {
        await using var host = await BundlesAsync();
        for (var i = 0; i < count; i++)
        {
            await host.MintAsync();
        }
    }

    private static async Task AssertRefusedAsync(BundleHost host, string message)
    {
        using var answer = await host.PostAsync("");
        using var random = await host.Client.GetAsync("/api/v1/random?length=1");

        Assert.Contains(message, await BundleHost.RefusalAsync(answer, HttpStatusCode.ServiceUnavailable), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, random.StatusCode);
        Assert.Equal(1, host.Counts.Refused["ledger"]);
    }
}
