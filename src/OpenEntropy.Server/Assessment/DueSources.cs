using OpenEntropy.Health;
using OpenEntropy.Noise;

namespace OpenEntropy.Server.Assessment;

/// <summary>Which sources are assessed without being asked for, and when: each once an interval, those that earn nothing more rarely.</summary>
/// <param name="interval">Least time between two automatic assessments of a credited source.</param>
/// <param name="history">Tells of earlier assessments, also of an earlier run of the service.</param>
/// <param name="board">Tells of attempts since the start.</param>
internal sealed class DueSources(TimeSpan interval, AssessmentHistory history, AssessmentBoard board)
{
    /// <summary>A source that earns nothing is assessed this many times more rarely.</summary>
    private const int UncreditedIntervals = 8;

    /// <summary>Why a source is never assessed, one sentence; null where it may be.</summary>
    /// <param name="info">The source.</param>
    public static string? WhyNever(NoiseSourceInfo info) =>
        info.Private
            ? NoiseSourceInfo.WhyPrivate
            : info.Origin switch
            {
                NoiseOrigin.Measured => null,
                NoiseOrigin.Counter =>
                    "counters that every local user can read: not assessed, since no figure would make them unpredictable",
                NoiseOrigin.OperatingSystem =>
                    "conditioned output of the operating system: not assessed, since estimators cannot tell it from noise",
                _ => "a vendor's conditioned output: not assessed, since estimators cannot tell it from noise",
            };

    /// <summary>The source whose time has come longest ago, of those that nobody asked for.</summary>
    /// <param name="sources">All sources at this moment.</param>
    /// <param name="now">The time.</param>
    /// <param name="asked">Those that somebody asked for.</param>
    /// <returns>Its name; null where none is due.</returns>
    public string? MostOverdue(IReadOnlyList<EntropySourceStatus> sources, DateTimeOffset now, IReadOnlyList<string>? asked = null) =>
        sources
            .Where(source =>
                source.Expected && WhyNever(source.Info) is null && asked?.Contains(source.Info.Name, StringComparer.Ordinal) is not true
            )
            .Select(source =>
                (
                    source.Info.Name,
                    Overdue: Overdue(source.Info, now),
                    IsCredited: source.Info.ClaimedMinEntropy > 0,
                    Rate: source.CollectionSeconds > 0 ? source.Samples / source.CollectionSeconds : 0
                )
            )
            .Where(source => source.Overdue >= 1)
            .OrderByDescending(source => source.Overdue)
            .ThenByDescending(source => source.IsCredited)
            .ThenByDescending(source => source.Rate) // a slow one takes its hour when the others have figures
            .Select(source => source.Name)
            .FirstOrDefault();

    /// <summary>Time since the last attempt as a multiple of what it should be; infinite before the first, and where the clock went back.</summary>
    private double Overdue(NoiseSourceInfo info, DateTimeOffset now)
    {
        var last = board[info.Name].Attempted ?? history.Find(info.Name)?.Latest.Time;
        if (last is not { } time || time > now)
        {
            return double.PositiveInfinity;
        }

        return (now - time) / (info.ClaimedMinEntropy > 0 ? interval : interval * UncreditedIntervals);
    }
}
