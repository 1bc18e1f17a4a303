using System.CommandLine;

namespace OpenEntropy.Evidence.Commands;

/// <summary>The document a command generates.</summary>
internal sealed class DocumentFile
{
    private const string StandardOutput = "-";

    private readonly Option<string> _output;
    private readonly EvidenceConsole _console;

    /// <param name="byDefault">Its path below the working directory, which by default is the repository.</param>
    /// <param name="console">Where it is written on demand.</param>
    public DocumentFile(string byDefault, EvidenceConsole console)
    {
        _console = console;
        _output = new Option<string>("--output")
        {
            Description = $"Where to write it; {StandardOutput} for standard output. Default: {byDefault}.",
            HelpName = "FILE",
            DefaultValueFactory = _ => byDefault,
        };
    }

    /// <summary>Adds the option to a command.</summary>
    public void AddTo(Command command) => command.Add(_output);

    /// <summary>Refuses, before anything is measured, a file in a directory that is not there.</summary>
    /// <returns>The path.</returns>
    public string Check(ParseResult parsed)
    {
        var path = parsed.GetRequiredValue(_output);
        if (path != StandardOutput && !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))))
            throw new UsageException($"there is no directory for {path}: run it in the repository, or name a file by --output");
        return path;
    }

    /// <summary>Writes the document.</summary>
    public void Write(string path, string text)
    {
        if (path == StandardOutput)
        {
            _console.Out.Write(text);
            return;
        }

        File.WriteAllText(path, text);
        _console.Error.WriteLine($"written: {path}");
    }
}
