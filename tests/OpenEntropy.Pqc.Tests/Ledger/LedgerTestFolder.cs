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

    public BundleLedger Open(string? path = null, bool isOurs = true) =>
        BundleLedger.Open(new LedgerFolder(path ?? Path, static _ => { }, step => After?.Invoke(step)), (_, _) => isOurs);

    /// <summary>The folder as it is now, under another name.</summary>
    public string Copy(string name)
    {
        var copy = Directory.CreateDirectory(System.IO.Path.Combine(_root.FullName, name)).FullName;
        foreach (var file in Directory.GetFiles(Path))
            File.Copy(file, System.IO.Path.Combine(copy, System.IO.Path.GetFileName(file)));
        return copy;
    }

    public void Dispose() => _root.Delete(recursive: true);
}
