using System.Diagnostics;
using Xunit;

namespace OpenEntropy.Server.Tests.Bundles;

/// <summary>A theory about file systems that are mounted where only the tested process sees them, skipped where that is not allowed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PrivateMountTheoryAttribute : TheoryAttribute
{
    private static readonly Lazy<string?> s_whyNot = new(Try);

    public PrivateMountTheoryAttribute() => Skip = s_whyNot.Value;

    // Containers and some systems forbid it.
    private static string? Try()
    {
        if (!OperatingSystem.IsLinux())
        {
            return "only Linux has mount namespaces";
        }

        var trial = Directory.CreateTempSubdirectory("openentropy-");
        try
        {
            const string Script = "mount -t tmpfs -o size=1m tmpfs \"$1\" && mount --bind \"$1\" \"$1\" && mount -o remount,bind,ro \"$1\"";
            using var process = Process.Start(
                new ProcessStartInfo("unshare", [.. MountedService.Unshare, "sh", "-c", Script, "sh", trial.FullName])
                {
                    RedirectStandardError = true,
                }
            )!;
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
