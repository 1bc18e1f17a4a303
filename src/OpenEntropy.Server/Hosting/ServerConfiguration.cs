using System.Text.Json;
using Microsoft.Extensions.Configuration.Json;

namespace OpenEntropy.Server.Hosting;

/// <summary>Where configuration comes from: each later place overrides the earlier.</summary>
internal static class ServerConfiguration
{
    /// <summary>Adds appsettings.json, the file of <c>--config</c>, the environment and the command line, in this order.</summary>
    /// <param name="configuration">The empty configuration.</param>
    /// <param name="commandLine">The command line.</param>
    /// <exception cref="StartFailedException">A file is missing or not JSON.</exception>
    public static void Fill(IConfigurationBuilder configuration, CommandLine commandLine)
    {
        AddJson(configuration, Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true);
        if (commandLine.ConfigurationFile is { } file)
        {
            AddJson(configuration, Path.GetFullPath(file), optional: false);
        }

        configuration.AddEnvironmentVariables("ASPNETCORE_");
        configuration.AddEnvironmentVariables();
        configuration.AddInMemoryCollection(commandLine.Settings);
    }

    private static void AddJson(IConfigurationBuilder configuration, string path, bool optional)
    {
        if (!File.Exists(path))
        {
            if (!optional)
            {
                throw new StartFailedException(
                    Directory.Exists(path) ? $"--config: {path} is a directory, not a file" : $"--config: {path}: there is no such file"
                );
            }

            return;
        }

        try
        {
            // Read once: a service that reloads half of its options while it runs is one nobody can reason about.
            using var stream = File.OpenRead(path);
            var memory = new MemoryStream();
            stream.CopyTo(memory);
            memory.Position = 0;
            configuration.Add(new JsonStreamConfigurationSource { Stream = memory });
        }
        catch (Exception exception)
            when (exception is JsonException or FormatException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            // An invalid operation is half of a surrogate pair in a name or a text.
            throw new StartFailedException($"{path}: {(exception.InnerException ?? exception).Message}");
        }
    }
}
