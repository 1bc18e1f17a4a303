using System.Net;
using OpenEntropy.Pqc.Containers;
using OpenEntropy.Receipts;
using OpenEntropy.Server.Receipts;
using Xunit;

namespace OpenEntropy.Server.Tests.Receipts;

/// <summary>The key of receipts as earlier versions left it, and under what the operator gives later.</summary>
public sealed class SealedKeyTests : ReceiptPoolTests
{
    private const string Passphrase = "correct horse battery";

    private string Identity => Path.Combine(Storage, "identity");

    private string Sealed => Path.Combine(Identity, IdentityFiles.KeyName);

    private string Clear => Path.Combine(Identity, IdentityFiles.ClearKeyName);

    private string Phrase => Path.Combine(Identity, IdentityFiles.PhraseName);

    [Theory]
    [InlineData("")]
    [InlineData(Passphrase)]
    public async Task Open_KeyInClear_IsEncryptedAndTheSameKey(string passphrase)
    {
        var (id, pkcs8) = await LeaveInClearAsync();

        Assert.Equal(id, await KeyIdAsync(passphrase));

        Assert.False(File.Exists(Clear));
        Assert.Equal(passphrase.Length == 0, File.Exists(Phrase));
        Assert.Equal(pkcs8, Decrypt(passphrase.Length == 0 ? await File.ReadAllTextAsync(Phrase) : passphrase));
        Assert.Equal(id, await KeyIdAsync(passphrase));
        foreach (var file in Directory.GetFiles(Identity).Where(file => Path.GetFileName(file) != "lock"))
        {
            Assert.Equal(-1, (await File.ReadAllBytesAsync(file)).AsSpan().IndexOf(pkcs8.AsSpan(36, 8))); // of the scalar, RFC 5915
        }
    }

    [Fact]
    public async Task Open_PassphraseGivenLater_TakesThePlaceOfTheKeyFile()
    {
        var id = await KeyIdAsync("");

        Assert.Equal(id, await KeyIdAsync(Passphrase));

        Assert.False(File.Exists(Phrase));
        Assert.NotEmpty(Decrypt(Passphrase));
        Assert.Equal(id, await KeyIdAsync(Passphrase));
        await using var host = await StartAsync();
        using var answer = await host.Client.GetAsync(ReceiptHost.Identity);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
    }

    [Fact]
    public async Task Open_ClearCopyThatAnEndLeft_IsRemovedAndAnotherKeyIsNot()
    {
        var (id, pkcs8) = await LeaveInClearAsync();
        await KeyIdAsync("");
        await WriteClearAsync(pkcs8);
        Assert.Equal(id, await KeyIdAsync(""));
        Assert.False(File.Exists(Clear));

        using var other = SigningKey.FromScalar([.. Enumerable.Repeat((byte)7, 32)]);
        await WriteClearAsync(other.Pkcs8.ToArray());
        await using var host = await StartAsync();
        using var answer = await host.Client.GetAsync(ReceiptHost.Identity);

        Assert.Contains("hold different keys", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.True(File.Exists(Clear));
    }

    [Fact]
    public async Task Open_KeyInClearAndNoEntropy_SignsAndSaysSoAndTriesAgain()
    {
        var (id, _) = await LeaveInClearAsync();
        await StopHarvestAsync();
        while (Pool.Parts.Pool.TryTakeOldest(new byte[Pool.Status.BlockBits / 8]))
        {
            // Straight from the ring: a generator on the way would take blocks of its own.
        }

        await using var host = await StartAsync();

        Assert.Equal(id, (await host.KeyAsync()).KeyId);
        Assert.True(ReceiptVerifier.Verify(await host.GetAsync("receipt=true"), await host.KeyAsync()).IsValidForData);
        Assert.Contains("not encrypted as it should be", Assert.Single(host.Deviations), StringComparison.Ordinal);
        Assert.True(File.Exists(Clear));
        Assert.False(File.Exists(Sealed));
    }

    [Fact]
    public async Task Open_WrongPassphrase_IsFoundOutOnceAndNotForEachRequest()
    {
        await KeyIdAsync(Passphrase);
        await using var host = await ReceiptHost.StartAsync(Pool, Storage, passphrase: "another passphrase");

        for (var i = 0; i < 3; i++)
        {
            using var answer = await host.Client.GetAsync(ReceiptHost.Identity);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.Contains("cannot be opened by OpenEntropy:Bundles:IdentityPassphrase", text, StringComparison.Ordinal);
            Assert.DoesNotContain("another passphrase", text, StringComparison.Ordinal);
        }

        Assert.Single(host.Logs.Errors);
    }

    private async Task<string> KeyIdAsync(string passphrase)
    {
        await using var host = await ReceiptHost.StartAsync(Pool, Storage, passphrase: passphrase);
        return (await host.KeyAsync()).KeyId;
    }

    private async Task<(string Id, byte[] Pkcs8)> LeaveInClearAsync()
    {
        var id = await KeyIdAsync("");
        var pkcs8 = Decrypt(await File.ReadAllTextAsync(Phrase));
        File.Delete(Sealed);
        File.Delete(Phrase);
        await WriteClearAsync(pkcs8);
        return (id, pkcs8);
    }

    private byte[] Decrypt(string passphrase) =>
        EncryptedPrivateKeyInfo.Decrypt(Pem.Read(File.ReadAllText(Sealed), EncryptedPrivateKeyInfo.PemLabel), passphrase);

    private async Task WriteClearAsync(byte[] pkcs8)
    {
        await File.WriteAllBytesAsync(Clear, pkcs8);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Clear, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }
}
