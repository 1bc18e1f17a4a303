using System.Text;
using OpenEntropy.Cli.Running;

namespace OpenEntropy.Cli.Display;

/// <summary>Whole answers on standard output.</summary>
internal static class TextOutput
{
    /// <summary>Writes a text; a reader that went is no fault of anybody's.</summary>
    /// <param name="console">Where to write.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="CommandFailureException">It could not be written whole.</exception>
    public static void Write(CommandConsole console, string text) => Write(console, Encoding.UTF8.GetBytes(text));

    /// <inheritdoc cref="Write(CommandConsole, string)"/>
    /// <param name="console">Where to write.</param>
    /// <param name="utf8">The text in UTF-8.</param>
    public static void Write(CommandConsole console, ReadOnlySpan<byte> utf8)
    {
        try
        {
            using var output = console.Out();
            output.Write(utf8);
            output.Flush();
        }
        catch (IOException exception)
        {
            throw new CommandFailureException($"Standard output: {exception.Message}", ExitCodes.BrokenOff);
        }
    }
}
