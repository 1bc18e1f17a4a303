using Xunit;

namespace OpenEntropy.Server.Tests.Streaming;

/// <summary>A test with curl as the client; reported as skipped where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CurlFactAttribute : FactAttribute
{
    public CurlFactAttribute()
    {
        if (Find() is null)
        {
            Skip = "curl is not on the PATH (Debian package curl)";
        }
    }

    internal static string? Find() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Select(directory => Path.Combine(directory, "curl"))
            .FirstOrDefault(File.Exists);
}
