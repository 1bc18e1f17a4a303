namespace OpenEntropy.Browser.Tests.Running;

/// <summary>Which programs this machine has.</summary>
internal static class Programs
{
    /// <summary>The path of a program; null where it is not on the PATH.</summary>
    /// <param name="name">Its name.</param>
    public static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Select(directory => Path.Combine(directory, name))
            .FirstOrDefault(File.Exists);
}
