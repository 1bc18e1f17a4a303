using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace OpenEntropy.Cli.Tests.Monitor;

/// <summary>The real program on a real terminal, attached to a real service.</summary>
public sealed class MonitorAttachedTests(MonitoredService service) : IClassFixture<MonitoredService>
{
    [TmuxFact]
    public void Url_OfAService_ShowsItActsOnItAndReconnects()
    {
        using var terminal = new TmuxTerminal(
            ["env", $"OPENENTROPY_OPERATOR_KEY={MonitoredService.OperatorKey}"],
            ["monitor", "--refresh", "0.2", "--url", service.Address]
        );
        terminal.Until($"openentropy {service.Address}");
        terminal.Press("j", "j");
        terminal.Until("▸● sleep_jitter       healthy");
        Assert.Matches("\e\\[([0-9]+;)*3[0-7]m", terminal.Screen(withStyles: true)); // colours
        terminal.Until("no histogram"); // raw samples are not allowed there, and it says so
        terminal.Until("raw samples are not served here");
        terminal.Press("t");
        terminal.Until(screen => screen.Contains("sleep_jitter is starting", StringComparison.Ordinal), "the retest");
        terminal.Press("Space");
        terminal.Until("▸○ sleep_jitter      disabled");
        terminal.Until("sleep_jitter is disabled"); // one act is under way at a time
        terminal.Press("Space");
        terminal.Until("▸● sleep_jitter       healthy");

        service.Kill();
        terminal.Until("no answer from");
        terminal.Until("connection refused");
        service.StartAgain("--allow-raw");
        terminal.Until(screen => !screen.Contains("no answer", StringComparison.Ordinal), "no loss any more");
        terminal.Until("raw samples: most"); // what was refused before is asked for again
    }

    [TmuxFact]
    public void Act_WithoutTheKey_IsRefusedAndSaysWhy()
    {
        using var terminal = new TmuxTerminal("monitor", "--url", service.Address);
        terminal.Until("clock_jitter");

        terminal.Press("Space");

        terminal.Until("only an operator may do this");
    }

    [TmuxTheory]
    [InlineData("TERM")]
    [InlineData("HUP")]
    public void Signal_ToARunningMonitor_LeavesTheTerminalAsItWas(string signal)
    {
        using var terminal = new TmuxTerminal("monitor", "--url", service.Address);
        terminal.Until("openentropy http");

        Kill(terminal.ProcessId, signal);

        terminal.AssertRestored();
    }

    [TmuxFact]
    public void StopAndResize_OfARunningMonitor_ArePaintedAnew()
    {
        using var terminal = new TmuxTerminal("monitor", "--url", service.Address);
        terminal.Until("clock_jitter");

        // Where it is stopped, a shell takes the terminal, and the runtime sets its mode when it goes on: keys must come singly all the same.
        Kill(terminal.ProcessId, "STOP");
        Kill(terminal.ProcessId, "CONT");
        terminal.Press("j");
        terminal.Until("▸○ mach_timing");
        terminal.Press("k");
        terminal.Until("▸○ clock_jitter");

        terminal.Resize(20, 5);
        var small = terminal.Until(
            screen => TmuxTerminal.Lines(screen) is { Length: 5 } lines && lines[0].Contains("pool", StringComparison.Ordinal),
            "the small view"
        );
        Assert.Contains("▸○ clock_jitter", small, StringComparison.Ordinal);
        Assert.EndsWith("…", TmuxTerminal.Lines(small)[4], StringComparison.Ordinal); // what is to be said, or the keys
        terminal.Press("j");
        terminal.Until("▸");
        terminal.Resize(3, 2);
        terminal.Resize(100, 30);
        terminal.Until(
            screen => TmuxTerminal.Lines(screen) is { Length: 30 } lines && lines[0].StartsWith("openentropy", StringComparison.Ordinal),
            "the large view"
        );
        terminal.Press("C-c");
        terminal.AssertRestored();
    }

    [TmuxFact]
    public void NoColor_Set_TellsAllWithoutColour()
    {
        using var terminal = new TmuxTerminal(["env", "NO_COLOR=1"], ["monitor", "--url", service.Address]);
        terminal.Until("▸○ clock_jitter");

        var screen = terminal.Screen(withStyles: true);
        Assert.DoesNotMatch("\e\\[([0-9]+;)*([349]|10)[0-7]m", screen);
        Assert.Matches("\e\\[([0-9]+;)*7m", screen); // the chosen row is still seen
    }

    [TmuxFact]
    public void Terminal_ClosedWithoutASignal_EndsTheProgram()
    {
        // In a session of its own the terminal is not its controlling one: nothing tells it but the end of its input.
        using var terminal = new TmuxTerminal(["setsid"], ["monitor", "--url", service.Address]);
        terminal.Until("clock_jitter");
        var process = terminal.ProcessId;

        terminal.Close();

        Assert.True(SpinWait.SpinUntil(() => HasEnded(process), TmuxTerminal.Patience));
    }

    private static bool HasEnded(int process)
    {
        try
        {
            // The state follows the name, which is in parentheses. Z: it has ended, and its parent has not asked for its code.
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return stat[stat.LastIndexOf(')') + 2] == 'Z';
        }
        catch (IOException)
        {
            return true;
        }
    }

    private static void Kill(int process, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }
}
