using System.Text;
using OpenEntropy.Benchmarks.Running;
using OpenEntropy.Health;
using OpenEntropy.Noise;

namespace OpenEntropy.Benchmarks.Harvest;

/// <summary>
/// What each source of the catalog gives when it alone has every turn: samples and credited bits, by the clock and by processor time (which
/// for a source that waits is much less), and whether it is fast.
/// </summary>
internal static class SourceRates
{
    private const double MeasuredSeconds = 1.5;
    private const double PatienceSeconds = 10;
    private static readonly CompositeFormat s_columns = CompositeFormat.Parse("  {0,-26} {1,6} {2,11} {3,12} {4,12} {5,13} {6,10}  {7}");
    private static readonly TimeSpan s_turn = TimeSpan.FromMilliseconds(1);

    /// <summary>Measures one source after the other.</summary>
    /// <param name="report">Where the figures go.</param>
    public static async Task RunAsync(Report report)
    {
        var options = new EntropyPoolOptions { Sources = new SourcesOptions { Enabled = "all" } };
        var sources = SourceAssembly.Create(options, TimeProvider.System);
        report.Line("each noise source alone, full duty:");
        report.Line(
            string.Format(null, s_columns, "source", "claim", "samples/s", "…/CPU s", "credited b/s", "…/CPU s", "ms/1,024", "speed")
        );
        try
        {
            foreach (var source in sources)
            {
                report.Line(await MeasureAsync(source));
            }
        }
        finally
        {
            foreach (var source in sources)
            {
                source.Dispose();
            }
        }
    }

    private static async Task<string> MeasureAsync(EntropySource source)
    {
        var info = source.Info;
        if (source.State == SourceState.Unavailable || !await ProveAsync(source))
        {
            return $"  {info.Name, -26} {source.State}: {source.Status().Reason}";
        }

        var spent = Spent.Start();
        long samples = 0;
        double bits = 0;
        while (spent.WallSeconds < MeasuredSeconds)
        {
            if (source.CanTakeTurn(forRaw: false))
            {
                var turn = source.Take(s_turn);
                samples += turn.Raw.Length;
                bits += turn.Credit;
            }
        }

        var (wall, processor, status) = (spent.WallSeconds, spent.ProcessorSeconds, source.Status());
        source.Disable();
        source.CanTakeTurn(forRaw: false); // closes it, so that it does not disturb the next
        return string.Format(
            null,
            s_columns,
            info.Name,
            $"{source.MinEntropy:0.###}",
            $"{samples / wall:#,0}",
            $"{samples / processor:#,0}",
            $"{bits / wall:#,0}",
            $"{bits / processor:#,0}",
            $"{status.SecondsPerStartup * 1000:0.0}",
            status.Speed
        );
    }

    /// <summary>Turns until the start-up test is passed; false when it is not.</summary>
    private static async Task<bool> ProveAsync(EntropySource source)
    {
        var spent = Spent.Start();
        while (source.State != SourceState.Healthy && spent.WallSeconds < PatienceSeconds)
        {
            if (source.CanTakeTurn(forRaw: false))
            {
                source.Take(s_turn);
            }
            else
            {
                await Task.Delay(s_turn, TimeProvider.System);
            }
        }

        return source.State == SourceState.Healthy;
    }
}
