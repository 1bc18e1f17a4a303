using Xunit;

namespace OpenEntropy.Cli.Tests.Monitor;

/// <summary>The real program on a real terminal, driven by its keys and judged by its screen.</summary>
public sealed class MonitorTerminalTests
{
    // The engine with one source, which costs little; the others are listed as disabled.
    private static readonly string[] s_local = ["monitor", "--sources", "sleep_jitter"];

    [TmuxFact]
    public void Keys_InThisProcess_ChooseSwitchAndHelp()
    {
        using var terminal = new TmuxTerminal(s_local);
        terminal.Until("openentropy this process");
        Assert.Contains("q quit  ? help", terminal.Screen(), StringComparison.Ordinal);

        terminal.Until("▸○ clock_jitter");
        terminal.Press("j");
        terminal.Until("▸○ mach_timing");
        terminal.Press("Down");
        terminal.Until("▸● sleep_jitter       healthy");
        terminal.Press("Up");
        terminal.Until("▸○ mach_timing");
        terminal.Press("j", "k", "j");
        terminal.Until("raw samples: most"); // the histogram of what the engine gave

        terminal.Press("Space");
        terminal.Until("▸○ sleep_jitter      disabled");
        terminal.Until("sleep_jitter is disabled");
        terminal.Press("t");
        terminal.Until("so there is nothing");
        terminal.Press("Space");
        terminal.Until("▸● sleep_jitter       healthy");

        terminal.Press("?");
        Assert.DoesNotContain("sleep_jitter", terminal.Until("switch it on or off"), StringComparison.Ordinal);
        terminal.Press("Escape");
        terminal.Until("▸● sleep_jitter");
    }

    [TmuxFact]
    public void Quit_OfARunningMonitor_LeavesTheTerminalAsItWas()
    {
        using var terminal = new TmuxTerminal(s_local);
        terminal.Until("openentropy this process");
        Assert.Equal(("1", "0"), (terminal.Know("alternate_on"), terminal.Know("cursor_flag")));

        terminal.Press("q");

        terminal.AssertRestored();
    }

    [TmuxFact]
    public void Url_OfNothing_IsOneLine()
    {
        using var terminal = new TmuxTerminal("monitor", "--url", "http://127.0.0.1:1");

        var screen = terminal.Until("mode restored");
        Assert.Equal("openentropy: http://127.0.0.1:1: connection refused.", TmuxTerminal.Lines(screen)[0]);
        Assert.Contains("exit code 3", screen, StringComparison.Ordinal);
    }

    [TmuxFact]
    public void Terminal_Dumb_IsOneLine()
    {
        using var terminal = new TmuxTerminal(["env", "TERM=dumb"], s_local);

        var screen = terminal.Until("mode restored");
        Assert.Equal("openentropy: monitor needs a terminal that can place text: TERM says none.", TmuxTerminal.Lines(screen)[0]);
        Assert.Contains("exit code 2", screen, StringComparison.Ordinal);
    }
}
