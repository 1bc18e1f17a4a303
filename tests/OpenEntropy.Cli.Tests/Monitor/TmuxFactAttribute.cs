using Xunit;

namespace OpenEntropy.Cli.Tests.Monitor;

/// <summary>A test that drives the program in a terminal of tmux; reported as skipped where that is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TmuxFactAttribute : FactAttribute
{
    public TmuxFactAttribute()
    {
        if (!IsInstalled)
            Skip = "tmux is not on the PATH (Debian package tmux)";
    }

    internal static bool IsInstalled { get; } =
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, "tmux")));
}
