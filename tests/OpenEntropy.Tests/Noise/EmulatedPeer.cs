using System.Collections.Concurrent;
using OpenEntropy.Noise;

namespace OpenEntropy.Tests.Noise;

/// <summary>The other end of a socket that a source talks to: it answers each message by a script, on a thread of its own, until it is closed.</summary>
internal sealed class EmulatedPeer : IDisposable
{
    private static readonly TimeSpan s_while = TimeSpan.FromMilliseconds(100);

    private readonly Func<byte[], IEnumerable<byte[]>> _answers;
    private readonly List<(int Socket, Thread Thread)> _open = [];
    private volatile bool _ending;

    /// <param name="answers">The messages that are sent for one received, in this order; an empty one ends the connection.</param>
    public EmulatedPeer(Func<byte[], IEnumerable<byte[]>> answers) => _answers = answers;

    /// <summary>Messages received, in all connections.</summary>
    public ConcurrentQueue<byte[]> Received { get; } = new();

    /// <summary>Connects.</summary>
    /// <returns>The source's end, which the source closes.</returns>
    public int Connect()
    {
        var (ours, theirs) = RadioSockets.Pair();
        var thread = new Thread(() => Run(ours)) { IsBackground = true };
        _open.Add((ours, thread));
        thread.Start();
        return theirs;
    }

    /// <summary>Sends something nobody asked for, in the last connection.</summary>
    public void Send(byte[] message)
    {
        if (_open is [.., var last])
            _ = RadioSockets.Send(last.Socket, message);
    }

    /// <summary>True once the source has closed its end of the last connection, which is waited for.</summary>
    public bool IsClosed() => _open[^1].Thread.Join(TimeSpan.FromSeconds(20));

    /// <summary>Ends the last connection, as if the device had gone.</summary>
    public void End() => LinuxSockets.Shutdown(_open[^1].Socket);

    /// <summary>Gives back this side of the last connection, which has ended.</summary>
    public void Forget()
    {
        var (socket, thread) = _open[^1];
        thread.Join();
        LinuxFiles.Close(socket);
        _open.RemoveAt(_open.Count - 1);
    }

    public void Dispose()
    {
        _ending = true;
        foreach (var (socket, thread) in _open)
        {
            LinuxSockets.Shutdown(socket);
            thread.Join();
            LinuxFiles.Close(socket);
        }
    }

    private void Run(int socket)
    {
        var buffer = new byte[4096];
        while (!_ending)
        {
            if (!LinuxDevices.WaitReadable(socket, s_while))
                continue;
            var length = RadioSockets.Receive(socket, buffer);
            if (length <= 0)
                return; // the source has closed its end
            var message = buffer[..length];
            Received.Enqueue(message);
            foreach (var answer in _answers(message))
            {
                if (answer.Length == 0)
                {
                    LinuxSockets.Shutdown(socket);
                    return;
                }

                _ = RadioSockets.Send(socket, answer);
            }
        }
    }
}
