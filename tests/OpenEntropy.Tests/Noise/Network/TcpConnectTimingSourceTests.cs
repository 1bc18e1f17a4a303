using System.Globalization;
using System.Net;
using System.Net.Sockets;
using OpenEntropy.Noise;
using OpenEntropy.Noise.Network;
using Xunit;

namespace OpenEntropy.Tests.Noise.Network;

public sealed class TcpConnectTimingSourceTests : IDisposable
{
    private TcpConnectTimingSource _source = Source(target: null);

    public void Dispose() => _source.Close();

    [Fact]
    public void Info_Loopback_ClaimsTheCeilingBelowAnEighthOfTheAssessment()
    {
        Assert.Equal(1.0 / 3, _source.Info.ClaimedMinEntropy);
        Assert.True(_source.Info.ClaimedMinEntropy <= 7.354 / 8);
        Assert.False(_source.Info.OptIn);
    }

    [Fact]
    public void Info_RemoteTarget_ClaimsNothingIsOptInAndWatched()
    {
        var info = Source("192.0.2.1:80").Info;

        Assert.Equal((0.0, true), (info.ClaimedMinEntropy, info.OptIn));
        Assert.True(info.TestMinEntropy > 0);
    }

    [SourceFact("tcp_connect_timing")]
    public void Collect_Loopback_LeavesNoConnectionBehind()
    {
        _source.Open();
        var port = Port(_source.Listener);

        Assert.Equal(200, _source.Collect(new byte[200]));
        Assert.Equal(-1, LinuxSockets.TryAccept(_source.Listener));
        Assert.Equal("0A", Assert.Single(StatesOf(port))); // the listener itself; no TIME_WAIT (06), no CLOSE_WAIT (08)
    }

    [SourceFact("tcp_connect_timing")]
    public void Collect_SteadyState_AllocatesNothing()
    {
        _source.Open();
        var samples = new byte[100];
        _source.Collect(samples);
        var before = GC.GetAllocatedBytesForCurrentThread();

        _source.Collect(samples);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [SourceFact("tcp_connect_timing")]
    public void Collect_StrangerConnects_IsDropped()
    {
        _source.Open();
        using var stranger = new TcpClient();
        stranger.Connect(IPAddress.Loopback, Port(_source.Listener));

        Assert.Equal(1, _source.Collect(new byte[1]));
        Assert.Equal(-1, LinuxSockets.TryAccept(_source.Listener));
        Assert.Equal(0, stranger.GetStream().Read(new byte[1])); // closed by us
    }

    [SourceFact("tcp_connect_timing")]
    public void Collect_ListenerGone_ThrowsAndReopens()
    {
        _source.Open();
        LinuxSockets.Shutdown(_source.Listener);

        Assert.Throws<NoiseSourceException>(() => _source.Collect(new byte[1]));

        _source.Close();
        Assert.Throws<NoiseSourceException>(() => _source.Collect(new byte[1]));
        _source.Open();
        Assert.Equal(1, _source.Collect(new byte[1]));
    }

    [SourceFact("tcp_connect_timing")]
    public void Collect_RemoteTarget_OpensOneConnectionPerSample()
    {
        var peer = LinuxSockets.Listen(backlog: 64, out var address);
        try
        {
            _source = Source($"127.0.0.1:{BinaryPort(address)}");
            _source.Open(); // connects once, to find out
            Assert.Equal(10, _source.Collect(new byte[10]));

            var connections = 0;
            for (int accepted; (accepted = LinuxSockets.TryAccept(peer)) >= 0; connections++)
                LinuxFiles.Close(accepted);
            Assert.Equal(11, connections);
        }
        finally
        {
            LinuxFiles.Close(peer);
        }
    }

    [SourceFact("tcp_connect_timing")]
    public void Open_NobodyListensAtTheTarget_ThrowsAndNamesIt()
    {
        // The port of a socket that listens no more but is not closed, so that nobody else gets it.
        var gone = LinuxSockets.Listen(backlog: 1, out var address);
        try
        {
            LinuxSockets.Shutdown(gone);
            var target = $"127.0.0.1:{BinaryPort(address)}";

            Assert.Contains(target, Assert.Throws<NoiseSourceException>(Source(target).Open).Message, StringComparison.Ordinal);
        }
        finally
        {
            LinuxFiles.Close(gone);
        }
    }

    private static TcpConnectTimingSource Source(string? target)
    {
        var settings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (target is not null)
            settings["tcp_connect_timing:Target"] = target;
        return new TcpConnectTimingSource(new NoiseContext("/", settings));
    }

    /// <summary>struct sockaddr_in: family, then the port in network order.</summary>
    private static int BinaryPort(byte[] address) => (address[2] << 8) | address[3];

    private static int Port(int listener)
    {
        using var socket = new Socket(new SafeSocketHandle(listener, ownsHandle: false));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    /// <summary>The states of all IPv4 sockets that have a port on either side, from /proc/net/tcp.</summary>
    private static IEnumerable<string> StatesOf(int port)
    {
        var suffix = ":" + port.ToString("X4", CultureInfo.InvariantCulture);
        return File.ReadLines("/proc/net/tcp")
            .Skip(1)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields[1].EndsWith(suffix, StringComparison.Ordinal) || fields[2].EndsWith(suffix, StringComparison.Ordinal))
            .Select(fields => fields[3]);
    }
}
