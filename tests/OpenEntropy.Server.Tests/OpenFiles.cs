using System.Text;

namespace OpenEntropy.Server.Tests;

/// <summary>Files that a running service has open and writes.</summary>
internal static class OpenFiles
{
    /// <summary>What of a file is written so far.</summary>
    /// <param name="path">The file.</param>
    /// <param name="encoding">Of its text; null: UTF-8.</param>
    public static async Task<string> ReadAsync(string path, Encoding? encoding = null)
    {
        using var reader = new StreamReader(
            new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite),
            encoding ?? Encoding.UTF8
        );
        return await reader.ReadToEndAsync();
    }

    /// <summary>What every file below a folder holds, read as bytes, by its path. Locks are left out: they are empty, and nobody else may open them.</summary>
    /// <param name="folder">The folder.</param>
    public static async Task<List<(string Path, string Text)>> ReadAllAsync(string folder)
    {
        var files = new List<(string, string)>();
        foreach (var path in Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Where(path => Path.GetFileName(path) != "lock"))
        {
            try
            {
                files.Add((path, await ReadAsync(path, Encoding.Latin1)));
            }
            catch (FileNotFoundException)
            {
                return await ReadAllAsync(folder); // written beside and renamed meanwhile: under its other name it is there
            }
        }

        return files;
    }

    /// <summary>The service's log, where it writes files: all of them, one after the other.</summary>
    /// <param name="storage">The storage directory.</param>
    public static async Task<string> ReadLogAsync(string storage)
    {
        var text = new StringBuilder();
        foreach (var path in Directory.GetFiles(Path.Combine(storage, "logs")))
        {
            text.Append(await ReadAsync(path));
        }

        return text.ToString();
    }
}
