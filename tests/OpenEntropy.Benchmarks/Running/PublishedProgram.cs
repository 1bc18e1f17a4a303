namespace OpenEntropy.Benchmarks.Running;

/// <summary>The program <c>openentropy</c> as it is shipped: published, and so compiled ahead of time, which its build is not.</summary>
internal static class PublishedProgram
{
    /// <summary>The environment variable that names another build of it: the file that is started.</summary>
    public const string Variable = "OPENENTROPY_PROGRAM";

    private const string FileName = "OpenEntropy.Cli";

    private static readonly Lazy<string> s_file = new(() =>
        Environment.GetEnvironmentVariable(Variable) ?? Publication.Make(nameof(PublishedProgram), FileName)
    );

    /// <summary>Its file. The first who asks has it published, which takes a while.</summary>
    /// <exception cref="MeasurementException">It cannot be published.</exception>
    public static string File => s_file.Value;
}
