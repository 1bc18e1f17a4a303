using OpenEntropy.Cli.Running;

namespace OpenEntropy.Cli.Display;

/// <summary>One line on the terminal that tells what is being computed, and goes when the report comes.</summary>
/// <param name="console">Where to write.</param>
internal sealed class ProgressLine(CommandConsole console)
{
    private int _length;

    /// <summary>Shows a text in place of the one before.</summary>
    public void Show(string text)
    {
        if (!console.ShowsProgress)
            return;
        // In the last column some terminals go on to the next line.
        if (text.Length >= console.ProgressWidth)
            text = text[..Math.Max(0, console.ProgressWidth - 1)];
        console.Error.Write("\r" + text.PadRight(_length));
        _length = text.Length;
    }

    /// <summary>Takes the line away.</summary>
    public void Clear()
    {
        if (_length > 0)
            console.Error.Write("\r" + new string(' ', _length) + "\r");
    }
}
