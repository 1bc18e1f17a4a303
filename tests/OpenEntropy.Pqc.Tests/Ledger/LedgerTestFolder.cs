using OpenEntropy.Pqc.Ledger;

namespace OpenEntropy.Pqc.Tests.Ledger;

/// <summary>A folder of a ledger, removed at the end, and copies of it at every step of an entry: what a process would leave that ended there.</summary>
internal sealed class LedgerTestFolder : IDisposable
{
    public static readonly byte[] Content = "{\"bundle\":1}"u8.ToArray();

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("openentropy-ledger-");

    public string Path => System.IO.Path.Combine(_root.FullName, "keys");

    public string Index => System.IO.Path.Combine(Path, LedgerFolder.IndexName);

    /// <summary>What is done after each step.</summary>
    public Action<LedgerStep>? After { get; set; }

    public static string Id(int number) => number.ToString("x32");

    /// <summary>The names of its files.</summary>
    public static IReadOnlyList<string?> Names(string path) => [.. Directory.GetFiles(path).Select(System.IO.Path.GetFileName).Order()];

    /// <summary>The directories that were flushed.</summary>
    public List<string> Flushed { get; } = [];

    public BundleLedger Open(
        string? path = null,
        bool isOurs = true,
        Action<IReadOnlyList<LedgerEntry>>? check = null,
        string? leftBehind = null
    ) => BundleLedger.Open(new LedgerFolder(path ?? Path, Flushed.Add, step => After?.Invoke(step)), (_, _) => isOurs, check, leftBehind);

    /// <summary>The file of a bundle.</summary>
    public string FileOf(string id) => System.IO.Path.Combine(Path, id + ".json");

    /// <summary>Gives a file a byte more than is read. It takes no room.</summary>
    public static void MakeTooLong(string file)
    {
        using var stream = File.OpenWrite(file);
        stream.SetLength(LedgerFolder.LongestFile + 1);
    }

    /// <summary>The folder as it is now, under another name.</summary>
    public string Copy(string name)
    {
        var copy = Directory.CreateDirectory(System.IO.Path.Combine(_root.FullName, name)).FullName;
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(copy, File.GetUnixFileMode(Path));
        foreach (var file in Directory.GetFiles(Path))
            File.Copy(file, System.IO.Path.Combine(copy, System.IO.Path.GetFileName(file)));
        return copy;
    }

    public void Dispose() => _root.Delete(recursive: true);
}
