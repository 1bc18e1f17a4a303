using System.Security.Cryptography;
using OpenEntropy.Mesh.Nodes;
using OpenEntropy.Pqc.Containers;
using Xunit;

namespace OpenEntropy.Mesh.Tests.Nodes;

public sealed class NodeIdentityFileTests
{
    private static readonly byte[] s_order = Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");

    [Theory]
    [InlineData("")]
    [InlineData("correct horse battery staple")]
    public void OpenOrCreate_Twice_IsTheSameNode(string passphrase)
    {
        using var folder = new TemporaryFolder();
        using var made = NodeIdentityFile.OpenOrCreate(folder.Files, passphrase, Node.Random(9), iterations: 2);
        using var read = NodeIdentityFile.OpenOrCreate(folder.Files, passphrase, _ => Assert.Fail("new keys"), iterations: 2);
        Assert.Equal(made.Public.Id, read.Public.Id);
        Assert.Equal(passphrase.Length == 0, folder.Files.Exists(NodeIdentityFile.PhraseName));
        var secret = NodeIdentity.GenerateSecret(Node.Random(9)).AsSpan(0, 30);
        var stored = Pem.Read(File.ReadAllText(folder[NodeIdentityFile.Name]), EncryptedPrivateKeyInfo.PemLabel);
        Assert.Equal(-1, stored.AsSpan().IndexOf(secret));
        if (passphrase.Length > 0) // what is looked for is what the container has in clear
            Assert.NotEqual(-1, EncryptedPrivateKeyInfo.Decrypt(stored, passphrase).AsSpan().IndexOf(secret));
        Assert.True(folder.Flushes > 0);
    }

    [Fact]
    public void OpenOrCreate_WithoutWhatOpensIt_IsRefusedAndNothingIsReplaced()
    {
        using var folder = new TemporaryFolder();
        NodeIdentityFile.OpenOrCreate(folder.Files, "one", Node.Random(9), iterations: 2).Dispose();
        var stored = File.ReadAllBytes(folder[NodeIdentityFile.Name]);
        var open = (string passphrase) => NodeIdentityFile.OpenOrCreate(folder.Files, passphrase, _ => Assert.Fail("new keys"));
        Assert.Contains("passphrase", Assert.Throws<NodeStorageException>(() => open("two")).Message, StringComparison.Ordinal);
        Assert.Contains("mesh-node.key", Assert.Throws<NodeStorageException>(() => open("")).Message, StringComparison.Ordinal);
        Assert.Equal(stored, File.ReadAllBytes(folder[NodeIdentityFile.Name]));
        File.WriteAllText(folder[NodeIdentityFile.Name], "torn");
        Assert.Throws<NodeStorageException>(() => open("one"));
    }

    [Fact]
    public void OpenOrCreate_OnUnix_IsItsOwnersAlone()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var folder = new TemporaryFolder();
        NodeIdentityFile.OpenOrCreate(folder.Files, "", Node.Random(9)).Dispose();
        const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(Private, File.GetUnixFileMode(folder[NodeIdentityFile.Name]));
        Assert.Equal(Private, File.GetUnixFileMode(folder[NodeIdentityFile.PhraseName]));
        File.SetUnixFileMode(folder[NodeIdentityFile.Name], Private | UnixFileMode.GroupRead);
        Assert.Throws<NodeStorageException>(() => NodeIdentityFile.OpenOrCreate(folder.Files, "", Node.Random(9)));
    }

    [Fact]
    public void OpenOrCreate_ALinkThatLeadsNowhere_IsNotReplaced()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var folder = new TemporaryFolder();
        File.CreateSymbolicLink(folder[NodeIdentityFile.Name], folder["unmounted"]);
        Assert.ThrowsAny<IOException>(() => NodeIdentityFile.OpenOrCreate(folder.Files, "", Node.Random(9)));
        Assert.NotNull(new FileInfo(folder[NodeIdentityFile.Name]).LinkTarget);
    }

    [Fact]
    public void Generate_ScalarsOutOfRange_AreDrawnAgain()
    {
        byte[] last = [.. s_order[..31], 0x50];
        var given = new Queue<byte[]>([new byte[32], s_order, [.. s_order[..31], 0x52], last]);
        var scalar = new byte[32];
        P256Key.Draw(target => given.Dequeue().CopyTo(target), scalar);
        Assert.Equal(last, scalar);
        Assert.Throws<CryptographicException>(() => P256Key.FromScalar(s_order));
    }
}
