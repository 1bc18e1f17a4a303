using OpenEntropy.Pqc.Containers;
using OpenEntropy.Pqc.Tests.MlDsa;
using Xunit;

namespace OpenEntropy.Pqc.Tests.Containers;

public class EncryptedPrivateKeyInfoTests
{
    private const string Unopened = "The passphrase does not open the container.";

    public static TheoryData<string> Names => ContainerKey.Names;

    // By RFC 8018, from what Encrypt writes up to what Decrypt takes besides.
    public static TheoryData<string> Taken => [.. s_taken.Keys];

    public static TheoryData<string> Refused => [.. s_refused.Keys];

    private static readonly Dictionary<string, Pbes2Container> s_taken = new(StringComparer.Ordinal)
    {
        ["as written"] = new(),
        ["with the length of the key"] = new() { KeyBytes = 32 },
    };

    private static readonly Dictionary<string, Pbes2Container> s_refused = new(StringComparer.Ordinal)
    {
        ["The container is not encrypted with PBES2 (1.2.840.113549.1.5.13), but with 1.2.840.113549.1.5.3."] = new()
        {
            Scheme = "1.2.840.113549.1.5.3",
        },
        ["The container is not encrypted with PBKDF2 (1.2.840.113549.1.5.12), but with 1.3.6.1.4.1.11591.4.11."] = new()
        {
            Derivation = "1.3.6.1.4.1.11591.4.11",
        },
        ["The container is not encrypted with HMAC-SHA-256 (1.2.840.113549.2.9), but with 1.2.840.113549.2.7."] = new()
        {
            Function = "1.2.840.113549.2.7",
        },
        ["The container is not encrypted with HMAC-SHA-256."] = new() { Function = null },
        ["The container is not encrypted with AES-256 in CBC mode (2.16.840.1.101.3.4.1.42), but with 2.16.840.1.101.3.4.1.2."] = new()
        {
            Cipher = "2.16.840.1.101.3.4.1.2",
        },
        ["PBKDF2 has 1 to 10000000 rounds."] = new() { Rounds = 10_000_001 },
        ["PBKDF2 has 1 to 10000000 rounds. "] = new() { Rounds = 0 },
        ["PBKDF2 has 1 to 10000000 rounds.  "] = new() { Rounds = -1 },
        ["PBKDF2 has 1 to 10000000 rounds.   "] = new() { Rounds = long.MaxValue },
        ["A key of AES-256 has 32 bytes."] = new() { KeyBytes = 16 },
        ["A salt of PBKDF2 has 1 to 1024 bytes, not 0."] = new() { Salt = [] },
        ["A salt of PBKDF2 has 1 to 1024 bytes, not 1025."] = new() { Salt = new byte[1025] },
        ["An initialization vector of AES-256 has 16 bytes, not 15."] = new() { Vector = new byte[15] },
        ["An EncryptedPrivateKeyInfo is not DER of the right form"] = new() { WithNull = false },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Decrypt_Encrypted_GivesTheKeyWithTheRightPassphraseAlone(string name)
    {
        foreach (var form in Enum.GetValues<PrivateKeyForm>())
        {
            var plain = new ContainerKey(name).Pkcs8(form);
            var encrypted = EncryptedPrivateKeyInfo.Encrypt(plain, "right", new ScriptedBytes("salt").Fill, iterations: 3);

            Assert.Equal(plain, EncryptedPrivateKeyInfo.Decrypt(encrypted, "right"));
            Assert.Equal(Unopened, Refusal(encrypted, "Right"));
        }
    }

    // One wrong passphrase in 256 leaves a right padding: there are some among these, and they too are refused.
    [Fact]
    public void Decrypt_ManyWrongPassphrases_AreAllRefusedAlike()
    {
        var encrypted = new Pbes2Container().Write();
        for (var guess = 0; guess < 3000; guess++)
            Assert.Equal(Unopened, Refusal(encrypted, $"guess {guess}"));
    }

    [Fact]
    public void Encrypt_Default_UsesTheStatedRoundsAndTheGivenRandomness()
    {
        var plain = new ContainerKey("ML-DSA-65").Pkcs8(PrivateKeyForm.Seed);
        var asked = new List<int>();
        var script = new ScriptedBytes("salt");
        void Fill(Span<byte> target)
        {
            asked.Add(target.Length);
            script.Fill(target);
        }

        var encrypted = EncryptedPrivateKeyInfo.Encrypt(plain, Pbes2Container.Passphrase, Fill);

        var random = new ScriptedBytes("salt").Next(32);
        byte[] saltAndRounds = [0x04, 16, .. random[..16], 0x02, 3, 0x09, 0x27, 0xC0];
        Assert.Equal([16, 16], asked);
        Assert.Equal((600_000, 0x0927C0), (EncryptedPrivateKeyInfo.DefaultIterations, 600_000));
        Assert.NotEqual(-1, encrypted.AsSpan().IndexOf(saltAndRounds));
        Assert.NotEqual(-1, encrypted.AsSpan().IndexOf((byte[])[0x04, 16, .. random[16..]]));
        Assert.Equal(plain, EncryptedPrivateKeyInfo.Decrypt(encrypted, Pbes2Container.Passphrase));
    }

    [Theory]
    [MemberData(nameof(Taken))]
    public void Decrypt_ContainerOfTheStandard_IsOpened(string which) =>
        Assert.Equal(s_taken[which].Plain, EncryptedPrivateKeyInfo.Decrypt(s_taken[which].Write(), Pbes2Container.Passphrase));

    [Theory]
    [MemberData(nameof(Refused))]
    public void Decrypt_ContainerOfAnotherKind_IsNamed(string message) =>
        Assert.StartsWith(message.TrimEnd(), Refusal(s_refused[message].Write(), Pbes2Container.Passphrase), StringComparison.Ordinal);

    // CBC has no authentication: of the vector and the encrypted bytes the key's own container and its use must show a change.
    [Fact]
    public void Decrypt_FrameAlteredOrCutOff_IsRefused()
    {
        var container = new Pbes2Container();
        var encrypted = container.Write();
        var vector = encrypted.AsSpan().IndexOf(container.Vector);
        var data = vector + container.Vector.Length;
        for (var at = 0; at < data + 2; at = at == vector - 1 ? data : at + 1)
        {
            var altered = encrypted.ToArray();
            altered[at] ^= 1;
            Refusal(altered, Pbes2Container.Passphrase);
        }

        for (var length = 0; length < encrypted.Length; length++)
            Refusal(encrypted[..length], Pbes2Container.Passphrase);
        Refusal([.. encrypted, 0], Pbes2Container.Passphrase);
    }

    [Fact]
    public void Encrypt_PassphraseOrRoundsOutOfRange_AreRefused()
    {
        var random = new ScriptedBytes("salt");

        Assert.Throws<ArgumentException>(() => EncryptedPrivateKeyInfo.Encrypt([1], "", random.Fill));
        Assert.Throws<ArgumentException>(() => EncryptedPrivateKeyInfo.Encrypt([1], "half \uD800", random.Fill, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => EncryptedPrivateKeyInfo.Encrypt([1], "right", random.Fill, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => EncryptedPrivateKeyInfo.Encrypt([1], "right", random.Fill, 10_000_001));
        Assert.Throws<ArgumentException>(() => EncryptedPrivateKeyInfo.Decrypt(new Pbes2Container().Write(), ""));
    }

    private static string Refusal(byte[] encrypted, string passphrase) =>
        Assert.Throws<KeyFormatException>(() => EncryptedPrivateKeyInfo.Decrypt(encrypted, passphrase)).Message;
}
