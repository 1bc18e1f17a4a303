using System.Globalization;
using OpenEntropy.Assessment.Recordings;

namespace OpenEntropy.Server.Receipts;

/// <summary>
/// The key and the sequence on disk, for their owner alone. Whatever is not as it was written here is refused, never replaced: a new key in
/// place of a damaged one would be another service to all who trust the old one.
/// </summary>
/// <param name="storage">The storage directory.</param>
internal sealed class IdentityFiles(string storage) : IDisposable
{
    /// <summary>The private key, encrypted: PBES2 (RFC 8018) in PEM.</summary>
    public const string KeyName = "receipts-p256.pem";

    /// <summary>The private key as earlier versions kept it, in clear: PKCS#8 (RFC 5958) in DER.</summary>
    public const string ClearKeyName = "receipts-p256.pk8";

    /// <summary>What opens <see cref="KeyName"/> where the operator gives no passphrase.</summary>
    public const string PhraseName = "receipts.key";

    /// <summary>The most bytes of a key's file.</summary>
    public const int LongestKey = 1024;

    /// <summary>The first sequence number that is not reserved yet, in decimal digits.</summary>
    public const string SequenceName = "receipts.sequence";

    private const string Name = IdentityDirectory.Name;
    private const int LongestNumber = 19;

    private readonly IdentityDirectory _directory = new(storage);

    /// <summary>The directory.</summary>
    public string Directory => _directory.Path;

    /// <summary>Whether there is a key.</summary>
    public bool HasKey => Exists(KeyName) || Exists(ClearKeyName);

    /// <summary>Whether there is a file, or anything else of that name: also a link that leads nowhere, as to a disk that is not mounted.</summary>
    /// <param name="name">Its name.</param>
    public bool Exists(string name) => OwnerFile.Exists(PathOf(name));

    /// <summary>What changes where the directory's mode or one of some files changes.</summary>
    /// <param name="names">The files.</param>
    public string Stamp(params IEnumerable<string> names) =>
        string.Join('|', names.Select(PathOf).Append(Directory).Select(OwnerFile.Stamp));

    /// <inheritdoc cref="IdentityDirectory.Prepare"/>
    public void Prepare() => _directory.Prepare();

    /// <summary>Reads the sequence.</summary>
    /// <returns>The first number that is not reserved; null where there is no file.</returns>
    /// <inheritdoc cref="Read" path="/exception"/>
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

    /// <summary>Writes a file that is not there yet, or fails.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="content">All of it.</param>
    /// <exception cref="IOException">It is there, or the system refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The system refuses.</exception>
    public void WriteNew(string name, ReadOnlySpan<byte> content)
    {
        var temporary = PathOf(name + ".new");
        PrivateFile.Replace(temporary, content);
        try
        {
            File.Move(temporary, PathOf(name), overwrite: false);
        }
        finally
        {
            File.Delete(temporary); // still there only where there is such a file already
        }

        _directory.Flush();
    }

    /// <summary>
    /// Removes a file that holds a secret: zeros are written over it first, as far as the file system writes where the content was. Copies are not reached.
    /// </summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="IOException">The system refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The system refuses.</exception>
    public void Erase(string name)
    {
        using (var file = new FileStream(PathOf(name), FileMode.Open, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            file.Write(new byte[file.Length]);
            file.Flush(flushToDisk: true);
        }

        File.Delete(PathOf(name));
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
    /// <exception cref="IdentityException">Others than the owner can get at the file, or it is empty or too long.</exception>
    /// <exception cref="IOException">The system refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The system refuses.</exception>
    public byte[]? Read(string name, int longest) => OwnerFile.Read(PathOf(name), $"{Name}/{name}", longest);

    /// <summary>Lets other processes in.</summary>
    public void Dispose() => _directory.Dispose();

    private string PathOf(string name) => _directory.PathOf(name);
}
