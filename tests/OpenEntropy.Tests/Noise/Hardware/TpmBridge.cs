namespace OpenEntropy.Tests.Noise.Hardware;

/// <summary>A terminal in the place of a TPM's device: whatever command is written to it is answered by the test.</summary>
internal sealed class TpmBridge : IDisposable
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(20);

    private readonly PseudoTerminal _terminal = new();
    private readonly Func<byte[], byte[]?> _answer;
    private readonly Thread _thread;
    private volatile bool _ended;
    private int _commands;

    /// <param name="answer">The response to a command; null for none.</param>
    public TpmBridge(Func<byte[], byte[]?> answer)
    {
        _answer = answer;
        _thread = new Thread(Run) { IsBackground = true, Name = "TPM bridge" };
        _thread.Start();
    }

    /// <summary>The device.</summary>
    public string Path => _terminal.Path;

    /// <summary>How many descriptors are open on it.</summary>
    public int OthersOpen => _terminal.OthersOpen;

    /// <summary>Bytes of answers that nobody read.</summary>
    public int Unread => _terminal.Unread;

    /// <summary>Commands received.</summary>
    public int Commands => Volatile.Read(ref _commands);

    /// <summary>A response that is a code and nothing else: tag, size of 10, code.</summary>
    public static byte[] Code(ushort code) => [0x80, 0x01, 0, 0, 0, 10, 0, 0, (byte)(code >> 8), (byte)code];

    /// <summary>The device is gone.</summary>
    public void Dispose()
    {
        _ended = true;
        _thread.Join();
        _terminal.Dispose();
    }

    private void Run()
    {
        while (!_ended)
        {
            if (_terminal.Read(s_look) is not { Length: > 0 } command)
                continue;
            Interlocked.Increment(ref _commands);
            if (_answer(command) is { } response)
                _ = _terminal.TryWrite(response);
        }
    }
}
