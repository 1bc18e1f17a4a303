using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using OpenEntropy.Cli.Display;
using OpenEntropy.Cli.Options;
using OpenEntropy.Cli.Running;
using OpenEntropy.Server.Hosting;
using OpenEntropy.Server.Pool;
using ExitCodes = OpenEntropy.Cli.Running.ExitCodes;

namespace OpenEntropy.Cli.Pools;

/// <summary><c>openentropy pool</c>: fills a pool in this process for a moment and gives its account.</summary>
internal sealed class PoolCommand : Command, IHasExamples
{
    private readonly CommandConsole _console;
    private readonly SourcesOption _sources = new();
    private readonly NumberOption<int> _blocks = new("--blocks", 16, 1, 65_536, "Seed blocks after which it stops.");
    private readonly NumberOption<double> _time = new("--time", 10, 0.1, 86_400, "Seconds after which it stops in any case.");
    private readonly JsonOption _json = new();

    public PoolCommand(CommandConsole console)
        : base("pool", "Fills a pool for a moment and gives its account: blocks, bits in and out, sources, what weakens it.")
    {
        _console = console;
        foreach (Option option in (Option[])[_sources, _blocks, _time, _json])
            Add(option);
        SetAction(RunAsync);
    }

    public IReadOnlyList<(string Line, string Does)> Examples =>
        [
            ("openentropy pool", "The account of a pool of the fast sources after 16 blocks."),
            ("openentropy pool --sources silicon --blocks 64 --time 30", "Of one category, after 64 blocks or 30 seconds."),
            ("openentropy pool --json | jq .conditioner.assessed_bits_in", "One figure of it."),
        ];

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken end)
    {
        var blocks = parsed.GetValue(_blocks);
        var limit = TimeSpan.FromSeconds(parsed.GetValue(_time));
        EntropyPoolStatus status;
        await using (var pool = LocalPool.Create(parsed.GetRequiredValue(_sources), _console.CreatePool, static _ => { }))
        {
            _ = pool.RunAsync(CancellationToken.None); // how it ends is in its status
            await PoolFilling.WaitAsync(pool, _console, status => status.BlocksProduced >= Math.Min(blocks, status.Capacity), limit, end);
            status = pool.Status;
        }

        if (parsed.GetValue(_json))
            TextOutput.Write(_console, [.. JsonSerializer.SerializeToUtf8Bytes(PoolBody.From(status), s_json.PoolBody), (byte)'\n']);
        else
            PoolPage.Of(_console, status).Print();
        return status.BlocksProduced > 0
            ? ExitCodes.Success
            : throw new CommandFailureException(
                $"No block came in {limit.TotalSeconds:0.###} s: {status.Reason ?? "the sources were too slow"}".TrimEnd('.') + ".",
                ExitCodes.Unavailable
            );
    }

    private static readonly ServerJson s_json = new(
        new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            WriteIndented = true,
        }
    );
}
