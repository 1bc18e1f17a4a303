using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using OpenEntropy.Pqc.Containers;
using OpenEntropy.Server.Bundles;

namespace OpenEntropy.Server.Receipts;

/// <summary>
/// The key of receipts on disk: encrypted under the operator's passphrase or, without one, under a key file beside it, as the keys of bundles are. One that an
/// earlier version left in clear, or that is under the key file while there is a passphrase, is to be sealed again.
/// </summary>
/// <param name="files">Where it is stored.</param>
/// <param name="options">Hold the passphrase.</param>
internal sealed class ReceiptKeyStore(IdentityFiles files, IOptions<BundleOptions> options)
{
    /// <summary>Random bytes that sealing takes: the key file's, salt and vector.</summary>
    public const int Randomness = BundleKeyFile.Bytes + 32;

    private const string Key = IdentityFiles.KeyName;
    private const string Clear = IdentityFiles.ClearKeyName;
    private const string Phrase = IdentityFiles.PhraseName;

    /// <summary>Reads the key.</summary>
    /// <param name="isSealed">False where it is to be sealed again.</param>
    /// <returns>The key, the caller's to dispose of; null where there is none.</returns>
    /// <exception cref="IdentityException">It is damaged, what opens it is not at hand, or there are two.</exception>
    /// <exception cref="IOException">The system refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The system refuses.</exception>
    public SigningKey? Read(out bool isSealed)
    {
        isSealed = true;
        if (files.Read(Key, IdentityFiles.LongestKey) is { } stored)
        {
            var key = Open(stored, out var byFile);
            isSealed = !byFile || options.Value.IdentityPassphrase.Length == 0;
            return WithoutClearCopy(key);
        }

        if (files.Read(Clear, IdentityFiles.LongestKey) is not { } clear)
        {
            return null;
        }

        isSealed = false;
        return SigningKey.FromPkcs8(clear)
            ?? throw new IdentityException(
                $"identity/{Clear} is damaged: restore it, or remove it and {IdentityFiles.SequenceName} for a new identity"
            );
    }

    /// <summary>Writes the first key: there is none yet, or this fails.</summary>
    /// <param name="key">The key.</param>
    /// <param name="random">Gives <see cref="Randomness"/> bytes.</param>
    /// <exception cref="IOException">There is a key, or the system refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The system refuses.</exception>
    public void WriteNew(SigningKey key, DrawnBytes random) => files.WriteNew(Key, Encrypt(key, random));

    /// <summary>Encrypts a key that is there, and removes what held it before, once what was written is seen to hold it.</summary>
    /// <param name="key">The key.</param>
    /// <param name="random">Gives <see cref="Randomness"/> bytes.</param>
    /// <exception cref="IdentityException">What was written does not hold it.</exception>
    /// <exception cref="IOException">The system refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The system refuses.</exception>
    public void Seal(SigningKey key, DrawnBytes random)
    {
        files.Write(Key, Encrypt(key, random));
        using (var written = Open(files.Read(Key, IdentityFiles.LongestKey)!, out _))
        {
            if (!IsSame(written, key.Pkcs8))
            {
                throw new IdentityException($"identity/{Key} does not hold the key that was written");
            }
        }

        if (files.Exists(Clear))
        {
            files.Erase(Clear);
        }

        if (options.Value.IdentityPassphrase.Length > 0 && files.Exists(Phrase))
        {
            files.Erase(Phrase);
        }
    }

    private static bool IsSame(SigningKey key, ReadOnlySpan<byte> pkcs8) => CryptographicOperations.FixedTimeEquals(key.Pkcs8, pkcs8);

    // A process that ended while it sealed leaves both.
    private SigningKey WithoutClearCopy(SigningKey key)
    {
        if (files.Read(Clear, IdentityFiles.LongestKey) is not { } clear)
        {
            return key;
        }

        var same = IsSame(key, clear);
        CryptographicOperations.ZeroMemory(clear);
        if (!same)
        {
            key.Dispose();
            throw new IdentityException($"identity/{Key} and identity/{Clear} hold different keys: remove the one that is not to be used");
        }

        files.Erase(Clear);
        return key;
    }

    private byte[] Encrypt(SigningKey key, DrawnBytes random)
    {
        using var phrase = BundleKeyFile.FindOrMake(options.Value, files, random, Phrase);
        var rounds = BundleKeyFile.IterationsOf(options.Value);
        var encrypted = EncryptedPrivateKeyInfo.Encrypt(key.Pkcs8, phrase.Characters, random.Fill, rounds);
        return Encoding.ASCII.GetBytes(Pem.Write(EncryptedPrivateKeyInfo.PemLabel, encrypted));
    }

    private SigningKey Open(byte[] stored, out bool byFile)
    {
        byFile = false;
        using (var passphrase = BundleKeyFile.OfPassphrase(options.Value))
        {
            if (passphrase is not null && TryOpen(stored, passphrase) is { } key)
            {
                return key;
            }
        }

        byFile = true;
        using var file = BundleKeyFile.OfFile(files, Phrase);
        return (file is null ? null : TryOpen(stored, file))
            ?? throw new IdentityException(
                $"identity/{Key} cannot be opened by {BundleOptions.Section}:{nameof(BundleOptions.IdentityPassphrase)} or identity/{Phrase}, or is damaged: restore what is missing, or remove {Key}, {Phrase} and {IdentityFiles.SequenceName} for a new identity"
            );
    }

    private static SigningKey? TryOpen(byte[] stored, BundleKeyFile phrase)
    {
        try
        {
            var encrypted = Pem.Read(Encoding.Latin1.GetString(stored), EncryptedPrivateKeyInfo.PemLabel);
            return SigningKey.FromPkcs8(EncryptedPrivateKeyInfo.Decrypt(encrypted, phrase.Characters));
        }
        catch (Exception exception) when (exception is KeyFormatException or ArgumentException)
        {
            return null;
        }
    }
}
