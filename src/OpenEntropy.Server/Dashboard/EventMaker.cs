using OpenEntropy.Health;
using OpenEntropy.Server.Assessment;
using OpenEntropy.Server.Drills;
using OpenEntropy.Server.Errors;
using OpenEntropy.Server.Health;
using OpenEntropy.Server.Pool;

namespace OpenEntropy.Server.Dashboard;

/// <summary>Makes the events that all viewers get, from accounts that are there anyway. Called by one thread at a time.</summary>
/// <param name="feed">The accounts.</param>
/// <param name="drills">What is made to fail on purpose.</param>
/// <param name="assessments">What they leave out of the deviations.</param>
/// <param name="board">What the service's parts say of them.</param>
/// <param name="output">Draws for the page.</param>
/// <param name="figures">Counts requests.</param>
/// <param name="refusals">Counts those that were refused.</param>
/// <param name="log">The latest lines.</param>
/// <param name="time">The clock.</param>
internal sealed class EventMaker(
    StatusFeed feed,
    DrillBoard drills,
    AssessmentHistory assessments,
    DeviationBoard board,
    PageOutput output,
    RequestFigures figures,
    RefusalCounts refusals,
    LogTail log,
    TimeProvider time
)
{
    private readonly RequestWindow _requests = new(time);
    private (long Bytes, long Taken)? _given;
    private double? _bytesPerSecond;
    private byte[] _backlog = [];
    private long _backlogCount = -1;
    private long _sent;

    /// <summary>Begins anew: what is counted per second counts from now.</summary>
    public void Begin()
    {
        (figures.IsWatched, output.IsWatched) = (true, true);
        output.Measure();
        _requests.Clear();
        (_given, _bytesPerSecond) = (null, null);
    }

    /// <summary>Nobody watches any more.</summary>
    public void End()
    {
        (figures.IsWatched, output.IsWatched) = (false, false);
    }

    /// <summary>The latest lines of the log, for one who begins to watch.</summary>
    /// <param name="news">Those that the others were not sent yet, for them; null where there are none.</param>
    public byte[] MakeBacklog(out byte[]? news)
    {
        long count = 0;
        var lines = log.ReadAfter(ref count);
        news = count > _sent ? LogEvents.MakeNews(lines, count - _sent) : null;
        _sent = count;
        if (count != _backlogCount)
        {
            (_backlog, _backlogCount) = (LogEvents.MakeBacklog(lines), count);
        }

        return _backlog;
    }

    /// <summary>The lines that were not sent yet; null where there are none.</summary>
    public byte[]? MakeLog()
    {
        var before = _sent;
        return log.ReadAfter(ref _sent) is { Count: > 0 } lines ? LogEvents.MakeNews(lines, _sent - before) : null;
    }

    /// <summary>The next bytes; empty where the pool gives none.</summary>
    public byte[] MakeOutput() =>
        output.Draw() is { } hex ? new EventText().Add("output", new OutputBody(hex), DashboardJson.Default.OutputBody).ToArray() : [];

    /// <summary>The state of the whole and of every source.</summary>
    /// <param name="viewers">How many watch.</param>
    public byte[] MakeStatus(int viewers)
    {
        var (latest, before) = feed.Read();
        var elapsed = before is null ? TimeSpan.Zero : time.GetElapsedTime(before.Taken, latest.Taken);
        var totals = figures.Read();
        _requests.Add(totals);
        CountBytes(latest);
        return new EventText()
            .Add("status", Status(latest, before?.Status, elapsed, totals, viewers), DashboardJson.Default.StatusBody)
            .Add("sources", Sources(latest.Status, before?.Status, elapsed), DashboardJson.Default.SourcesBody)
            .ToArray();
    }

    private StatusBody Status(StatusSample sample, EntropyPoolStatus? before, TimeSpan elapsed, RequestTotals totals, int viewers)
    {
        var status = sample.Status;
        var deviations = ServiceDeviations.Of(status, assessments, board);
        return new StatusBody(
            time.GetUtcNow(),
            HealthBody.From(status) with
            {
                Deviations = deviations,
                Drills = [.. drills.Current.Select(DrillMark.From)],
            },
            PoolBody.From(status) with
            {
                Deviations = deviations,
            },
            new EntropyBody(Entropies.OfRaw(status), output.Entropies),
            new RequestsBody
            {
                PerSecond = _requests.PerSecond,
                InFlight = Math.Max(0, totals.Begun - totals.Ended - viewers),
                P50Ms = _requests.Latency(0.5),
                P95Ms = _requests.Latency(0.95),
                P99Ms = _requests.Latency(0.99),
                BytesPerSecond = _bytesPerSecond,
                Refusals = Refusals(),
            },
            before is null ? null : RequestWindow.Rate(status.Reseeds.Values.Sum() - before.Reseeds.Values.Sum(), elapsed),
            sample.DrawnForPage,
            viewers
        );
    }

    private List<RefusalBody> Refusals() =>
        [
            .. refusals
                .All.Where(each => each.Value > 0)
                .OrderBy(each => each.Key.Route, StringComparer.Ordinal)
                .ThenBy(each => each.Key.Reason, StringComparer.Ordinal)
                .Select(each => new RefusalBody(each.Key.Reason, each.Key.Route, each.Value)),
        ];

    private static SourcesBody Sources(EntropyPoolStatus status, EntropyPoolStatus? before, TimeSpan elapsed)
    {
        var credited = status.Sources.Sum(source => source.CreditedBits);
        var earlier = before?.Sources.ToDictionary(source => source.Info.Name, StringComparer.Ordinal);
        return new SourcesBody([.. status.Sources.Select(source => SourceEventBody.From(source, Rate(source), credited))]);

        double? Rate(EntropySourceStatus source) =>
            earlier?.GetValueOrDefault(source.Info.Name) is { } then ? RequestWindow.Rate(source.Samples - then.Samples, elapsed) : null;
    }

    private void CountBytes(StatusSample sample)
    {
        if (_given is { } given && given.Taken == sample.Taken)
        {
            return;
        }

        var bytes = sample.Status.OutputBytes - sample.DrawnForPage;
        _bytesPerSecond = _given is { } last ? RequestWindow.Rate(bytes - last.Bytes, time.GetElapsedTime(last.Taken, sample.Taken)) : null;
        _given = (bytes, sample.Taken);
    }
}
