using Xunit;

namespace OpenEntropy.Native.Tests;

/// <summary>A test that needs a C compiler named <c>cc</c>; reported as skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CompilerFactAttribute : FactAttribute
{
    public CompilerFactAttribute()
    {
        if (OperatingSystem.IsWindows() || !IsThere)
            Skip = "no C compiler named cc on the path";
    }

    private static bool IsThere =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "cc")));
}
