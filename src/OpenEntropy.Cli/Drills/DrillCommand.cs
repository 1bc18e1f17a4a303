using System.CommandLine;
using System.Net;
using OpenEntropy.Cli.Display;
using OpenEntropy.Cli.Monitor;
using OpenEntropy.Cli.Options;
using OpenEntropy.Cli.Running;
using OpenEntropy.Cli.Services;
using OpenEntropy.Server.Drills;

namespace OpenEntropy.Cli.Drills;

/// <summary><c>openentropy drill</c>: makes a part of a running service fail for a while, and sees whether it is noticed and clears in time.</summary>
internal sealed class DrillCommand : Command, IHasExamples
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(100);

    /// <summary>How long is waited beyond all bounds, before what does not come is given up.</summary>
    private static readonly TimeSpan s_grace = TimeSpan.FromMinutes(2);

    private readonly CommandConsole _console;
    private readonly Argument<string> _kind = new("KIND")
    {
        Description = $"What fails: {string.Join(", ", DrillNames.All.Select(DrillNames.Of))}.",
    };
    private readonly Option<string?> _source = new("--source")
    {
        Description = "The noise source, by its name; for stick, bias, hang and vanish.",
        HelpName = "SOURCE",
    };
    private readonly DurationOption _for = new();
    private readonly UrlOption _url = new() { Description = $"The service. Default: {ServiceClient.UsualAddress}." };
    private readonly Option<bool> _wait = new("--wait")
    {
        Description = "Wait until it has shown and cleared; the exit code says whether in time.",
    };
    private readonly JsonOption _json = new();

    public DrillCommand(CommandConsole console)
        : base("drill", "Makes a part of a running service fail for a while, to see that it is noticed and clears by itself.")
    {
        _console = console;
        Add(_kind);
        foreach (Option option in (Option[])[_source, _for, _url, _wait, _json])
            Add(option);
        SetAction(RunAsync);
    }

    public IReadOnlyList<(string Line, string Does)> Examples =>
        [
            ("openentropy drill stick --source sleep_jitter --wait", "The source's samples become constant for 10 s."),
            ("openentropy drill starve --for 1m", "No seed block comes or goes for a minute; whatever asks for it goes on."),
            (
                "openentropy drill known-answer --url http://10.0.0.7:8042 --wait --json",
                "A self-test fails; the key is in OPENENTROPY_OPERATOR_KEY."
            ),
        ];

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken end)
    {
        using var client = new ServiceClient(parsed.GetValue(_url), s_patience);
        var query = $"kind={Uri.EscapeDataString(parsed.GetRequiredValue(_kind))}&seconds={parsed.GetValue(_for)}";
        if (parsed.GetValue(_source) is { } source)
            query += $"&source={Uri.EscapeDataString(source)}";
        var drill = await client.AskAsync(HttpMethod.Post, $"drills?{query}", ServiceClient.Json.DrillBody, end);
        var seen = parsed.GetValue(_wait) ? await WatchAsync(client, drill, end) : null;
        if (seen is not null)
            drill = await client.AskAsync(HttpMethod.Get, $"drills/{drill.Id}", ServiceClient.Json.DrillBody, end);
        if (parsed.GetValue(_json))
            JsonDocumentOutput.Write(_console, new { drill, seen });
        else
            DrillPage.Of(_console, drill, seen).Print();
        return seen is null || drill.Held == true ? ExitCodes.Success : ExitCodes.Failed;
    }

    /// <summary>Watches /health, as whoever watches the service does.</summary>
    private async Task<SeenDrill> WatchAsync(ServiceClient client, DrillBody drill, CancellationToken end)
    {
        var progress = new ProgressLine(_console);
        var start = _console.Time.GetTimestamp();
        var longest = drill.Ends - drill.Began + TimeSpan.FromSeconds(drill.Bound.Seconds + drill.ClearBound.Seconds) + s_grace;
        double? shown = null;
        string? reason = null;
        try
        {
            while (true)
            {
                var health = await client.AskAsync(
                    HttpMethod.Get,
                    "health",
                    ServiceClient.Json.HealthBody,
                    end,
                    HttpStatusCode.ServiceUnavailable
                );
                var elapsed = _console.Time.GetElapsedTime(start);
                var mark = health.Drills.FirstOrDefault(each => each.Id == drill.Id);
                if (mark is null || elapsed > longest)
                    return new SeenDrill(shown, mark is null ? elapsed.TotalSeconds : null, reason);
                if (mark.Shown && shown is null)
                    (shown, reason) = (elapsed.TotalSeconds, health.Reason);
                progress.Show($"{drill.Kind}: {mark.State}, {(mark.Shown ? "noticed" : "not noticed yet")}");
                await Task.Delay(s_look, _console.Time, end);
            }
        }
        finally
        {
            progress.Clear();
        }
    }
}

/// <summary>What was seen of a drill in <c>/health</c>, in seconds from when it was asked for.</summary>
/// <param name="ShownSeconds">When it showed; null: it was not seen to.</param>
/// <param name="OverSeconds">When it was over; null: it was not in the time that was waited.</param>
/// <param name="Reason">What <c>/health</c> said of it when it showed.</param>
internal sealed record SeenDrill(double? ShownSeconds, double? OverSeconds, string? Reason);
