using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace OpenEntropy.Fuzz.Http;

/// <summary>A connection that sends exactly the bytes it is given, and reads answers of HTTP/1.1 one after the other.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;

    /// <summary>Connects.</summary>
    /// <param name="address">Host and port.</param>
    /// <param name="limit">Ends the wait.</param>
    public static async Task<RawConnection> OpenAsync(Uri address, CancellationToken limit)
    {
        var connection = new RawConnection();
        await connection._socket.ConnectAsync(address.Host, address.Port, limit);
        return connection;
    }

    /// <summary>Sends bytes.</summary>
    /// <param name="bytes">One request, or several.</param>
    /// <param name="limit">Ends the wait.</param>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken limit)
    {
        while (bytes.Length > 0)
            bytes = bytes[await _socket.SendAsync(bytes, limit)..];
    }

    /// <summary>Reads one answer.</summary>
    /// <param name="toHead">Whether it is one to HEAD, which has no body.</param>
    /// <param name="limit">Ends the wait.</param>
    /// <param name="isEndless">Whether of the body of a 200 the beginning is enough; the connection is of no use then.</param>
    /// <returns>Null where the connection ended before it began.</returns>
    /// <exception cref="FormatException">What came is no answer.</exception>
    /// <exception cref="EndOfStreamException">The connection ended within it.</exception>
    public async Task<RawAnswer?> ReadAsync(bool toHead, CancellationToken limit, bool isEndless = false)
    {
        if (_start == _end && !await FillAsync(limit))
            return null;
        var head = await ReadThroughAsync("\r\n\r\n"u8.ToArray(), limit);
        var lines = head[..^4].Split("\r\n");
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines.Skip(1))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var (name, value) = colon > 0 ? (line[..colon], line[(colon + 1)..].Trim()) : throw new FormatException($"no header: {line}");
            headers[name] = headers.TryGetValue(name, out var before) ? $"{before}, {value}" : value;
        }

        if (
            lines[0].Split(' ', 3) is not ["HTTP/1.1", { Length: 3 } digits, ..]
            || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var status)
        )
            throw new FormatException($"no status line: {lines[0]}");
        return new RawAnswer(status, headers, toHead ? [] : await ReadBodyAsync(headers, isEndless && status == 200, limit));
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private async Task<byte[]> ReadBodyAsync(Dictionary<string, string> headers, bool isEndless, CancellationToken limit)
    {
        if (headers.TryGetValue("Content-Length", out var text))
        {
            var length = long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
            return await TakeAsync(isEndless ? (int)Math.Min(length, 1) : checked((int)length), limit);
        }

        if (!headers.ContainsKey("Transfer-Encoding"))
            throw new FormatException("the body has no length");

        // Of a body in pieces the first is enough: this service sends none but those that have no end.
        var size = await ReadThroughAsync("\r\n"u8.ToArray(), limit);
        return await TakeAsync(
            int.Parse(size.AsSpan(0, size.Length - 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
            limit
        );
    }

    private async Task<byte[]> TakeAsync(int length, CancellationToken limit)
    {
        while (_end - _start < length)
            _ = await FillAsync(limit) ? 0 : throw new EndOfStreamException($"{_end - _start} of {length} bytes came");
        var bytes = _buffer[_start..(_start + length)];
        _start += length;
        return bytes;
    }

    private async Task<string> ReadThroughAsync(byte[] mark, CancellationToken limit)
    {
        int at;
        while ((at = _buffer.AsSpan(_start, _end - _start).IndexOf(mark)) < 0)
            _ = await FillAsync(limit) ? 0 : throw new EndOfStreamException("the connection ended within an answer");
        var text = Encoding.Latin1.GetString(_buffer, _start, at + mark.Length);
        _start += at + mark.Length;
        return text;
    }

    private async Task<bool> FillAsync(CancellationToken limit)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, 2 * _buffer.Length);
        try
        {
            var count = await _socket.ReceiveAsync(_buffer.AsMemory(_end), limit);
            _end += count;
            return count > 0;
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionReset)
        {
            return false;
        }
    }
}
