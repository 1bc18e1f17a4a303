using System.CommandLine;
using System.Globalization;
using OpenEntropy.Cli.Display;
using OpenEntropy.Cli.Monitor;
using OpenEntropy.Cli.Options;
using OpenEntropy.Cli.Running;
using OpenEntropy.Cli.Services;
using OpenEntropy.Pqc.Bundles;
using OpenEntropy.Server.Bundles;
using OpenEntropy.Server.SelfTests;

namespace OpenEntropy.Cli.SelfTests;

/// <summary><c>openentropy self-test</c>: runs the known-answer tests, of this program or of a running service.</summary>
internal sealed class SelfTestCommand : Command, IHasExamples
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly CommandConsole _console;
    private readonly UrlOption _url = new() { Description = "A running service whose self-tests are run. Default: those of this program." };
    private readonly JsonOption _json = new();

    public SelfTestCommand(CommandConsole console)
        : base("self-test", "Runs the self-tests by known answers: hashes, AES, the generator, the post-quantum algorithms.")
    {
        _console = console;
        Add(_url);
        Add(_json);
        SetAction(RunAsync);
    }

    public IReadOnlyList<(string Line, string Does)> Examples =>
        [
            ("openentropy self-test", "Whether this program computes on this machine what it must."),
            ("openentropy self-test --url http://127.0.0.1:8042 --json", "Whether a running service does; an operator's act."),
        ];

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken end)
    {
        var body = parsed.GetValue(_url) is { } url ? await AskAsync(url, end) : RunHere();
        if (parsed.GetValue(_json))
            JsonDocumentOutput.Write(_console, body);
        else
            Show(body);
        return body.Passed ? ExitCodes.Success : ExitCodes.Failed;
    }

    private static async Task<SelfTestListBody> AskAsync(Uri url, CancellationToken end)
    {
        using var client = new ServiceClient(url, s_patience);
        return await client.AskAsync(HttpMethod.Post, "self-tests", ServiceClient.Json.SelfTestListBody, end);
    }

    private SelfTestListBody RunHere()
    {
        SelfTestBody[] tests =
        [
            .. SelfTestSuite.Of(new EntropyPoolOptions()).Run(isMisled: false, _console.Time),
            .. BundleSelfTest
                .RunTimed()
                .Select(each => SelfTestOutcomes.Of(CheckBody.From(each.Check) with { Elapsed = each.Elapsed }, _console.Time.GetUtcNow())),
        ];
        return new SelfTestListBody(Array.TrueForAll(tests, test => test.Outcome == SelfTestBoard.Passed), tests);
    }

    private void Show(SelfTestListBody body)
    {
        var table = new Table("test", Column.Sentence("standard"), "outcome", Column.Number("µs"), Column.Sentence("detail"));
        foreach (var test in body.Tests)
        {
            table.Add(
                test.Name,
                test.Standard,
                new Cell(test.Outcome, test.Outcome == SelfTestBoard.Passed ? Tone.Good : Tone.Bad),
                test.Microseconds?.ToString("N0", CultureInfo.InvariantCulture) ?? "",
                test.Detail
            );
        }

        var page = new Page(_console);
        page.Table(table.WithoutEmptyColumns());
        page.Print();
    }
}
