using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace OpenEntropy.Clients.Tests.Running;

/// <summary>One running service for all clients of a test run, and a directory for what they write.</summary>
public sealed class ClientSetup : IAsyncLifetime
{
    private readonly DirectoryInfo _work = Directory.CreateTempSubdirectory("openentropy-");
    private int _files;

    internal ServerProcess Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await ServerProcess.StartAsync();

    public async Task DisposeAsync()
    {
        await Server.DisposeAsync();
        _work.Delete(recursive: true);
    }

    /// <summary>A file of its own that is not there yet.</summary>
    internal string NewFile() => Path.Combine(_work.FullName, Interlocked.Increment(ref _files).ToString(CultureInfo.InvariantCulture));

    /// <summary>Runs curl and fails where it does: what it fetched.</summary>
    /// <param name="arguments">What it is given beside <c>-sS</c>.</param>
    internal static async Task<CommandResult> CurlAsync(params string[] arguments) => await Command.SucceedAsync(Curl(arguments));

    /// <summary>Curl, for what is expected to fail too.</summary>
    /// <param name="arguments">What it is given beside <c>-sS</c>.</param>
    internal static ProcessStartInfo Curl(params string[] arguments) => Direct(new("curl", ["-sS", "--max-time", "60", .. arguments]));

    /// <summary>Keeps a program from asking a proxy for what is on loopback.</summary>
    /// <param name="start">The program.</param>
    internal static ProcessStartInfo Direct(ProcessStartInfo start)
    {
        start.Environment["NO_PROXY"] = "*";
        start.Environment["no_proxy"] = "*";
        return start;
    }
}
