using System.Diagnostics;
using System.Reflection;

namespace OpenEntropy.Benchmarks.Running;

/// <summary>The service as it is shipped: published, and so compiled ahead of time, which its build is not.</summary>
internal static class PublishedServer
{
    /// <summary>The environment variable that names another build of it: its OpenEntropy.Server.dll.</summary>
    public const string Variable = "OPENENTROPY_SERVER";

    private const string FileName = "OpenEntropy.Server.dll";

    private static readonly Lazy<string> s_file = new(() => Environment.GetEnvironmentVariable(Variable) ?? Publish());

    /// <summary>Its file. The first who asks has it published, which takes a while.</summary>
    /// <exception cref="MeasurementException">It cannot be published.</exception>
    public static string File => s_file.Value;

    private static string Publish()
    {
        var project = typeof(PublishedServer)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .First(each => each.Key == nameof(PublishedServer))
            .Value!;
        var directory = Directory.CreateTempSubdirectory("openentropy-published-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Delete(directory);
        using var process = Process.Start(
            new ProcessStartInfo(
                "dotnet",
                [
                    "publish",
                    project,
                    "--configuration",
                    "Release",
                    "-p:RestoreLockedMode=true",
                    "-nodeReuse:false",
                    "--disable-build-servers",
                    "--output",
                    directory,
                ]
            )
            {
                RedirectStandardOutput = true,
            }
        )!;
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? Path.Combine(directory, FileName)
            : throw new MeasurementException($"the service cannot be published: {said}");
    }

    private static void Delete(string directory)
    {
        try
        {
            Directory.Delete(directory, recursive: true);
        }
        catch (IOException)
        {
            // It lies with the other temporary files of this machine.
        }
    }
}
