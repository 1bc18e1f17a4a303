using System.Diagnostics;
using Xunit;

namespace OpenEntropy.Cli.Tests.Recording;

/// <summary>A fact about a file system that is mounted where only the tested process sees it, skipped where that is not allowed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PrivateMountFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> s_whyNot = new(Try);

    public PrivateMountFactAttribute() => Skip = s_whyNot.Value;

    // Containers and some systems forbid it.
    private static string? Try()
    {
        if (!OperatingSystem.IsLinux())
            return "only Linux has mount namespaces";
        var trial = Directory.CreateTempSubdirectory("openentropy-cli-");
        try
        {
            string[] arguments = ["--map-root-user", "--mount", "mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", trial.FullName];
            using var process = Process.Start(new ProcessStartInfo("unshare", arguments) { RedirectStandardError = true })!;
            var error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : $"no file systems of its own: {error.Trim()}";
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            return $"unshare (util-linux) cannot be started: {exception.Message}";
        }
        finally
        {
            trial.Delete();
        }
    }
}
