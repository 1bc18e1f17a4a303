using OpenEntropy.Benchmarks.Running;

namespace OpenEntropy.Benchmarks.Http;

/// <summary>What stands between a client and its bytes: the same requests to two processes that differ in one setting, in turns.</summary>
internal static class LimitCost
{
    private static readonly Bound s_rate = Bound.AtLeast(0.95);

    private static readonly string[] s_withLimits =
    [
        "--OpenEntropy:Limits:Local=true",
        "--OpenEntropy:Limits:RequestsPerSecond=1000000",
        "--OpenEntropy:Limits:Burst=10000000",
        $"--OpenEntropy:Limits:BytesPerDay={1L << 50}",
    ];

    private static readonly string[] s_withoutLimits = ["--OpenEntropy:Limits:Enabled=false"];

    // A further case is a line: its name, what it sets, and what it is compared with.
    private static readonly Case[] s_cases =
    [
        new("limits of requests, bytes and streams", s_withLimits, "no limits"),
        new("loopback, which is not limited", [], "no limits"),
        new("a key of everybody, and limits", s_withLimits, "neither", AsksForKey: true),
    ];

    /// <summary>Measures every case.</summary>
    /// <param name="report">Where the figures go.</param>
    public static async Task RunAsync(Report report)
    {
        foreach (var each in s_cases)
        {
            using var keys = new KeyOfClients();
            using var ours = each.AsksForKey
                ? ChildService.StartServing(ServeVerb.Name, await keys.MakeHeaderAsync(), [.. keys.Arguments, .. each.Arguments])
                : ChildService.StartServing(ServeVerb.Name, each.Arguments);
            using var theirs = ChildService.StartServing(
                ServeVerb.Name,
                each.AsksForKey ? KeyOfClients.HeaderOfAnother : null,
                s_withoutLimits
            );
            await WaitUntilCalmAsync(ours);
            await WaitUntilCalmAsync(theirs);
            var path = LoadCase.Main.Path;
            var pairs = await SideBySide.MeasureAsync((ours, path), (theirs, path));
            report.Print(each.Name, each.ComparedWith, pairs, s_rate);
            report.Row(
                "  allocated for a request",
                $"{await AllocatedRoute.MeasureAsync(ours, path, SideBySide.RoundSeconds):#,0} bytes",
                $"{each.ComparedWith} {await AllocatedRoute.MeasureAsync(theirs, path, SideBySide.RoundSeconds):#,0} bytes"
            );
        }
    }

    private static async Task WaitUntilCalmAsync(ChildService service)
    {
        await service.WaitFor200Async(LoadCase.Main.Path);
        await ServicePool.WaitUntilFullAsync(service);
    }

    /// <summary>A service that is compared with one without limits.</summary>
    /// <param name="Name">What is measured.</param>
    /// <param name="Arguments">Its command line.</param>
    /// <param name="ComparedWith">What it is compared with.</param>
    /// <param name="AsksForKey">Whether every request needs a key of the list, and has it.</param>
    private sealed record Case(string Name, string[] Arguments, string ComparedWith, bool AsksForKey = false);
}
