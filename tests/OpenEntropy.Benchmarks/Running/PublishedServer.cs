namespace OpenEntropy.Benchmarks.Running;

/// <summary>The service as it is shipped: published, and so compiled ahead of time, which its build is not.</summary>
internal static class PublishedServer
{
    /// <summary>The environment variable that names another build of it: its OpenEntropy.Server.dll.</summary>
    public const string Variable = "OPENENTROPY_SERVER";

    private const string FileName = "OpenEntropy.Server.dll";

    private static readonly Lazy<string> s_file = new(() =>
        Environment.GetEnvironmentVariable(Variable) ?? Publication.Make(nameof(PublishedServer), FileName)
    );

    /// <summary>Its file. The first who asks has it published, which takes a while.</summary>
    /// <exception cref="MeasurementException">It cannot be published.</exception>
    public static string File => s_file.Value;
}
