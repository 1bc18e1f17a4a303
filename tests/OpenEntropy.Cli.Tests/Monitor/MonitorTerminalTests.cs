using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace OpenEntropy.Cli.Tests.Monitor;

/// <summary>The real program on a real terminal, driven by its keys and judged by its screen.</summary>
public sealed class MonitorTerminalTests(MonitoredService service) : IClassFixture<MonitoredService>
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

        AssertRestored(terminal, exitCode: 0);
    }

    [TmuxTheory]
    [InlineData("TERM")]
    [InlineData("HUP")]
    public void Signal_ToARunningMonitor_LeavesTheTerminalAsItWas(string signal)
    {
        using var terminal = new TmuxTerminal("monitor", "--url", service.Address);
        terminal.Until("openentropy http");

        Kill(terminal.ProcessId, signal);

        AssertRestored(terminal, exitCode: 0);
    }

    [TmuxFact]
    public void Resize_ToTheSmallestAndBack_IsPaintedAnew()
    {
        using var terminal = new TmuxTerminal("monitor", "--url", service.Address);
        terminal.Until("clock_jitter");

        terminal.Resize(20, 5);
        var small = terminal.Until(
            screen => screen.Split('\n')[0].Contains("pool", StringComparison.Ordinal) && Lines(screen).Length == 5,
            "the small view"
        );
        Assert.All(Lines(small), line => Assert.InRange(line.Length, 0, 20));
        Assert.StartsWith("q quit", Lines(small)[4], StringComparison.Ordinal);
        terminal.Press("j");
        terminal.Until("▸");
        terminal.Resize(3, 2);
        terminal.Resize(100, 30);
        terminal.Until(
            screen => Lines(screen) is { Length: 30 } lines && lines[0].StartsWith("openentropy", StringComparison.Ordinal),
            "the large view"
        );
        terminal.Press("q");
        AssertRestored(terminal, exitCode: 0);
    }

    [TmuxFact]
    public void NoColor_Set_TellsAllWithoutColour()
    {
        using var coloured = new TmuxTerminal("monitor", "--url", service.Address);
        coloured.Until("● sleep_jitter");
        Assert.Matches("\e\\[[0-9;]*3[0-7]", coloured.Screen(withStyles: true));

        using var plain = new TmuxTerminal(["NO_COLOR=1"], ["monitor", "--url", service.Address]);
        plain.Until("● sleep_jitter");
        Assert.DoesNotMatch("\e\\[[0-9;]*[349][0-7]m", plain.Screen(withStyles: true));
        Assert.Contains("\e[7m", plain.Screen(withStyles: true), StringComparison.Ordinal); // the chosen row is still seen
    }

    [TmuxFact]
    public void Url_OfAService_ShowsItAndActsOnIt()
    {
        using var terminal = new TmuxTerminal("monitor", "--url", service.Address);
        terminal.Until($"openentropy {service.Address}");
        terminal.Press("j", "j");
        terminal.Until("▸● sleep_jitter       healthy");
        terminal.Until("no histogram"); // raw samples are not allowed there, and it says so
        terminal.Until("raw samples are not served here");
        terminal.Press("t");
        terminal.Until(screen => screen.Contains("sleep_jitter is starting", StringComparison.Ordinal), "the retest");
        terminal.Press("Space");
        terminal.Until("▸○ sleep_jitter      disabled");
        terminal.Press("Space");
        terminal.Until("▸● sleep_jitter       healthy");
    }

    [TmuxFact]
    public void Url_OfAServiceThatGoesAndComes_SaysSoAndReconnects()
    {
        using var fragile = new MonitoredService();
        using var terminal = new TmuxTerminal("monitor", "--refresh", "0.2", "--url", fragile.Address);
        terminal.Until($"openentropy {fragile.Address}  ");

        fragile.Kill();
        terminal.Until("no answer from");
        terminal.Until("connection refused");
        fragile.StartAgain();
        terminal.Until("the service was started anew");
        terminal.Until(screen => !screen.Contains("no answer", StringComparison.Ordinal), "no loss any more");
    }

    [TmuxFact]
    public void Url_OfNothing_IsOneLine()
    {
        using var terminal = new TmuxTerminal("monitor", "--url", "http://127.0.0.1:1");

        var screen = terminal.Until("mode restored");
        Assert.Equal("openentropy: http://127.0.0.1:1: connection refused.", Lines(screen)[0]);
        Assert.Contains("exit code 3", screen, StringComparison.Ordinal);
    }

    private static void AssertRestored(TmuxTerminal terminal, int exitCode)
    {
        var screen = terminal.Until(text => text.Contains("mode ", StringComparison.Ordinal), "the end");
        Assert.Equal($"exit code {exitCode}", Lines(screen)[0]);
        Assert.Equal("mode restored", Lines(screen)[1]);
        Assert.Equal(("0", "1", "1"), (terminal.Know("alternate_on"), terminal.Know("cursor_flag"), terminal.Know("wrap_flag")));
    }

    private static string[] Lines(string screen) => screen.TrimEnd('\n').Split('\n');

    private static void Kill(int process, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }
}
