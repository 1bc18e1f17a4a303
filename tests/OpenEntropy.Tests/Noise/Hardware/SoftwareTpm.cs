using System.Diagnostics;
using System.Net.Sockets;
using Xunit;

namespace OpenEntropy.Tests.Noise.Hardware;

/// <summary>swtpm, a TPM 2.0 in software, on a socket of a directory of its own.</summary>
internal sealed class SoftwareTpm : IDisposable
{
    private const int LongestResponse = 4096;

    private readonly TemporaryDirectory _state = new(Path.GetTempPath()); // a socket's path has at most 107 bytes
    private readonly Process _process;
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    /// <param name="started">Whether it was sent TPM2_Startup, as the kernel does with its TPMs.</param>
    public SoftwareTpm(bool started)
    {
        var path = _state.File("socket");
        _process = Process.Start(
            new ProcessStartInfo(Program!)
            {
                ArgumentList =
                {
                    "socket",
                    "--tpm2",
                    "--tpmstate",
                    $"dir={_state.Path}",
                    "--server",
                    $"type=unixio,path={path}",
                    "--flags",
                    started ? "not-need-init,startup-clear" : "not-need-init",
                },
                RedirectStandardError = true, // it tells of clients that went
            }
        )!;
        var start = Stopwatch.GetTimestamp();
        while (!TryConnect(path))
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(20), "swtpm did not come up");
            Assert.False(_process.WaitForExit(20), "swtpm ended");
        }
    }

    /// <summary>The program; null where it is not installed.</summary>
    public static string? Program { get; } =
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(':')
            .Select(path => Path.Combine(path, "swtpm"))
            .FirstOrDefault(File.Exists);

    /// <summary>Sends a command and receives its response.</summary>
    public byte[] Exchange(byte[] command)
    {
        Assert.Equal(command.Length, _socket.Send(command));
        var response = new byte[LongestResponse];
        return response[.._socket.Receive(response)];
    }

    public void Dispose()
    {
        _socket.Dispose();
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _state.Dispose();
    }

    private bool TryConnect(string path)
    {
        try
        {
            _socket.Connect(new UnixDomainSocketEndPoint(path));
            return true;
        }
        catch (SocketException)
        {
            return false; // it does not listen yet
        }
    }
}
