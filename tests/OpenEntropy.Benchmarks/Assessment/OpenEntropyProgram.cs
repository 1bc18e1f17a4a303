using System.Reflection;
using OpenEntropy.Benchmarks.Running;

namespace OpenEntropy.Benchmarks.Assessment;

/// <summary>The program <c>openentropy</c> in a process of its own.</summary>
internal static class OpenEntropyProgram
{
    /// <summary>The environment variable that names another build of it, such as a published one: its OpenEntropy.Cli.dll.</summary>
    public const string Variable = "OPENENTROPY_CLI";

    private static string Program { get; } = Environment.GetEnvironmentVariable(Variable) ?? BuiltAlong();

    /// <summary>Runs <c>openentropy analyze</c> with as many threads as there are cores.</summary>
    /// <param name="arguments">What follows.</param>
    public static Task<ChildRun> AnalyzeAsync(params string[] arguments) => ChildRun.RunAsync(["dotnet", Program, "analyze", .. arguments]);

    /// <summary>Runs it on one core, the runtime's own threads too.</summary>
    /// <param name="arguments">What follows.</param>
    public static Task<ChildRun> AnalyzeOnOneCoreAsync(params string[] arguments) =>
        ChildRun.RunAsync(["taskset", "-c", "0", "dotnet", Program, "analyze", "--threads", "1", .. arguments]);

    private static string BuiltAlong() =>
        typeof(OpenEntropyProgram)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .First(each => each.Key == nameof(OpenEntropyProgram))
            .Value!;
}
