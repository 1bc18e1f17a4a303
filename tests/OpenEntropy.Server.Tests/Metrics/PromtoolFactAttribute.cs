using Xunit;

namespace OpenEntropy.Server.Tests.Metrics;

/// <summary>A test that needs Prometheus' own checker; reported as skipped where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PromtoolFactAttribute : FactAttribute
{
    public PromtoolFactAttribute()
    {
        if (Find() is null)
        {
            Skip = "promtool is not on the PATH (Debian package prometheus)";
        }
    }

    internal static string? Find() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Select(directory => Path.Combine(directory, "promtool"))
            .FirstOrDefault(File.Exists);
}
