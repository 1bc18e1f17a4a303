using System.Text;

namespace OpenEntropy.Fuzz.Parsers;

/// <summary>
/// Inputs that a parser once stumbled over, in a folder for each: <c>.hex</c>, hexadecimal digits with lines of prose that begin with #, or
/// <c>.txt</c>, which is the input as it stands.
/// </summary>
internal static class KeptInputs
{
    private const int BytesPerLine = 32;

    /// <summary>The folder, which stands beside the program.</summary>
    public static string Folder => Path.Combine(AppContext.BaseDirectory, "Regressions");

    /// <summary>All of them.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>Name of the target, name of the file, and the input.</returns>
    public static IEnumerable<(string Target, string File, byte[] Input)> Read(string folder) =>
        Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(Read1);

    /// <summary>An input as a file has it.</summary>
    /// <param name="input">The input.</param>
    public static string ToHex(byte[] input) =>
        string.Concat(input.Chunk(BytesPerLine).Select(line => Convert.ToHexStringLower(line) + "\n"));

    private static (string Target, string File, byte[] Input) Read1(string path) =>
        (Path.GetFileName(Path.GetDirectoryName(path)!), Path.GetFileName(path), InputOf(path));

    private static byte[] InputOf(string path)
    {
        if (Path.GetExtension(path) == ".txt")
            return File.ReadAllBytes(path);
        if (Path.GetExtension(path) != ".hex")
            throw new FormatException($"{path} is neither .hex nor .txt");
        var digits = new StringBuilder();
        foreach (var line in File.ReadLines(path).Where(line => !line.StartsWith('#')))
            digits.Append(line.Trim());
        return Convert.FromHexString(digits.ToString());
    }
}
