namespace OpenEntropy.Browser.Tests.Running;

/// <summary>The browser's program. <c>OPENENTROPY_CHROMIUM</c> names another than Debian's.</summary>
internal static class ChromiumProgram
{
    private const string Variable = "OPENENTROPY_CHROMIUM";

    /// <summary>Its file; null where there is none.</summary>
    public static string? Path { get; } = Find();

    /// <summary>Whether the tests run as root, whose browser cannot sandbox its pages.</summary>
    public static bool IsRoot => OperatingSystem.IsLinux() && System.Environment.UserName == "root";

    /// <summary>Why it cannot run here; null where it can, or should and fails.</summary>
    public static string? WhyNot() => Path is null ? $"no chromium on the PATH, nor where {Variable} says" : null;

    private static string? Find() =>
        System.Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named
            ? File.Exists(named)
                ? named
                : null
            : Programs.Find("chromium");
}
