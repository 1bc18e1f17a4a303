using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace OpenEntropy.Clients.Tests.Running;

/// <summary>The packages of <c>Npm/package-lock.json</c>, installed once in a test run, into a directory that goes with it.</summary>
internal static partial class NpmFolder
{
    private static readonly Lazy<(string Path, string? Refusal)> s_installed = new(Install);

    /// <summary>Where the packages and our scripts are.</summary>
    /// <exception cref="InvalidOperationException">They could not be installed for another reason than a registry out of reach.</exception>
    public static string Location =>
        s_installed.Value.Refusal is { } refusal ? throw new InvalidOperationException(refusal) : s_installed.Value.Path;

    /// <summary>Why nothing of npm can run here; null where it can, or should and fails.</summary>
    public static string? WhyNot() =>
        Programs.WhyNot("node", "npm")
        ?? (s_installed.Value.Refusal is { } refusal && OutOfReach().IsMatch(refusal) ? "npm does not reach its registry" : null);

    /// <summary>The version of an installed package.</summary>
    /// <param name="package">Its name.</param>
    public static string VersionOf(string package)
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(Location, "node_modules", package, "package.json")));
        return file.RootElement.GetProperty("version").GetString()!;
    }

    /// <summary>A script or a package's program, run by node in the folder.</summary>
    /// <param name="arguments">Its file and its arguments.</param>
    public static ProcessStartInfo Node(params string[] arguments) => new("node", arguments) { WorkingDirectory = Location };

    private static (string Path, string? Refusal) Install()
    {
        var folder = Directory.CreateTempSubdirectory("openentropy-npm-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Delete(recursive: true);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Npm")))
        {
            File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)));
        }

        // No script of any package runs: none of these needs one.
        string[] arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
        var run = Command.RunAsync(new ProcessStartInfo("npm", arguments) { WorkingDirectory = folder.FullName });
        var result = run.GetAwaiter().GetResult();
        return (folder.FullName, result.ExitCode == 0 ? null : $"npm ci: {result.Error}{result.Text}");
    }

    [GeneratedRegex(
        "ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex OutOfReach();
}
