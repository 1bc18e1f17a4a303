using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace OpenEntropy.Tests.Noise.Network;

/// <summary>A name server of the test's own on 127.0.0.1, which answers each query by a script, on a thread of its own.</summary>
internal sealed class LoopbackResolver : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly Socket _stranger = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly Func<byte[], IEnumerable<byte[]>> _answers;
    private readonly Thread _thread;

    /// <param name="answers">The packets that are sent for a query, in this order.</param>
    public LoopbackResolver(Func<byte[], IEnumerable<byte[]>> answers)
    {
        _answers = answers;
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _stranger.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _thread = new Thread(Run) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint => (IPEndPoint)_socket.LocalEndPoint!;

    /// <summary>True: answers come from another port than the one asked.</summary>
    public bool FromAnotherPort { get; init; }

    /// <summary>Every query received.</summary>
    public ConcurrentQueue<byte[]> Queries { get; } = new();

    /// <summary>The right answer to a query: the query with the response bit set.</summary>
    public static byte[] Answer(byte[] query, int code = 0)
    {
        var answer = (byte[])query.Clone();
        answer[2] |= 0x80; // QR
        answer[3] |= (byte)(0x80 | code); // RA, RCODE
        return answer;
    }

    /// <summary>The right answer with another id.</summary>
    public static byte[] AnswerToAnother(byte[] query)
    {
        var answer = Answer(query);
        answer[1] ^= 1;
        return answer;
    }

    public void Dispose()
    {
        _socket.Dispose();
        _thread.Join();
        _stranger.Dispose();
    }

    private void Run()
    {
        var buffer = new byte[1024];
        EndPoint from = new IPEndPoint(IPAddress.Any, 0);
        try
        {
            while (true)
            {
                var query = buffer[.._socket.ReceiveFrom(buffer, ref from)];
                Queries.Enqueue(query);
                foreach (var answer in _answers(query))
                    _ = (FromAnotherPort ? _stranger : _socket).SendTo(answer, from);
            }
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
