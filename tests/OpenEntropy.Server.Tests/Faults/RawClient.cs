using System.Net.Sockets;
using System.Text;

namespace OpenEntropy.Server.Tests.Faults;

/// <summary>An HTTP client that reads as much as it is told and hangs up as rudely as it can. Its buffers are its own, from no pool.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveBufferSize = 4096 };
    private readonly byte[] _buffer = new byte[1 << 16];

    /// <summary>Connects and asks, for several things at once if need be.</summary>
    public Task AskAsync(Uri address, params string[] paths) =>
        SendAsync(address, string.Concat(paths.Select(path => $"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n")));

    /// <summary>Connects and sends this.</summary>
    public async Task SendAsync(Uri address, string requests)
    {
        await _socket.ConnectAsync(address.Host, address.Port);
        await _socket.SendAsync(Encoding.ASCII.GetBytes(requests));
    }

    /// <summary>Reads so many bytes and forgets them.</summary>
    public async Task SkipAsync(long atLeast)
    {
        using var limit = new CancellationTokenSource(ServerFactory.Patience);
        for (long read = 0; read < atLeast; )
        {
            var count = await ReceiveAsync(limit.Token);
            read = count == 0 ? atLeast : read + count;
        }
    }

    /// <summary>Reads until so many bytes came, head and body.</summary>
    /// <returns>What came; less where the connection ended before.</returns>
    public async Task<byte[]> ReadAsync(long atLeast)
    {
        using var read = new MemoryStream();
        using var limit = new CancellationTokenSource(ServerFactory.Patience);
        while (read.Length < atLeast)
        {
            var count = await ReceiveAsync(limit.Token);
            if (count == 0)
            {
                break;
            }

            read.Write(_buffer, 0, count);
        }

        return read.ToArray();
    }

    /// <summary>Reads until the service closes the connection, which it may not do with a reset: that would throw here.</summary>
    public async Task<byte[]> ReadToCloseAsync()
    {
        using var read = new MemoryStream();
        using var limit = new CancellationTokenSource(ServerFactory.Patience);
        while (await _socket.ReceiveAsync(_buffer, limit.Token) is > 0 and var count)
        {
            read.Write(_buffer, 0, count);
        }

        return read.ToArray();
    }

    /// <summary>Breaks the connection off with a reset.</summary>
    public void HangUp()
    {
        _socket.LingerState = new LingerOption(enable: true, seconds: 0);
        _socket.Close();
    }

    public void Dispose()
    {
        _socket.Dispose();
        Array.Clear(_buffer);
    }

    private async Task<int> ReceiveAsync(CancellationToken limit)
    {
        try
        {
            return await _socket.ReceiveAsync(_buffer, limit);
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionReset)
        {
            return 0;
        }
    }
}
