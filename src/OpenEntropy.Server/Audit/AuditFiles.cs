using System.Globalization;

namespace OpenEntropy.Server.Audit;

/// <summary>The names of the log's files: the number of the first entry, in so many digits that names and numbers have one order.</summary>
internal static class AuditFiles
{
    /// <summary>The directory below the storage directory.</summary>
    public const string Folder = "audit";

    /// <summary>Keeps other processes out.</summary>
    public const string LockName = "lock";

    private const string Prefix = "audit-";
    private const string Suffix = ".jsonl";
    private const int Digits = 16;

    /// <summary>The name of the file that begins with an entry.</summary>
    /// <param name="first">The entry's number.</param>
    public static string NameOf(long first) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{first:D16}{Suffix}");

    /// <summary>The number of the entry that a file begins with; null where the file is none of the log's.</summary>
    /// <param name="path">The file.</param>
    public static long? FirstOf(string path)
    {
        var name = Path.GetFileName(path);
        return
            name.Length == Prefix.Length + Digits + Suffix.Length
            && name.StartsWith(Prefix, StringComparison.Ordinal)
            && name.EndsWith(Suffix, StringComparison.Ordinal)
            && long.TryParse(name.AsSpan(Prefix.Length, Digits), NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            && first > 0
            ? first
            : null;
    }

    /// <summary>The files in a directory, the oldest first; none where there is no directory.</summary>
    /// <param name="folder">The directory.</param>
    public static IReadOnlyList<string> In(string folder) =>
        Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder).Where(file => FirstOf(file) is not null).Order(StringComparer.Ordinal)]
            : [];
}
