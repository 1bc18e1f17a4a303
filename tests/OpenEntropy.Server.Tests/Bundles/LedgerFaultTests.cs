using System.Net;
using System.Text.Json;
using OpenEntropy.Pqc.Ledger;
using OpenEntropy.Server.Bundles;
using Xunit;

namespace OpenEntropy.Server.Tests.Bundles;

/// <summary>A device that hangs, or fails in the middle of an entry, or for one file: what was made is told all the same, and what was refused was not made.</summary>
public sealed class LedgerFaultTests : BundlePoolTests
{
    [Fact]
    public async Task Post_EntryThatCannotBeTakenBack_IsTakenBackLaterAndMadeAgainWhenItIsAskedAgain()
    {
        await using var host = await BundlesAsync();
        var first = IdOf(await host.MintAsync());
        var (file, kept) = ("", Path.Combine(Storage, "kept"));
        host.Ledger.AfterStep = step =>
        {
            if (step == LedgerStep.FileNamed)
            {
                // In its place stands what no deletion of a file takes away, whoever tries.
                file = Directory.GetFiles(Keys, "*.json").Single(each => !each.Contains(first, StringComparison.Ordinal));
                File.Move(file, kept);
                Directory.CreateDirectory(file);
                throw new IOException("Read-only file system");
            }
        };

        using var failed = await host.PostAsync("", "key-1");
        var message = await BundleHost.RefusalAsync(failed, HttpStatusCode.ServiceUnavailable);
        using var before = await ListAsync(host);
        Directory.Delete(file);
        File.Move(kept, file);
        host.Ledger.AfterStep = null;
        var made = await host.MintAsync("", "key-1");
        using var after = await ListAsync(host);

        Assert.Contains("no bundle was made", message, StringComparison.Ordinal);
        Assert.Contains("if the service is restarted first, the entry may stand", message, StringComparison.Ordinal);
        Assert.Contains("Read-only file system", host.Logs.Text, StringComparison.Ordinal);
        Assert.Equal(1, before.RootElement.GetProperty("total").GetInt32());
        Assert.True(made.ContainsKey("secret_keys"));
        Assert.Equal([IdOf(made), first], Ids(after));
        Assert.Contains($"took back {IdOf(made)}", Assert.Single(Findings(after)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_WhileTheDeviceHangsInAnEntry_IsAnswered()
    {
        await using var host = await BundlesAsync();
        var id = IdOf(await host.MintAsync("", "key-1"));
        var hangs = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var goesOn = new ManualResetEventSlim();
        host.Ledger.AfterStep = step =>
        {
            if (step == LedgerStep.FileWritten)
            {
                hangs.TrySetResult();
                Assert.True(goesOn.Wait(ServiceProcess.Patience));
            }
        };
        var writing = host.PostAsync("");
        await hangs.Task.WaitAsync(ServiceProcess.Patience);

        using var list = await ListAsync(host);
        using var one = await host.Client.GetAsync($"{BundleHost.Route}/{id}");
        using var repeated = await host.PostAsync("", "key-1");
        using var random = await host.Client.GetAsync("/api/v1/random?length=1");

        Assert.False(writing.IsCompleted);
        Assert.Equal([id], Ids(list));
        HttpResponseMessage[] answers = [one, repeated, random];
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        goesOn.Set();
        using var written = await writing;
        Assert.Equal(HttpStatusCode.Created, written.StatusCode);
    }

    [Fact]
    public async Task Get_MoreReadersThanMayWait_AreRefusedAtOnce()
    {
        await using var host = await BundlesAsync();
        var id = IdOf(await host.MintAsync("", "key-1"));
        using (host.LedgerDesk.Queue.TryTake(LedgerDesk.Most))
        {
            using var list = await host.Client.GetAsync(BundleHost.Route);
            using var one = await host.Client.GetAsync($"{BundleHost.Route}/{id}");
            using var repeated = await host.PostAsync("", "key-1");
            using var another = await host.PostAsync("");
            HttpResponseMessage[] answers = [list, one, repeated, another];
            foreach (var answer in answers)
            {
                var message = await BundleHost.RefusalAsync(answer, HttpStatusCode.ServiceUnavailable);
                Assert.Contains("ask again", message, StringComparison.Ordinal);
            }

            Assert.Equal(2, host.Counts.Refused["busy"]);
        }

        using var after = await ListAsync(host);
        Assert.Equal([id], Ids(after));
        Assert.Equal(0, host.LedgerDesk.Queue.Load);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Get_OneFileThatIsTooLongOrCannotBeRead_IsNotIntactAndTheOthersAre(bool tooLong)
    {
        await using var host = await BundlesAsync();
        var damaged = IdOf(await host.MintAsync());
        var whole = IdOf(await host.MintAsync());
        using var held = new FileStream(Path.Combine(Keys, damaged + ".json"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        if (tooLong)
        {
            held.SetLength(LedgerFolder.LongestFile + 1);
            held.Dispose();
        }

        using var list = await ListAsync(host);
        using var one = await host.Client.GetAsync($"{BundleHost.Route}/{damaged}");

        Assert.Equal([whole, damaged], Ids(list));
        Assert.Equal([true, false], Bundles(list).Select(each => each.GetProperty("intact").GetBoolean()));
        await BundleHost.RefusalAsync(one, HttpStatusCode.ServiceUnavailable);
        Assert.Equal(!tooLong, host.Logs.Text.Contains($"the file of {damaged} cannot be read", StringComparison.Ordinal));
        await host.MintAsync();
    }

    [Fact]
    public async Task Post_NoteThatCannotBeWritten_MakesTheBundleAndTheNextNotesBoth()
    {
        await using var host = await BundlesAsync();
        await host.MintAsync();
        var inItsPlace = Directory.CreateDirectory(Note + ".part"); // also root, whom no mode keeps out, writes no file here

        var made = IdOf(await host.MintAsync());

        Assert.StartsWith("1 ", await File.ReadAllTextAsync(Note), StringComparison.Ordinal);
        Assert.Contains("identity/ledger cannot be written and is behind entry 2", host.Logs.Text, StringComparison.Ordinal);
        using var list = await ListAsync(host);
        Assert.Equal(made, Ids(list)[0]);
        inItsPlace.Delete();
        await host.MintAsync();
        Assert.StartsWith("3 ", await File.ReadAllTextAsync(Note), StringComparison.Ordinal);
    }

    private static async Task<JsonDocument> ListAsync(BundleHost host) =>
        JsonDocument.Parse(await host.Client.GetStringAsync(BundleHost.Route));

    private static List<JsonElement> Bundles(JsonDocument list) => [.. list.RootElement.GetProperty("bundles").EnumerateArray()];

    private static List<string> Ids(JsonDocument list) => [.. Bundles(list).Select(each => each.GetProperty("id").GetString()!)];

    private static List<string> Findings(JsonDocument list) =>
        [.. list.RootElement.GetProperty("findings").EnumerateArray().Select(each => each.GetString()!)];
}
