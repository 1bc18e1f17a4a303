using System.CommandLine;
using OpenEntropy.Evidence.Documents;

namespace OpenEntropy.Evidence.Commands;

/// <summary>The commands that generate a document from the catalog alone and measure nothing.</summary>
internal static class DocumentCommand
{
    /// <summary><c>matrix</c>.</summary>
    public static Command Matrix(EvidenceConsole console) =>
        Make("matrix", "Generates the platform matrix of all sources.", "docs/platforms.md", PlatformMatrix.Text, console);

    /// <summary><c>catalogue</c>.</summary>
    public static Command Catalogue(EvidenceConsole console) =>
        Make("catalogue", "Generates the reference of all sources.", "docs/catalogue.md", CatalogueReference.Text, console);

    private static Command Make(string name, string description, string path, Func<string> text, EvidenceConsole console)
    {
        var command = new Command(name, description);
        var file = new DocumentFile(path, console);
        file.AddTo(command);
        command.SetAction(parsed =>
        {
            file.Write(file.Check(parsed), text());
            return ExitCodes.Success;
        });
        return command;
    }
}
