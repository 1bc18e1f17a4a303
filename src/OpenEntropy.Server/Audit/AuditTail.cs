namespace OpenEntropy.Server.Audit;

/// <summary>Reads the ends of files without what is between.</summary>
internal static class AuditTail
{
    /// <summary>The first line, with its line feed; empty where it has none or is too long.</summary>
    /// <param name="path">The file.</param>
    public static ReadOnlyMemory<byte> FirstLine(string path)
    {
        var piece = Read(path, fromEnd: false);
        return piece[..(piece.Span.IndexOf((byte)'\n') + 1)];
    }

    /// <summary>The last line, with its line feed; empty where the file does not end with one, or it is too long.</summary>
    /// <param name="path">The file.</param>
    public static ReadOnlyMemory<byte> LastLine(string path)
    {
        var piece = Read(path, fromEnd: true);
        return piece is { Span: [.., (byte)'\n'] } ? piece[(piece.Span[..^1].LastIndexOf((byte)'\n') + 1)..] : default;
    }

    /// <summary>All of a file, which may be written to meanwhile.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The system refuses, or it is longer than any that is written.</exception>
    public static byte[] ReadAll(string path)
    {
        using var file = Open(path);
        if (file.Length > Array.MaxLength)
        {
            throw new IOException($"'{path}' has {file.Length} bytes, more than any file of the log");
        }

        var content = new byte[file.Length];
        file.ReadExactly(content);
        return content;
    }

    private static ReadOnlyMemory<byte> Read(string path, bool fromEnd)
    {
        using var file = Open(path);
        file.Position = fromEnd ? Math.Max(0, file.Length - AuditLine.Longest - 1) : 0;
        var piece = new byte[AuditLine.Longest + 1];
        return piece.AsMemory(0, file.ReadAtLeast(piece, piece.Length, throwOnEndOfStream: false));
    }

    private static FileStream Open(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
}
