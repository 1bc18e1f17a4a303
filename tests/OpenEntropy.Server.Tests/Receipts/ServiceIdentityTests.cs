using System.Net;
using System.Runtime.Versioning;
using OpenEntropy.Receipts;
using OpenEntropy.Server.Receipts;
using Xunit;

namespace OpenEntropy.Server.Tests.Receipts;

/// <summary>The key and the sequence on disk, and what becomes of receipts when they are not as they were written.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ServiceIdentityTests : ReceiptPoolTests
{
    private string Identity => Path.Combine(Storage, "identity");

    private string Key => Path.Combine(Identity, IdentityFiles.KeyName);

    private string Sequence => Path.Combine(Identity, IdentityFiles.SequenceName);

    [Fact]
    public async Task Get_FirstReceipt_MakesAKeyForItsOwnerAlone()
    {
        await MakeAsync();

        Assert.Equal(
            ["lock", IdentityFiles.KeyName, IdentityFiles.PhraseName, IdentityFiles.SequenceName],
            Directory.GetFiles(Identity).Select(Path.GetFileName).Order()
        );
        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            Assert.Equal(Owner | UnixFileMode.UserExecute, File.GetUnixFileMode(Identity));
            Assert.All(Directory.GetFiles(Identity), path => Assert.Equal(Owner, File.GetUnixFileMode(path)));
        }

        Assert.StartsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----\n", await File.ReadAllTextAsync(Key), StringComparison.Ordinal);
        Assert.Equal((1 + SequenceNumbers.Range).ToString(), await File.ReadAllTextAsync(Sequence));
    }

    [Fact]
    public async Task Get_PoolDryButGeneratorsSeeded_MakesNoKeyWithoutPredictionResistance()
    {
        await StopHarvestAsync();
        while (Pool.Parts.Pool.TryTakeOldest(new byte[Pool.Status.BlockBits / 8]))
        {
            // Straight from the ring: a generator on the way would take blocks of its own.
        }

        await using var host = await StartAsync();
        using var plain = await host.Client.GetAsync(ReceiptHost.Route);
        using var identity = await host.Client.GetAsync(ReceiptHost.Identity);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable), (plain.StatusCode, identity.StatusCode));
        Assert.False(File.Exists(Key));
    }

    [Fact]
    public async Task Get_TwoStorageDirectories_HaveTwoKeys()
    {
        using var other = new ToolFolder();
        await using var first = await StartAsync();
        await using var second = await ReceiptHost.StartAsync(Pool, other.Path);

        Assert.NotEqual((await first.KeyAsync()).KeyId, (await second.KeyAsync()).KeyId);
    }

    [Theory]
    [InlineData("flipped", "identity/receipts-p256.pem cannot be opened by")]
    [InlineData("empty", "identity/receipts-p256.pem is damaged")]
    [InlineData("long", "identity/receipts-p256.pem is damaged")]
    [InlineData("no phrase", "identity/receipts-p256.pem cannot be opened by")]
    [InlineData("no sequence", "identity/receipts.sequence is missing")]
    [InlineData("bad sequence", "identity/receipts.sequence is damaged")]
    [InlineData("signed sequence", "identity/receipts.sequence is damaged")]
    [InlineData("zero sequence", "identity/receipts.sequence is damaged")]
    public async Task Get_DamagedIdentity_StopsReceiptsAndIsNotReplaced(string damage, string message)
    {
        await MakeAsync();
        var stored = await File.ReadAllBytesAsync(Key);
        switch (damage)
        {
            case "flipped":
                stored[stored.Length / 2] ^= 1;
                await File.WriteAllBytesAsync(Key, stored);
                break;
            case "empty":
                await File.WriteAllBytesAsync(Key, stored = []);
                break;
            case "long":
                await File.WriteAllBytesAsync(Key, stored = new byte[5000]);
                break;
            case "no phrase":
                File.Delete(Path.Combine(Identity, IdentityFiles.PhraseName));
                break;
            case "no sequence":
                File.Delete(Sequence);
                break;
            default:
                await File.WriteAllTextAsync(
                    Sequence,
                    damage[..3] switch
                    {
                        "bad" => "12a",
                        "sig" => "+5",
                        _ => "0",
                    }
                );
                break;
        }

        await using var host = await AssertStoppedAsync(message);
        Assert.Equal(stored, await File.ReadAllBytesAsync(Key));
    }

    [UnixFact]
    public async Task Get_KeyOthersCanRead_StopsReceiptsUntilItIsMended()
    {
        await MakeAsync();
        File.SetUnixFileMode(Key, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        await using var host = await AssertStoppedAsync("others than its owner can get at identity/receipts-p256.pem");

        File.SetUnixFileMode(Key, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        Assert.True(ReceiptVerifier.Verify(await host.GetAsync("receipt=true"), await host.KeyAsync()).IsValidForData);
    }

    [UnixFact]
    public async Task Get_DirectoryOthersCanEnter_StopsReceipts()
    {
        await MakeAsync();
        File.SetUnixFileMode(Identity, File.GetUnixFileMode(Identity) | UnixFileMode.OtherExecute);

        await using var host = await AssertStoppedAsync("others than its owner can get at the directory identity");
    }

    [Fact]
    public async Task Get_DirectoryThatCannotBeMade_StopsReceiptsButNotRandomValues()
    {
        await File.WriteAllTextAsync(Identity, "in its place"); // also root, whom no mode keeps out, makes no directory here

        await using var host = await AssertStoppedAsync("the files of the service's identity cannot be read or written");

        Assert.Contains(Identity, host.Logs.Text, StringComparison.Ordinal);
        Assert.Equal("in its place", await File.ReadAllTextAsync(Identity));
    }

    [Fact]
    public async Task Get_DirectoryOfAnotherProcess_StopsReceipts()
    {
        await using var first = await StartAsync();
        await first.KeyAsync();

        await using var second = await AssertStoppedAsync("the directory identity is in use by another process");

        Assert.NotEmpty(await first.GetAsync("receipt=true"));
    }

    [Fact]
    public async Task Get_KeyRemoved_MakesAnotherAndCountsOn()
    {
        await MakeAsync();
        var before = await File.ReadAllBytesAsync(Key);
        File.Delete(Key);

        await using var host = await StartAsync();
        var receipt = ReceiptVerifier.Verify(await host.GetAsync("receipt=true"), await host.KeyAsync()).Receipt!;

        Assert.Equal(1 + SequenceNumbers.Range, receipt.Sequence);
        Assert.NotEqual(before, await File.ReadAllBytesAsync(Key));
    }

    [Fact]
    public async Task WriteNew_WhereThereIsOne_FailsAndLeavesIt()
    {
        await MakeAsync();
        var before = await File.ReadAllBytesAsync(Key);
        using var files = new IdentityFiles(Storage);

        Assert.Throws<IOException>(() => files.WriteNew(IdentityFiles.KeyName, [1, 2, 3]));

        Assert.Equal(before, await File.ReadAllBytesAsync(Key));
        Assert.Equal(4, Directory.GetFileSystemEntries(Identity).Length);
    }

    private async Task MakeAsync()
    {
        await using var host = await StartAsync();
        await host.GetAsync("receipt=true");
    }

    private async Task<ReceiptHost> AssertStoppedAsync(string message)
    {
        var host = await StartAsync();
        foreach (var path in new[] { ReceiptHost.Route + "?receipt=true", ReceiptHost.Identity })
        {
            using var answer = await host.Client.GetAsync(path);
            var body = await answer.Content.ReadAsStringAsync();
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.True(answer.Headers.RetryAfter!.Delta >= TimeSpan.FromSeconds(1));
            Assert.Contains(message, body, StringComparison.Ordinal);
            Assert.DoesNotContain(Storage, body, StringComparison.Ordinal);
        }

        using var plain = await host.Client.GetAsync(ReceiptHost.Route);
        Assert.Equal(HttpStatusCode.OK, plain.StatusCode);
        Assert.Contains("Nothing can be signed", host.Logs.Text, StringComparison.Ordinal);
        return host;
    }
}
