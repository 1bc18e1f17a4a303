namespace OpenEntropy.Cli;

/// <summary>Where a command reads and writes.</summary>
/// <param name="In">Standard input, opened when it is read.</param>
/// <param name="Out">Standard output, opened when it is written.</param>
/// <param name="Error">Standard error.</param>
/// <param name="ShowsProgress">Whether somebody watches standard error.</param>
internal sealed record CommandConsole(Func<Stream> In, Func<Stream> Out, TextWriter Error, bool ShowsProgress)
{
    public static CommandConsole OfProcess() =>
        new(Console.OpenStandardInput, Console.OpenStandardOutput, Console.Error, !Console.IsErrorRedirected);
}
