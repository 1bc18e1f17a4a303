using OpenEntropy.Benchmarks.Running;

namespace OpenEntropy.Benchmarks.Assessment;

/// <summary>A program of NIST's that is compared with, where there is one on this machine.</summary>
internal sealed class NistTool
{
    /// <summary>Processor time after which it is stopped: on some samples it would go on for hours.</summary>
    public const int LimitSeconds = 200;

    private readonly string _path;

    private NistTool(string path) => _path = path;

    /// <summary>Looks for it.</summary>
    /// <param name="variable">The environment variable that names it.</param>
    /// <param name="name">Its name, to look for in the PATH.</param>
    /// <param name="report">Is told where it is, or that it is nowhere.</param>
    /// <returns>Null where there is none.</returns>
    public static NistTool? Find(string variable, string name, Report report)
    {
        var directories = Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator) ?? [];
        var path =
            Environment.GetEnvironmentVariable(variable)
            ?? directories.Select(each => Path.Combine(each, name)).FirstOrDefault(File.Exists);
        report.Line(
            path is null ? $"{name} is not in the PATH, and {variable} does not name it: no comparison." : $"Compared with {name}: {path}"
        );
        return path is null ? null : new NistTool(path);
    }

    /// <summary>Runs it, up to the limit.</summary>
    /// <param name="arguments">Its arguments.</param>
    public Task<ChildRun> RunAsync(params string[] arguments) =>
        ChildRun.RunAsync(["prlimit", $"--cpu={LimitSeconds}", _path, .. arguments]);
}
