using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace OpenEntropy.Server.Tests.Errors;

/// <summary>The tables of requests and their answers; each says at its head what its columns are.</summary>
internal static partial class RequestTable
{
    /// <summary>The answer of the web server itself, which has no body.</summary>
    public const string NoBody = "-";

    /// <summary>The answer that the route gives to everybody.</summary>
    public const string OwnBody = "=";

    /// <summary>The lines: what is asked for, the status, the message and a header of the request, empty where there is none.</summary>
    /// <param name="name">The file's name.</param>
    public static TheoryData<string, int, string, string> Read(string name)
    {
        using var stream =
            typeof(RequestTable).Assembly.GetManifestResourceStream(name) ?? throw new FileNotFoundException("no such table", name);
        using var reader = new StreamReader(stream);
        var lines = new TheoryData<string, int, string, string>();
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && !line.StartsWith('#'))
            {
                var columns = line.Split('\t');
                lines.Add(columns[0], int.Parse(columns[1], NumberStyles.None), columns[2], columns.Length > 3 ? columns[3] : "");
            }
        }

        return lines;
    }

    /// <summary>The bytes that a first column stands for.</summary>
    /// <param name="target">The column.</param>
    public static byte[] ToBytes(string target) =>
        Encoding.Latin1.GetBytes(RawByte().Replace(Repeat(target), match => ((char)Hexadecimal(match.ValueSpan[2..])).ToString()));

    /// <summary>The text that a third column stands for.</summary>
    /// <param name="message">The column.</param>
    public static string ToText(string message) =>
        Character().Replace(Repeat(message), match => ((char)Hexadecimal(match.ValueSpan[2..])).ToString());

    private static string Repeat(string text) =>
        Repetition()
            .Replace(
                text,
                match => string.Concat(Enumerable.Repeat(match.Groups["what"].Value, int.Parse(match.Groups["times"].ValueSpan)))
            );

    private static int Hexadecimal(ReadOnlySpan<char> digits) => int.Parse(digits, NumberStyles.AllowHexSpecifier);

    [GeneratedRegex(@"\{(?<what>[^*{}]+)\*(?<times>\d+)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Repetition();

    [GeneratedRegex(@"\\x[0-9A-F]{2}", RegexOptions.None, 1000)]
    private static partial Regex RawByte();

    [GeneratedRegex(@"\\u[0-9a-f]{4}", RegexOptions.None, 1000)]
    private static partial Regex Character();
}
