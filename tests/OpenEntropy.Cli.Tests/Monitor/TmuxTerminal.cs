using System.Diagnostics;
using Xunit;

namespace OpenEntropy.Cli.Tests.Monitor;

/// <summary>
/// The built program in a terminal of tmux, started by a shell that tells afterwards how it ended and whether the terminal's mode is what it was. It does not
/// outlive the test.
/// </summary>
internal sealed class TmuxTerminal : IDisposable
{
    /// <summary>Bounds every wait; no expectation depends on it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // $0 is the file for the process's number, $@ the program with its arguments.
    private const string Script = """
        before=$(stty -g)
        sh -c 'echo $$ > "$0"; exec "$@"' "$0" "$@"
        echo "exit code $?"
        if [ "$(stty -g)" = "$before" ]; then echo "mode restored"; else echo "mode changed"; fi
        exec cat
        """;

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("openentropy-tmux-");
    private bool _isClosed;

    /// <param name="arguments">Of the program.</param>
    public TmuxTerminal(params string[] arguments)
        : this([], arguments) { }

    /// <param name="prefix">A program that starts ours, and its arguments.</param>
    /// <param name="arguments">Of ours.</param>
    public TmuxTerminal(string[] prefix, string[] arguments)
    {
        string[] session = ["-f", "/dev/null", "-u", "new-session", "-d", "-s", "main", "-x", "80", "-y", "24"];
        Tmux([.. session, "-e", $"XDG_DATA_HOME={_folder.FullName}", "sh", "-c", Script, ProcessFile, .. prefix, Program, .. arguments]);
    }

    /// <summary>The program beside this assembly.</summary>
    public static string Program => Path.Combine(AppContext.BaseDirectory, "OpenEntropy.Cli");

    /// <summary>The program's process.</summary>
    public int ProcessId => int.Parse(File.ReadAllText(ProcessFile));

    private string ProcessFile => Path.Combine(_folder.FullName, "process");

    /// <summary>Presses keys, by tmux's names.</summary>
    public void Press(params string[] keys) => Tmux(["send-keys", "-t", "main", .. keys]);

    /// <summary>Gives the window another size.</summary>
    public void Resize(int width, int height) => Tmux("resize-window", "-t", "main", "-x", $"{width}", "-y", $"{height}");

    /// <summary>What the screen shows, with its colours where they are asked for.</summary>
    public string Screen(bool withStyles = false) =>
        Tmux(withStyles ? ["capture-pane", "-p", "-e", "-t", "main"] : ["capture-pane", "-p", "-t", "main"]);

    /// <summary>What tmux knows of the terminal: <c>alternate_on</c>, <c>cursor_flag</c> …</summary>
    public string Know(string what) => Tmux("display-message", "-p", "-t", "main", $"#{{{what}}}").Trim();

    /// <summary>Waits until the screen shows a text.</summary>
    /// <returns>The screen.</returns>
    public string Until(string text) => Until(screen => screen.Contains(text, StringComparison.Ordinal), text);

    /// <summary>Waits until a condition on the screen holds.</summary>
    /// <param name="holds">The condition.</param>
    /// <param name="what">What is waited for, for the message.</param>
    public string Until(Func<string, bool> holds, string what)
    {
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            var screen = Screen();
            if (holds(screen))
                return screen;
            if (Stopwatch.GetElapsedTime(start) > Patience)
                throw new TimeoutException($"The screen never showed {what}, but:\n{screen}");
            using var pause = new ManualResetEventSlim();
            pause.Wait(s_pause); // leaves the processor to what is waited for
        }
    }

    /// <summary>The rows of a screen, without the empty ones at its end.</summary>
    public static string[] Lines(string screen) => screen.TrimEnd('\n').Split('\n');

    /// <summary>Waits for the end of the program, and asserts that it exited with 0 and that the terminal is as it was before.</summary>
    public void AssertRestored()
    {
        var lines = Lines(Until(screen => screen.Contains("mode ", StringComparison.Ordinal), "the end"));
        Assert.Equal("exit code 0", lines[0]);
        Assert.Equal("mode restored", lines[1]);
        Assert.Equal(("0", "1", "1"), (Know("alternate_on"), Know("cursor_flag"), Know("wrap_flag")));
    }

    /// <summary>Takes the terminal away.</summary>
    public void Close()
    {
        if (!_isClosed)
            Tmux("kill-server");
        _isClosed = true;
    }

    public void Dispose()
    {
        Close();
        _folder.Delete(recursive: true);
    }

    private string Tmux(params string[] arguments)
    {
        // The socket is below the folder: nobody else's server is met, and no name can be taken.
        var start = new ProcessStartInfo("tmux", ["-S", Path.Combine(_folder.FullName, "socket"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("TMUX");
        start.Environment.Remove("NO_COLOR");
        start.Environment["LC_ALL"] = "C.UTF-8"; // in another encoding the program draws ASCII
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"tmux {string.Join(' ', arguments)}: {error.Result}");
    }
}
