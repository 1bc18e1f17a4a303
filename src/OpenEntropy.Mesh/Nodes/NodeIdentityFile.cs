using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using OpenEntropy.Pqc;
using OpenEntropy.Pqc.Bundles;
using OpenEntropy.Pqc.Containers;

namespace OpenEntropy.Mesh.Nodes;

/// <summary>
/// The node's private keys on disk, encrypted as the key of receipts is: PBES2 (RFC 8018) in PEM, under the operator's passphrase or, without one, under 256 random
/// bits in a file beside it, which protect a copy that went somewhere without it, and nothing else.
/// </summary>
internal static class NodeIdentityFile
{
    /// <summary>The keys.</summary>
    public const string Name = "mesh-node.pem";

    /// <summary>What opens them where there is no passphrase.</summary>
    public const string PhraseName = "mesh-node.key";

    private const int Longest = 4096;
    private const int PhraseBytes = 32;

    // Bits that cannot be guessed need no rounds to slow guessing down.
    private const int RoundsOfRandomBits = 1000;

    // A UUID under 2.25 (X.667, 6.3), which needs no registration.
    private const string Oid = "2.25.316482904637514906137418265097412836651";

    /// <summary>Reads the keys, or makes them at the first use.</summary>
    /// <param name="files">Where they are stored.</param>
    /// <param name="passphrase">The operator's; empty: none.</param>
    /// <param name="random">Gives the keys, the key file's 32 bytes, salt and vector, where they are made.</param>
    /// <param name="iterations">Rounds of PBKDF2 for a passphrase.</param>
    /// <exception cref="NodeStorageException">The file is damaged, or what opens it is not at hand. It is never replaced: new keys are another node.</exception>
    /// <exception cref="IOException">The system refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The system refuses.</exception>
    public static NodeIdentity OpenOrCreate(
        NodeFiles files,
        string passphrase,
        RandomBytes random,
        int iterations = EncryptedPrivateKeyInfo.DefaultIterations
    ) => files.Read(Name, Longest) is { } stored ? Open(files, stored, passphrase) : Create(files, passphrase, random, iterations);

    private static NodeIdentity Open(NodeFiles files, byte[] stored, string passphrase)
    {
        var phrase = passphrase.Length > 0 ? SecretArray.CopyOf<char>(passphrase) : ReadPhrase(files);
        if (phrase is null)
            throw new NodeStorageException($"{PhraseName} is missing, which opens {Name}, and no passphrase is given: restore one of them");
        byte[] container = [];
        byte[] secret = [];
        try
        {
            var encrypted = Pem.Read(Encoding.Latin1.GetString(stored), EncryptedPrivateKeyInfo.PemLabel);
            container = EncryptedPrivateKeyInfo.Decrypt(encrypted, phrase);
            secret = UnregisteredPrivateKeyInfo.Read(Oid, container);
            return NodeIdentity.FromSecret(secret);
        }
        catch (Exception exception) when (exception is KeyFormatException or ArgumentException or CryptographicException)
        {
            var opener = passphrase.Length > 0 ? "the passphrase" : PhraseName;
            throw new NodeStorageException(
                $"{Name} cannot be opened by {opener}, or is damaged: restore what is missing, or remove both files for a new node",
                exception
            );
        }
        finally
        {
            SecretArray.Zero(phrase);
            SecretArray.Zero(container);
            SecretArray.Zero(secret);
        }
    }

    private static NodeIdentity Create(NodeFiles files, string passphrase, RandomBytes random, int iterations)
    {
        var secret = NodeIdentity.GenerateSecret(random);
        byte[] container = [];
        char[] phrase = [];
        try
        {
            phrase = passphrase.Length > 0 ? SecretArray.CopyOf<char>(passphrase) : ReadPhrase(files) ?? MakePhrase(files, random);
            container = UnregisteredPrivateKeyInfo.Write(Oid, secret);
            var rounds = passphrase.Length > 0 ? iterations : RoundsOfRandomBits;
            var encrypted = EncryptedPrivateKeyInfo.Encrypt(container, phrase, random, rounds);
            files.Replace(Name, Encoding.ASCII.GetBytes(Pem.Write(EncryptedPrivateKeyInfo.PemLabel, encrypted)));
            return NodeIdentity.FromSecret(secret);
        }
        finally
        {
            SecretArray.Zero(secret);
            SecretArray.Zero(container);
            SecretArray.Zero(phrase);
        }
    }

    private static char[]? ReadPhrase(NodeFiles files)
    {
        var stored = files.Read(PhraseName, PhraseBytes * 2);
        if (stored is null)
            return null;
        var phrase = SecretArray.Of<char>(stored.Length);
        Encoding.Latin1.GetChars(stored, phrase);
        SecretArray.Zero(stored);
        return phrase;
    }

    private static char[] MakePhrase(NodeFiles files, RandomBytes random)
    {
        var bits = SecretArray.Of<byte>(PhraseBytes);
        var text = SecretArray.Of<byte>(Base64Url.GetEncodedLength(PhraseBytes));
        try
        {
            random(bits);
            Base64Url.EncodeToUtf8(bits, text, out _, out _);
            files.Replace(PhraseName, text);
            return ReadPhrase(files)!;
        }
        finally
        {
            SecretArray.Zero(bits);
            SecretArray.Zero(text);
        }
    }
}
