using OpenEntropy.Benchmarks.Http;
using OpenEntropy.Benchmarks.Running;

namespace OpenEntropy.Benchmarks.Pqc;

/// <summary>
/// What 50 clients that have bundles made without pause take from <c>/api/v1/random</c> beyond the processor time that their bundles cost. Three loads
/// of one service in turns: wrk on random alone gives r requests a second, the mints alone what one costs (c seconds of processor time of the service
/// and of this program, less what the idle service takes), and both together r' requests and m bundles a second. The machine has n processors, which
/// wrk keeps busy in the first and the third load, so that a fair share leaves r (1 − m c / n) requests a second; the figure is r' divided by that.
/// Seed blocks come from a script: with those of the harvest the pool, not the processor, would bound the mints.
/// </summary>
internal static class MintBesideRandom
{
    private const int Clients = 50;
    private const int Rounds = 3;
    private const int Seconds = 6;

    /// <summary>Measures.</summary>
    /// <param name="report">Where the figures go.</param>
    public static async Task RunAsync(Report report)
    {
        using var client = new MintClient();
        using var service = ChildService.StartServing(
            ServeVerb.SuppliedName,
            ["--sources=clock_jitter", "--OpenEntropy:Pool:Capacity=65536", .. client.Arguments]
        );
        await service.WaitFor200Async(LoadCase.Main.Path);
        await client.MintAsync(service);
        await AloneAsync(client, service, idle: 0); // compiles the code
        var rounds = new List<(double Alone, double Beside, double Mints, double Cost)>();
        for (var round = 0; round < Rounds; round++)
        {
            var idle = await IdleAsync(service);
            var random = await Wrk.RunAsync(service, LoadCase.Main.Path, Seconds);
            var (_, cost) = await AloneAsync(client, service, idle);
            var (beside, mints) = await BesideAsync(client, service);
            rounds.Add((random.RequestsPerSecond, beside, mints, cost));
        }

        var share = Median.Of(rounds.Select(each => each.Beside / Fair(each)));
        report.Judged(
            share,
            Bound.AtLeast(0.8),
            $"{Clients} concurrent mints beside random",
            $"{Median.Of(rounds.Select(each => each.Beside)):#,0} /s",
            $"alone {Median.Of(rounds.Select(each => each.Alone)):#,0} /s, less the mints' share {Median.Of(rounds.Select(Fair)):#,0} /s",
            $"{share:0.00}"
        );
        report.Row(
            "  bundles meanwhile",
            $"{Median.Of(rounds.Select(each => each.Mints)):0} /s",
            $"{Median.Of(rounds.Select(each => each.Cost)) * 1000:0.0} CPU ms each"
        );
    }

    private static double Fair((double Alone, double Beside, double Mints, double Cost) round) =>
        round.Alone * (1 - (round.Mints * round.Cost / Environment.ProcessorCount));

    /// <summary>The share of a processor that the service takes when nobody asks.</summary>
    private static async Task<double> IdleAsync(ChildService service)
    {
        var (spent, before) = (Spent.Start(), service.ProcessorTime);
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System);
        return (service.ProcessorTime - before).TotalSeconds / spent.WallSeconds;
    }

    private static async Task<(double MintsPerSecond, double ProcessorSeconds)> AloneAsync(
        MintClient client,
        ChildService service,
        double idle
    )
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(Seconds), TimeProvider.System);
        var (spent, before) = (Spent.Start(), service.ProcessorTime);
        var made = await client.MintManyAsync(service, Clients, stop.Token);
        var processor = (service.ProcessorTime - before).TotalSeconds + spent.ProcessorSeconds - (idle * spent.WallSeconds);
        return made == 0 ? throw new MeasurementException("no bundle was made") : (made / spent.WallSeconds, processor / made);
    }

    private static async Task<(double RequestsPerSecond, double MintsPerSecond)> BesideAsync(MintClient client, ChildService service)
    {
        using var stop = new CancellationTokenSource();
        var spent = Spent.Start();
        var minting = client.MintManyAsync(service, Clients, stop.Token);
        var random = await Wrk.RunAsync(service, LoadCase.Main.Path, Seconds);
        await stop.CancelAsync();
        var wall = spent.WallSeconds;
        return (random.RequestsPerSecond, await minting / wall);
    }
}
