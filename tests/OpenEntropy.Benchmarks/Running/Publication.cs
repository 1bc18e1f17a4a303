using System.Diagnostics;
using System.Reflection;

namespace OpenEntropy.Benchmarks.Running;

/// <summary>Publishes a project into a temporary folder, which goes with this process.</summary>
internal static class Publication
{
    /// <summary>Publishes.</summary>
    /// <param name="project">The name of the metadata that names the project's folder.</param>
    /// <param name="file">What is wanted of the folder.</param>
    /// <exception cref="MeasurementException">It cannot be published.</exception>
    public static string Make(string project, string file)
    {
        var folder = typeof(Publication)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .First(each => each.Key == project)
            .Value!;
        var directory = Directory.CreateTempSubdirectory("openentropy-published-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Delete(directory);
        string[] options = ["--configuration", "Release", "-p:RestoreLockedMode=true", "-nodeReuse:false", "--disable-build-servers"];
        using var process = Process.Start(
            new ProcessStartInfo("dotnet", ["publish", folder, .. options, "--output", directory]) { RedirectStandardOutput = true }
        )!;
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? Path.Combine(directory, file)
            : throw new MeasurementException($"{folder} cannot be published: {said}");
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
