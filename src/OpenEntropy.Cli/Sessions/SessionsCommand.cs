using System.CommandLine;
using OpenEntropy.Cli.Display;
using OpenEntropy.Cli.Options;
using OpenEntropy.Cli.Recording;
using OpenEntropy.Cli.Running;

namespace OpenEntropy.Cli.Sessions;

/// <summary><c>openentropy sessions</c>: what was recorded. It exits with 1 where a recording that is shown is damaged.</summary>
internal sealed class SessionsCommand : Command, IHasExamples
{
    private readonly CommandConsole _console;
    private readonly JsonOption _json = new() { Recursive = true };
    private readonly Option<string> _folder = new("--directory")
    {
        Description = "The folder whose sessions are listed. Default: where record puts them.",
        HelpName = "FOLDER",
        DefaultValueFactory = _ => SessionPlace.Folder,
    };

    public SessionsCommand(CommandConsole console)
        : base("sessions", "Lists, shows and compares recorded sessions.")
    {
        _console = console;
        Add(_json);
        Add(_folder);
        EmptyPath.Refuse(_folder, "folder");
        SetAction(List);

        var list = new Command("list", "Lists sessions, the latest first.") { _folder };
        list.SetAction(List);
        Add(list);

        var session = new Argument<string>("SESSION") { Description = "Its name in the list, or the path of its folder." };
        EmptyPath.Refuse(session, "session");
        var show = new Command("show", "Shows the recordings of a session and checks them.") { session };
        show.SetAction((parsed, end) => Task.FromResult(Show(parsed, parsed.GetRequiredValue(session), end)));
        Add(show);

        var first = new Argument<string>("A") { Description = "A session." };
        var second = new Argument<string>("B") { Description = "Another." };
        EmptyPath.Refuse(first, "session");
        EmptyPath.Refuse(second, "session");
        var compare = new Command("compare", "Compares the entropy of two sessions, source by source.") { first, second };
        compare.SetAction(
            (parsed, end) => Task.FromResult(Compare(parsed, parsed.GetRequiredValue(first), parsed.GetRequiredValue(second), end))
        );
        Add(compare);
    }

    public IReadOnlyList<(string Line, string Does)> Examples =>
        [
            ("openentropy sessions", "What was recorded, the latest first."),
            ("openentropy sessions show evening", "The recordings in the folder evening."),
            ("openentropy sessions compare morning evening --json", "How the sources fared in two sessions."),
        ];

    private int List(ParseResult parsed)
    {
        var folder = parsed.GetRequiredValue(_folder);
        if (File.Exists(folder))
            throw new CommandFailureException($"{folder} is a file: name the folder that sessions are in.");
        try
        {
            SessionsReport.List(_console, folder, parsed.GetValue(_json));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailureException(exception.Message);
        }

        return ExitCodes.Success;
    }

    private int Show(ParseResult parsed, string session, CancellationToken end)
    {
        var folder = SessionPlace.Find(session);
        var entries = Samples(folder, end);
        SessionsReport.Show(_console, folder, entries, parsed.GetValue(_json));
        return Verdict(entries);
    }

    private int Compare(ParseResult parsed, string first, string second, CancellationToken end)
    {
        var (a, b) = (Samples(SessionPlace.Find(first), end), Samples(SessionPlace.Find(second), end));
        SessionsReport.Compare(_console, (first, a), (second, b), parsed.GetValue(_json));
        return Math.Max(Verdict(a), Verdict(b));
    }

    private IReadOnlyList<SessionEntry> Samples(string folder, CancellationToken end)
    {
        var progress = new ProgressLine(_console);
        try
        {
            return SessionContent.Samples(folder, progress, end);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailureException(exception.Message);
        }
        finally
        {
            progress.Clear();
        }
    }

    private static int Verdict(IEnumerable<SessionEntry> entries) =>
        entries.Any(entry => entry.Problem is not null) ? ExitCodes.Failed : ExitCodes.Success;
}
