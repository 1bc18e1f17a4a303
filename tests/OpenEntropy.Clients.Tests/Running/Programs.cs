namespace OpenEntropy.Clients.Tests.Running;

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

    /// <summary>Why something cannot run for lack of programs; null where all are there.</summary>
    /// <param name="names">Their names, which are those of their Debian packages but for these: <c>unshare</c> is in util-linux, <c>ip</c> in iproute2, <c>node</c> in nodejs.</param>
    public static string? WhyNot(params string[] names)
    {
        var missing = names.Where(name => Find(name) is null).ToList();
        return missing.Count == 0 ? null : $"not on the PATH: {string.Join(", ", missing)}";
    }
}
