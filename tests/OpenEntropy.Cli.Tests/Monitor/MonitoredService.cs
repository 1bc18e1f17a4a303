using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace OpenEntropy.Cli.Tests.Monitor;

/// <summary>A real service with one source, in a process of its own; it does not outlive the tests.</summary>
public sealed class MonitoredService : IDisposable
{
    /// <summary>Who acts on it by that address, which is not localhost, needs this.</summary>
    public const string OperatorKey = "the-operators-key-of-the-monitor-tests";

    // Of the loopback network, and nobody else's: the port is free for a second start.
    private const string Host = "127.42.17.9";

    private readonly DirectoryInfo _storage = Directory.CreateTempSubdirectory("openentropy-monitored-");
    private Process? _process;

    public MonitoredService()
    {
        Address = "";
        if (TmuxFactAttribute.IsInstalled) // where it is not, nobody asks for it
            Address = Start("0");
    }

    /// <summary>Where it listens.</summary>
    public string Address { get; }

    /// <summary>Ends it as a power cut would (SIGKILL).</summary>
    public void Kill()
    {
        _process?.Kill(entireProcessTree: true);
        _process?.WaitForExit();
    }

    /// <summary>Starts it once more, at the same address.</summary>
    /// <param name="option">One more option of its.</param>
    public void StartAgain(string option) => Start(new Uri(Address).Port.ToString(), option);

    public void Dispose()
    {
        Kill();
        _process?.Dispose();
        _storage.Delete(recursive: true);
    }

    private string Start(string port, params string[] options)
    {
        var server = Path.Combine(AppContext.BaseDirectory, "OpenEntropy.Server.dll");
        var start = new ProcessStartInfo("dotnet", [server, $"--host={Host}", $"--port={port}", "--sources=sleep_jitter", .. options])
        {
            RedirectStandardOutput = true,
        };
        start.Environment["OpenEntropy__Storage__Directory"] = _storage.FullName;
        start.Environment["OpenEntropy__Security__OperatorKeyDigest"] = Convert.ToHexStringLower(
            SHA256.HashData(Encoding.ASCII.GetBytes(OperatorKey))
        );
        _process?.Dispose();
        _process = Process.Start(start)!;
        while (_process.StandardOutput.ReadLine() is { } line)
        {
            var at = line.IndexOf("http://", StringComparison.Ordinal);
            if (at < 0)
                continue;
            _ = _process.StandardOutput.ReadToEndAsync(); // so that the pipe never fills
            return line[at..].Trim();
        }

        throw new InvalidOperationException("The service ended before it listened.");
    }
}
