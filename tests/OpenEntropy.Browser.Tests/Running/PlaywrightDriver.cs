using System.Runtime.InteropServices;

namespace OpenEntropy.Browser.Tests.Running;

/// <summary>What speaks to the browser: a program for Node that comes in Playwright's package, with a Node for some systems.</summary>
internal static class PlaywrightDriver
{
    /// <summary>Which Node runs it, to Playwright.</summary>
    private const string NodeVariable = "PLAYWRIGHT_NODEJS_PATH";

    private static string Folder => Path.Combine(AppContext.BaseDirectory, ".playwright");

    private static string System =>
        OperatingSystem.IsWindows()
            ? "win32_x64"
            : (OperatingSystem.IsMacOS() ? "darwin" : "linux")
                + (RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "-arm64" : "-x64");

    private static bool HasNode => File.Exists(Path.Combine(Folder, "node", System, OperatingSystem.IsWindows() ? "node.exe" : "node"));

    /// <summary>Why it cannot run here; null where it can, or should and fails.</summary>
    public static string? WhyNot() =>
        !File.Exists(Path.Combine(Folder, "package", "cli.js")) ? "Playwright's driver is not beside the tests"
        : HasNode || Environment.GetEnvironmentVariable(NodeVariable) is { Length: > 0 } || Programs.Find("node") is not null ? null
        : $"Playwright has no Node for {System}, and there is none on the PATH";

    /// <summary>Has the system's Node run it where it brings none.</summary>
    public static void Choose()
    {
        if (!HasNode && Environment.GetEnvironmentVariable(NodeVariable) is not { Length: > 0 })
        {
            Environment.SetEnvironmentVariable(NodeVariable, Programs.Find("node"));
        }
    }
}
