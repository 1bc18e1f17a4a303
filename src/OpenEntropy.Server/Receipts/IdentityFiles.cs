using System.Globalization;
using System.Security.Cryptography;
using OpenEntropy.Assessment.Recordings;

namespace OpenEntropy.Server.Receipts;

/// <summary>
/// The key and the sequence on disk, for their owner alone. Whatever is not as it was written here is refused, never replaced: a new key in
/// place of a damaged one would be another service to all who trust the old one.
/// </summary>
/// <param name="storage">The storage directory.</param>
internal sealed class IdentityFiles(string storage) : IDisposable
{
    /// <summary>The private key, PKCS#8 (RFC 5958) in DER.</summary>
    public const string KeyName = "receipts-p256.pk8";

    /// <summary>The first sequence number that is not reserved yet, in decimal digits.</summary>
    public const string SequenceName = "receipts.sequence";

    private const string Name = IdentityDirectory.Name;
    private const int LongestKey = 1024;
    private const int LongestNumber = 19;

    private readonly IdentityDirectory _directory = new(storage);

    /// <summary>The directory.</summary>
    public string Directory => _directory.Path;

    /// <summary>Whether there is a key.</summary>
    public bool HasKey => Exists(KeyName);

    /// <summary>Whether there is a file.</summary>
    /// <param name="name">Its name.</param>
    public bool Exists(string name) => File.Exists(PathOf(name));

    /// <inheritdoc cref="IdentityDirectory.Prepare"/>
    public void Prepare() => _directory.Prepare();

    /// <summary>Reads the key.</summary>
    /// <returns>PKCS#8, pinned, for the caller to zero; null where there is no key.</returns>
    /// <exception cref="IdentityException">Others than the owner can get at the file, or it is empty or too long.</exception>
    /// <exception cref="IOException">The system refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The system refuses.</exception>
    public byte[]? ReadKey() => Read(KeyName, LongestKey);

    /// <summary>Reads the sequence.</summary>
    /// <returns>The first number that is not reserved; null where there is no file.</returns>
    /// <inheritdoc cref="ReadKey" path="/exception"/>
    public long? ReadSequence()
    {
        if (Read(SequenceName, LongestNumber) is not { } text)
        {
            return null;
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new IdentityException(
                $"{Name}/{SequenceName} is damaged, and a number could be given twice: restore it, or remove the key as well for a new identity"
            );
    }

    /// <summary>Writes the first key: there is none yet, or this fails.</summary>
    /// <param name="pkcs8">The key.</param>
    /// <exception cref="IOException">There is a key, or the system refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The system refuses.</exception>
    public void WriteKey(ReadOnlySpan<byte> pkcs8)
    {
        var temporary = PathOf(KeyName + ".new");
        PrivateFile.Replace(temporary, pkcs8);
        try
        {
            File.Move(temporary, PathOf(KeyName), overwrite: false);
        }
        finally
        {
            File.Delete(temporary); // still there only where there is a key already
        }

        _directory.Flush();
    }

    /// <summary>Reserves every number below one.</summary>
    /// <param name="next">The first that is not reserved.</param>
    /// <exception cref="IOException">The system refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The system refuses.</exception>
    public void WriteSequence(long next)
    {
        Span<byte> text = stackalloc byte[LongestNumber];
        next.TryFormat(text, out var length, provider: CultureInfo.InvariantCulture);
        PrivateFile.Replace(PathOf(SequenceName), text[..length]);
        DirectoryFlush.Wait(Directory);
    }

    /// <summary>Writes a file, whole or not at all; one that is there is replaced.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="content">All of it.</param>
    /// <exception cref="IOException">The system refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The system refuses.</exception>
    public void Write(string name, ReadOnlySpan<byte> content)
    {
        PrivateFile.Replace(PathOf(name), content);
        _directory.Flush();
    }

    /// <summary>Reads a file.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="longest">The most bytes it has.</param>
    /// <returns>Its bytes, pinned, for the caller to zero where they are secret; null where there is none.</returns>
    /// <inheritdoc cref="ReadKey" path="/exception"/>
    public byte[]? Read(string name, int longest)
    {
        if (!File.Exists(PathOf(name)))
        {
            return null;
        }

        using var file = new FileStream(PathOf(name), FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        if (!OperatingSystem.IsWindows() && IdentityDirectory.IsForeign(File.GetUnixFileMode(file.SafeFileHandle)))
        {
            throw new IdentityException($"others than its owner can get at {Name}/{name}: take that away (chmod go-rwx)");
        }

        if (file.Length == 0 || file.Length > longest)
        {
            throw new IdentityException($"{Name}/{name} is damaged: it has {file.Length} bytes; restore it");
        }

        var content = GC.AllocateUninitializedArray<byte>((int)file.Length, pinned: true);
        try
        {
            file.ReadExactly(content);
            return content;
        }
        catch
        {
            CryptographicOperations.ZeroMemory(content);
            throw;
        }
    }

    /// <summary>Lets other processes in.</summary>
    public void Dispose() => _directory.Dispose();

    private string PathOf(string name) => _directory.PathOf(name);
}
