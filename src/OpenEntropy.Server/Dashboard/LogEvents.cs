using System.Globalization;
using System.Text.Json;

namespace OpenEntropy.Server.Dashboard;

/// <summary>
/// The event <c>log</c>, bounded in bytes: however much is logged, a connection that takes what a page needs otherwise takes this too.
/// </summary>
internal static class LogEvents
{
    /// <summary>Bytes of lines that one who begins to watch is sent, the latest.</summary>
    public const int MostBacklogBytes = 32_768;

    /// <summary>Bytes of lines that are sent at a time, the latest.</summary>
    public const int MostNewsBytes = 16_384;

    /// <summary>The event's name of the line that stands for those that are left out.</summary>
    public const string LeftOut = "lines_left_out";

    /// <summary>The lines for one who begins to watch.</summary>
    /// <param name="lines">Those that are kept.</param>
    public static byte[] MakeBacklog(IReadOnlyList<LogLine> lines) =>
        Make([.. lines.Skip(lines.Count - CountFitting(lines, MostBacklogBytes))]);

    /// <summary>The lines for those who watch; a first one says how many are left out.</summary>
    /// <param name="lines">The latest lines, one at least.</param>
    /// <param name="count">How many are new, of which some may be kept no more.</param>
    public static byte[] MakeNews(IReadOnlyList<LogLine> lines, long count)
    {
        var shown = (int)Math.Min(count, CountFitting(lines, MostNewsBytes));
        LogLine[] latest = [.. lines.Skip(lines.Count - shown)];
        return Make(shown == count ? latest : [LeftOutLine(latest[0].Time, count - shown), .. latest]);
    }

    private static LogLine LeftOutLine(DateTimeOffset time, long count) =>
        new(time, "warning", LeftOut, Category: null, string.Create(CultureInfo.InvariantCulture, $"lines left out here: {count}"));

    // One at least: a message is cut, so that none is too large.
    private static int CountFitting(IReadOnlyList<LogLine> lines, int mostBytes)
    {
        var (count, bytes) = (0, 0);
        while (count < lines.Count)
        {
            bytes += JsonSerializer.SerializeToUtf8Bytes(lines[lines.Count - 1 - count], DashboardJson.Default.LogLine).Length + 1;
            if (bytes > mostBytes && count > 0)
            {
                break;
            }

            count++;
        }

        return count;
    }

    private static byte[] Make(IReadOnlyList<LogLine> lines) =>
        new EventText().Add("log", new LogBody(lines), DashboardJson.Default.LogBody).ToArray();
}
