using System.Text;

namespace OpenEntropy.Pqc.Ledger;

/// <summary>
/// The files of the ledger, for their owner alone: <c>{id}.json</c> for each bundle, and <c>index</c>. A file comes to its name whole and on the
/// device, or not at all; its line comes after it, so that a line without a file is never what an end of the process leaves.
/// </summary>
/// <param name="path">The folder; what it stands in exists.</param>
/// <param name="flushDirectory">Waits until the device has a directory's names.</param>
/// <param name="after">Is told of each step; for tests, which end there or fail.</param>
internal sealed class LedgerFolder(string path, Action<string> flushDirectory, Action<LedgerStep>? after = null)
{
    /// <summary>The index.</summary>
    public const string IndexName = "index";

    /// <summary>The most bytes of a file that is read.</summary>
    public const long LongestFile = 16 << 20;

    private const string Suffix = ".json";
    private const string UnfinishedSuffix = ".new";
    private const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const UnixFileMode Foreign =
        UnixFileMode.GroupRead
        | UnixFileMode.GroupWrite
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherWrite
        | UnixFileMode.OtherExecute;

    /// <summary>Makes the folder where there is none, and waits until the device has its name.</summary>
    /// <exception cref="LedgerException">Others than its owner can get at it.</exception>
    /// <exception cref="IOException">The system refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The system refuses.</exception>
    public void Prepare()
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
        {
            Directory.CreateDirectory(path, OwnerAlone | UnixFileMode.UserExecute);
            if ((File.GetUnixFileMode(path) & Foreign) != UnixFileMode.None)
                throw new LedgerException(
                    $"others than its owner can get at the directory {Path.GetFileName(path)}: take that away (chmod go-rwx)"
                );
        }

        flushDirectory(Path.GetDirectoryName(path)!);
    }

    /// <summary>The bundles that have a file, in the order of their ids.</summary>
    public IReadOnlyList<string> Ids() =>
        [
            .. Directory
                .EnumerateFiles(path, "*" + Suffix)
                .Select(file => Path.GetFileNameWithoutExtension(file))
                .Where(name => LedgerEntry.IsId(name))
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>Removes files that never came to their name.</summary>
    /// <returns>How many there were.</returns>
    public int RemoveUnfinished()
    {
        var files = Directory.GetFiles(path, "*" + UnfinishedSuffix);
        foreach (var file in files)
            File.Delete(file);
        return files.Length;
    }

    /// <summary>All of the index; empty where there is none.</summary>
    public byte[] ReadIndex()
    {
        var index = Path.Combine(path, IndexName);
        return File.Exists(index) ? File.ReadAllBytes(index) : [];
    }

    /// <summary>Bytes of the index; 0 where there is none.</summary>
    public long IndexLength()
    {
        var index = new FileInfo(Path.Combine(path, IndexName));
        return index.Exists ? index.Length : 0;
    }

    /// <summary>Whether there is a file of a bundle.</summary>
    /// <param name="id">The bundle.</param>
    public bool Exists(string id) => File.Exists(PathOf(id));

    /// <summary>The file of a bundle; null where there is none, or one that is longer than any that is written.</summary>
    /// <param name="id">The bundle.</param>
    public byte[]? Read(string id)
    {
        var file = new FileInfo(PathOf(id));
        return file.Exists && file.Length <= LongestFile ? File.ReadAllBytes(file.FullName) : null;
    }

    /// <summary>Writes the file of a bundle.</summary>
    /// <param name="id">The bundle, which has none yet.</param>
    /// <param name="content">All of it.</param>
    public void Write(string id, ReadOnlySpan<byte> content)
    {
        var unfinished = PathOf(id) + UnfinishedSuffix;
        using (var file = Open(unfinished, FileMode.CreateNew))
        {
            after?.Invoke(LedgerStep.FileCreated);
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        after?.Invoke(LedgerStep.FileWritten);
        File.Move(unfinished, PathOf(id), overwrite: false);
        after?.Invoke(LedgerStep.FileNamed);
        flushDirectory(path);
        after?.Invoke(LedgerStep.NameFlushed);
    }

    /// <summary>Adds a line to the index.</summary>
    /// <param name="line">With its line feed.</param>
    public void AppendLine(string line)
    {
        var isNew = !File.Exists(Path.Combine(path, IndexName));
        using (var file = Open(Path.Combine(path, IndexName), FileMode.Append))
        {
            after?.Invoke(LedgerStep.IndexOpened);
            file.Write(Encoding.ASCII.GetBytes(line));
            file.Flush();
            after?.Invoke(LedgerStep.LineWritten);
            file.Flush(flushToDisk: true);
        }

        if (isNew)
            flushDirectory(path);
        after?.Invoke(LedgerStep.LineFlushed);
    }

    /// <summary>Cuts what was added to the index.</summary>
    /// <param name="length">Its length before, bytes.</param>
    public void CutIndex(long length)
    {
        if (IndexLength() <= length)
            return; // it is not opened: where the file system is read-only, nothing was added and nothing has to be cut
        using var file = Open(Path.Combine(path, IndexName), FileMode.Open);
        file.SetLength(length);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Takes an entry back that could not be completed.</summary>
    /// <param name="id">The bundle.</param>
    /// <param name="indexLength">The length of the index before, bytes.</param>
    /// <exception cref="IOException">The system refuses, or the index has another length: the folder is another.</exception>
    public void TakeBack(string id, long indexLength)
    {
        CutIndex(indexLength); // first: a line must not be without its file
        File.Delete(PathOf(id) + UnfinishedSuffix);
        File.Delete(PathOf(id));
        flushDirectory(path);
        if (IndexLength() != indexLength)
            throw new IOException("another folder has come into its place, and the entry is in the one before");
    }

    private static FileStream Open(string file, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows() && mode != FileMode.Open)
            options.UnixCreateMode = OwnerAlone;
        return new FileStream(file, options);
    }

    private string PathOf(string id) => Path.Combine(path, id + Suffix);
}
