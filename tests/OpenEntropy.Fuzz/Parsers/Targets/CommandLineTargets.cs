using OpenEntropy.Cli;
using OpenEntropy.Cli.Monitor.Keys;
using OpenEntropy.Cli.Running;
using OpenEntropy.Server.Hosting;

namespace OpenEntropy.Fuzz.Parsers.Targets;

/// <summary>What is typed: command lines, an argument a line, and keys.</summary>
internal static class CommandLineTargets
{
    private static readonly CommandConsole s_console = new(() => Stream.Null, () => Stream.Null, TextWriter.Null, ShowsProgress: false);

    private static readonly string[] s_pieces =
    [
        "\n--help",
        "\n--sources",
        "\n--samples",
        "\n--seconds",
        "\n--json",
        "\n--port",
        "\n--",
        "\n@",
        "--OpenEntropy:Server:Port=",
        "\n[suggest]",
        "1e308",
        "Infinity",
    ];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ParserTarget> All { get; } =
    [
        new(
            "program_arguments",
            ReadProgram,
            "scan\n--sources\nfast\n--json",
            "stream\n--length\n1000\n--format\nhex",
            "analyze\nfile.bin\n--bits\n8\n--suites\nquick,sp800-90b",
            "verify\nbundle.json\n--identity\nid.json",
            "probe\nclock_jitter\n--samples\n1000\n--seconds\n1.5",
            "server\n--port\n8042"
        )
        {
            Pieces = s_pieces,
            Cost = 30,
        },
        new("service_arguments", ReadService, "--port\n8042\n--host\n::1\n--OpenEntropy:Drbg:ReseedInterval=1s", "--urls\nhttp://*:1")
        {
            Pieces = s_pieces,
            Cost = 10,
        },
        new(
            "keys",
            ReadKeys,
            [0x1B, (byte)'[', (byte)'A', (byte)'q', 0x1B, (byte)'O', (byte)'P'],
            "\u001b[5~/text\r\u001b[1;5C"u8.ToArray()
        ),
    ];

    private static void ReadProgram(string text)
    {
        var parsed = OpenEntropyCommand.Root(s_console).Parse(ArgumentsOf(text));
        BrokenRuleException.Unless(parsed.Errors.All(error => error.Message.Length > 0), "a refusal gives no reason");
    }

    private static void ReadService(string text)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        var options = new CommandLineOptions();
        var parsed = options.Command.Parse(CommandLine.TakeKeys(ArgumentsOf(text), settings));
        if (parsed.Errors.Count > 0 || parsed.Action is not null)
            return;
        var read = options.Read(parsed, settings, out var problem);
        BrokenRuleException.Unless(read is null == problem is not null, "it stands and is refused, or neither");
    }

    // However the bytes came, the keys are the same.
    private static void ReadKeys(byte[] bytes)
    {
        var (whole, pieces) = (new KeyDecoder(), new KeyDecoder());
        var (keys, same) = (new List<MonitorKey>(), new List<MonitorKey>());
        whole.Read(bytes, keys);
        foreach (var each in bytes)
            pieces.Read([each], same);
        BrokenRuleException.Unless(keys.SequenceEqual(same) && whole.IsPending == pieces.IsPending, "the pieces are not the whole");
        BrokenRuleException.Unless(whole.Flush() == pieces.Flush() && !whole.IsPending, "what is unfinished stays");
    }

    // A name of a file of arguments would be read.
    private static string[] ArgumentsOf(string text) => [.. text.Split('\n').Select(argument => argument.TrimStart('@'))];
}
