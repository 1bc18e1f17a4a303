using System.Buffers.Binary;

namespace OpenEntropy.Chaos.Duplicates;

/// <summary>
/// All blocks of 16 bytes that anybody was given, whole, in files by their first byte: what is found twice was given twice. Memory stays at some
/// megabytes however many there are.
/// </summary>
internal sealed class BlockShelf : IDisposable
{
    /// <summary>Bytes of a block.</summary>
    public const int BlockBytes = 16;

    private const int Shelves = 256;

    private readonly DirectoryInfo _folder;
    private readonly FileStream[] _files;
    private readonly Lock[] _locks;
    private long _count;

    /// <summary>An empty one.</summary>
    /// <param name="directory">Where its files are made, and removed again.</param>
    public BlockShelf(string directory)
    {
        _folder = Directory.CreateDirectory(Path.Combine(directory, $"blocks-{Environment.ProcessId}"));
        _files = [.. Enumerable.Range(0, Shelves).Select(i => Open(Path.Combine(_folder.FullName, $"{i:x2}")))];
        _locks = [.. Enumerable.Range(0, Shelves).Select(_ => new Lock())];
    }

    /// <summary>Blocks so far.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>Adds the whole blocks of an answer, from its beginning on. For any number of threads.</summary>
    /// <param name="bytes">The answer.</param>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= BlockBytes; bytes = bytes[BlockBytes..])
        {
            var shelf = bytes[0];
            lock (_locks[shelf])
                _files[shelf].Write(bytes[..BlockBytes]);
            Interlocked.Increment(ref _count);
        }
    }

    /// <summary>The blocks that are there more than once, each as often as it is too many. Nobody may add meanwhile.</summary>
    /// <returns>Hexadecimal digits.</returns>
    public IReadOnlyList<string> FindDuplicates() => [.. _files.SelectMany(FindDuplicates)];

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var file in _files)
            file.Dispose();
        _folder.Delete(recursive: true);
    }

    private static List<string> FindDuplicates(FileStream file)
    {
        file.Flush();
        file.Position = 0;
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        var heads = new ulong[bytes.Length / BlockBytes];
        var tails = new ulong[heads.Length];
        for (var i = 0; i < heads.Length; i++)
        {
            heads[i] = BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(i * BlockBytes));
            tails[i] = BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan((i * BlockBytes) + sizeof(ulong)));
        }

        Array.Sort(heads, tails);
        var found = new List<string>();
        for (int begin = 0, end; begin < heads.Length; begin = end)
        {
            end = begin + 1;
            while (end < heads.Length && heads[end] == heads[begin])
                end++;
            // Of 10^8 blocks two heads are alike once in 3,700 times; the tails decide.
            var seen = new HashSet<ulong>();
            for (var i = begin; i < end && end > begin + 1; i++)
                if (!seen.Add(tails[i]))
                    found.Add($"{heads[i]:x16}{tails[i]:x16}");
        }

        return found;
    }

    private static FileStream Open(string path) =>
        new(
            path,
            new FileStreamOptions
            {
                Mode = FileMode.Create,
                Access = FileAccess.ReadWrite,
                BufferSize = 65_536,
                Options = FileOptions.DeleteOnClose,
            }
        );
}
