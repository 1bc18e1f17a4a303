using System.Globalization;
using OpenEntropy.Assessment.Quick;
using OpenEntropy.Cli.Display;
using OpenEntropy.Cli.Running;

namespace OpenEntropy.Cli.Sessions;

/// <summary>Tells what is in sessions.</summary>
internal static class SessionsReport
{
    private const string Entropies =
        "Entropies are of the samples' histogram, bits per sample: no assessment, which is what analyze makes.";

    /// <summary>Lists the sessions of a folder, the latest first.</summary>
    public static void List(CommandConsole console, string folder, bool isJson)
    {
        var sessions = !Directory.Exists(folder)
            ? []
            : Directory
                .EnumerateDirectories(folder)
                .Where(path => !Path.GetFileName(path).StartsWith('.'))
                .Select(ListedSession.Of)
                .OfType<ListedSession>()
                .OrderByDescending(session => Start(session.Entries))
                .ThenBy(session => session.Name, StringComparer.Ordinal)
                .ToList();
        if (isJson)
        {
            JsonDocumentOutput.Write(
                console,
                sessions.Select(session => new
                {
                    session.Name,
                    session.Path,
                    Start = Start(session.Entries),
                    Sources = session.Entries.Select(entry => entry.Header?.Source ?? entry.Name),
                    Samples = Samples(session.Entries),
                    Whole = session.State == SessionState.Whole,
                    session.Problem,
                })
            );
            return;
        }

        var page = new Page(console);
        if (sessions.Count == 0)
            page.Line($"No sessions in {folder}.");
        var table = new Table("session", "start, UTC", Column.Number("sources"), Column.Number("samples"), "state");
        foreach (var session in sessions)
            table.Add(
                session.Name,
                Start(session.Entries)?.UtcDateTime.ToString("u", CultureInfo.InvariantCulture) ?? "",
                $"{session.Entries.Count}",
                $"{Samples(session.Entries):N0}",
                Words(session.State)
            );
        if (sessions.Count > 0)
            page.Table(table);
        page.Print();
    }

    /// <summary>Shows a session.</summary>
    public static void Show(CommandConsole console, string folder, IReadOnlyList<SessionEntry> entries, bool isJson)
    {
        if (isJson)
        {
            JsonDocumentOutput.Write(console, new { Session = folder, Recordings = entries.Select(Body) });
            return;
        }

        var page = new Page(console);
        page.Heading(folder);
        var table = new Table(
            "source",
            Column.Number("samples"),
            Column.Number("seconds"),
            Column.Number("Shannon"),
            Column.Number("min-entropy"),
            Column.Sentence("state")
        );
        foreach (var entry in entries)
        {
            table.Add(
                entry.Header?.Source ?? entry.Name,
                $"{entry.Header?.Samples ?? 0:N0}",
                entry.Header is { } header ? (header.End - header.Start).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) : "",
                Figure(entry.Metrics?.Shannon),
                Figure(entry.Metrics?.MostCommonValue),
                State(entry)
            );
        }

        page.Table(table);
        page.Line(new Cell(Entropies, Tone.Faint));
        page.Print();
    }

    /// <summary>Compares two sessions.</summary>
    public static void Compare(
        CommandConsole console,
        (string Name, IReadOnlyList<SessionEntry> Entries) first,
        (string Name, IReadOnlyList<SessionEntry> Entries) second,
        bool isJson
    )
    {
        var names = first
            .Entries.Concat(second.Entries)
            .Select(entry => entry.Name)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);
        var rows = names.Select(name => (Name: name, A: Find(first.Entries, name), B: Find(second.Entries, name))).ToList();
        if (isJson)
        {
            JsonDocumentOutput.Write(
                console,
                new
                {
                    A = first.Name,
                    B = second.Name,
                    Sources = rows.Select(row => new
                    {
                        row.Name,
                        A = row.A is null ? null : Body(row.A),
                        B = row.B is null ? null : Body(row.B),
                        MinEntropyDifference = Difference(row.A, row.B),
                    }),
                }
            );
            return;
        }

        var page = new Page(console);
        page.Values(("A", first.Name), ("B", second.Name));
        var table = new Table(
            "source",
            Column.Number("samples A"),
            Column.Number("samples B"),
            Column.Number("min-entropy A"),
            Column.Number("min-entropy B"),
            Column.Number("B − A")
        );
        foreach (var (name, a, b) in rows)
        {
            table.Add(
                name,
                a?.Header is { } left ? $"{left.Samples:N0}" : "",
                b?.Header is { } right ? $"{right.Samples:N0}" : "",
                Figure(a?.Metrics?.MostCommonValue),
                Figure(b?.Metrics?.MostCommonValue),
                Difference(a, b)?.ToString("+0.000;-0.000;0.000", CultureInfo.InvariantCulture) ?? ""
            );
        }

        page.Table(table);
        page.Line(new Cell(Entropies, Tone.Faint));
        page.Print();
    }

    private static object Body(SessionEntry entry) =>
        new
        {
            entry.Name,
            entry.Header,
            entry.Problem,
            Shannon = entry.Metrics?.Shannon.Value,
            MinEntropy = entry.Metrics?.MostCommonValue.Value,
        };

    private static SessionEntry? Find(IReadOnlyList<SessionEntry> entries, string name) =>
        entries.FirstOrDefault(entry => entry.Name == name);

    private static double? Difference(SessionEntry? a, SessionEntry? b) =>
        b?.Metrics?.MostCommonValue.Value - a?.Metrics?.MostCommonValue.Value;

    private static string Figure(QuickMetric? metric) => metric?.Value.ToString("0.000", CultureInfo.InvariantCulture) ?? "";

    private static Cell State(SessionEntry entry) =>
        entry.Problem is { } problem ? new Cell(problem, Tone.Bad)
        : entry.Header?.BrokenOff is { } reason ? new Cell($"broken off: {reason}", Tone.Warning)
        : new Cell("whole", Tone.Good);

    private static DateTimeOffset? Start(IReadOnlyList<SessionEntry> entries) => entries.Min(entry => entry.Header?.Start);

    private static long Samples(IReadOnlyList<SessionEntry> entries) => entries.Sum(entry => (long)(entry.Header?.Samples ?? 0));

    private static Cell Words(SessionState state) =>
        state switch
        {
            SessionState.Whole => new Cell("whole", Tone.Good),
            SessionState.BrokenOff => new Cell("broken off", Tone.Warning),
            SessionState.Damaged => new Cell("damaged", Tone.Bad),
            _ => new Cell("cannot be read", Tone.Bad),
        };
}
