using System.Diagnostics;
using System.IO.Compression;
using OpenEntropy.Clients.Tests.Running;
using Xunit;

namespace OpenEntropy.Clients.Tests.Checks;

/// <summary>
/// Debian's pollinate, in its testing mode (<c>-t</c>), in which it writes the seed to standard output and not to a device. It logs through
/// <c>logger</c>: the run has one of its own, so that nothing is written to the machine's log.
/// </summary>
internal static class PollinateChecks
{
    public const string Name = "pollinate";

    private const string Logger = "#!/bin/sh\n[ \"$1\" = -V ] && echo 'logger from util-linux 2.38' || echo \"$*\" >&2\n";
    private const int SeedDigits = 128;

    public static ClientProgram Client { get; } =
        new(
            Name,
            () => OperatingSystem.IsLinux() ? Programs.WhyNot("pollinate", "curl", "dpkg") : "it is a program of Debian",
            VersionAsync,
            [
                new("pollinate -t -s http://127.0.0.1:…/ (challenge and response)", setup => SeedAsync(setup, setup.Server.Http + "/")),
                new("pollinate -t -s http://127.0.0.1:…/pollen", setup => SeedAsync(setup, setup.Server.Http + "/pollen")),
                new(
                    "pollinate -t -s https://127.0.0.1:…/ -c \"--cacert …\"",
                    setup => SeedAsync(setup, setup.Server.Https + "/", "-c", $"--cacert {setup.Server.Certificate}")
                ),
            ]
        );

    private static async Task SeedAsync(ClientSetup setup, string server, params string[] options)
    {
        var first = await RunAsync(setup, server, options);
        var second = await RunAsync(setup, server, options);

        foreach (var run in new[] { first, second })
        {
            Assert.Contains("client verified challenge/response with", run.Error, StringComparison.Ordinal);
            Assert.Contains("client successfully seeded [-]", run.Error, StringComparison.Ordinal);
            Assert.Matches($"^[0-9a-f]{{{SeedDigits}}}$", run.Text);
        }

        Assert.NotEqual(first.Text, second.Text);
    }

    private static async Task<CommandResult> RunAsync(ClientSetup setup, string server, string[] options)
    {
        var folder = Directory.CreateDirectory(setup.NewFile());
        var logger = Path.Combine(folder.FullName, "logger");
        await File.WriteAllTextAsync(logger, Logger);
        await Command.SucceedAsync(new ProcessStartInfo("chmod", ["+x", logger]));
        var start = ClientSetup.Direct(new ProcessStartInfo("pollinate", ["-t", "-s", server, .. options]));
        start.Environment["PATH"] = $"{folder.FullName}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["TMPDIR"] = folder.FullName;
        return await Command.SucceedAsync(start);
    }

    /// <summary>The first line of the package's changelog, "pollinate (4.33-3.1) unstable; …": the program does not tell.</summary>
    private static async Task<string> VersionAsync()
    {
        var programs = Path.GetDirectoryName(Programs.Find("pollinate"))!;
        await using var file = File.OpenRead(Path.Combine(programs, "../share/doc/pollinate/changelog.Debian.gz"));
        await using var text = new GZipStream(file, CompressionMode.Decompress);
        using var reader = new StreamReader(text);
        return (await reader.ReadLineAsync())!.Split('(', ')')[1];
    }
}
