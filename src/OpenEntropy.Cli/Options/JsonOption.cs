using System.CommandLine;

namespace OpenEntropy.Cli.Options;

/// <summary><c>--json</c>: one JSON document on standard output in place of text.</summary>
internal sealed class JsonOption : Option<bool>
{
    public JsonOption()
        : base("--json") => Description = "Write JSON in place of text.";
}
