using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using OpenEntropy.Server.Hosting;
using Xunit;

namespace OpenEntropy.Server.Tests.Hosting;

/// <summary>The service in a process of its own, and a datagram socket in systemd's place.</summary>
public sealed class SystemdNotificationsTests : IDisposable
{
    private const int MessageBytes = 4096;
    private const int Terminate = 15;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("openentropy-notify-");

    [LinuxTheory]
    [InlineData(false)]
    [InlineData(true)] // in the abstract namespace, as where systemd runs in a container
    public async Task Service_UnderSystemd_TellsWhenItCanServeAndWhenItStops(bool isAbstract)
    {
        var name = isAbstract ? $"@openentropy-{_directory.Name}" : Path.Combine(_directory.FullName, "notify");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(isAbstract ? '\0' + name[1..] : name));
        var start = new ProcessStartInfo("dotnet", [.. ServiceProcess.Command.Skip(1)]);
        start.Environment[SystemdNotifications.SocketVariable] = name;
        start.Environment["WATCHDOG_USEC"] = "200000";

        var (process, service) = await ServiceProcess.StartAsync(start, Path.Combine(_directory.FullName, "storage"));
        using (service)
        {
            var before = await ReceiveUntilAsync(socket, "READY=1");
            Assert.DoesNotContain("STOPPING=1", before);
            Assert.Contains(before, message => message.StartsWith("STATUS=", StringComparison.Ordinal));
            Assert.Matches("^STATUS=(healthy|degraded)", before.Last(message => message.StartsWith("STATUS=", StringComparison.Ordinal)));

            await ReceiveUntilAsync(socket, "WATCHDOG=1");
            await ReceiveUntilAsync(socket, "WATCHDOG=1");

            using (var signal = Process.Start("kill", $"-{Terminate} {process.Id}"))
            {
                await signal.WaitForExitAsync();
            }

            await ReceiveUntilAsync(socket, "STOPPING=1");
            await process.WaitForExitAsync().WaitAsync(ServiceProcess.Patience);
            Assert.Equal(0, process.ExitCode);
        }
    }

    [Theory]
    [InlineData(null, 1000)]
    [InlineData("60000000", 1000)]
    [InlineData("2000000", 1000)]
    [InlineData("1000000", 500)]
    [InlineData("200000", 100)]
    [InlineData("1", 1)]
    [InlineData("0", 1000)]
    [InlineData("soon", 1000)]
    public void Period_OfAWatchdog_IsHalfOfItAndASecondAtMost(string? microseconds, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), SystemdWatchdog.Period(microseconds));

    public void Dispose() => _directory.Delete(recursive: true);

    /// <summary>Receives messages until one is this one, and returns those before it.</summary>
    private static async Task<List<string>> ReceiveUntilAsync(Socket socket, string awaited)
    {
        using var limit = new CancellationTokenSource(ServiceProcess.Patience);
        var before = new List<string>();
        var buffer = new byte[MessageBytes];
        while (true)
        {
            var count = await socket.ReceiveAsync(buffer, limit.Token);
            var message = Encoding.UTF8.GetString(buffer, 0, count);
            if (message == awaited)
            {
                return before;
            }

            before.Add(message);
        }
    }
}
