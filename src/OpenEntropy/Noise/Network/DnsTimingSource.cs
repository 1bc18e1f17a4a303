using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace OpenEntropy.Noise.Network;

/// <summary>The round trip to a name server that the operator names. Without one it does nothing.</summary>
/// <remarks>
/// <para><b>What is measured:</b> the time from sending one small query over UDP until its answer is received. By default it asks for the name
/// servers of the root: every resolver keeps them in its cache, so it answers by itself, and the question tells nothing about who asks.</para>
/// <para><b>Why it varies:</b> queues, interrupts and schedulers of both machines and of everything between them.</para>
/// <para><b>Virtual machine, container:</b> add the host's switch and its scheduler. <b>Co-tenant:</b> shares the network card and shifts the
/// times. <b>Attacker:</b> everyone on the path, and the resolver itself, sees both packets and may time or delay them. The ids are a plain count,
/// for no secret hangs on them and a source must not be driven by a generator: whoever guesses the port can forge an answer and so choose when a
/// measurement ends. So nothing is claimed.</para>
/// <para>Queries are paced, also across closing and opening, so that no resolver is flooded.</para>
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "Close gives the socket back; a source can be opened again.")]
internal sealed class DnsTimingSource : MeasuredSource
{
    private const int Attempts = 3; // UDP loses packets; three in a row are no loss

    private static readonly TimeSpan s_batch = TimeSpan.FromSeconds(1);

    private readonly IPEndPoint? _server;
    private readonly byte[] _query;
    private readonly byte[] _packet = new byte[DnsMessage.MaximumBytes];
    private readonly TimeSpan _pause;
    private readonly TimeSpan _timeOut;
    private Socket? _socket;
    private ushort _id;
    private long _asked; // a reading of Stopwatch; 0: never
    private int _unanswered;

    /// <summary>Reads the settings; sends nothing yet.</summary>
    /// <param name="context">Gives the settings <c>Server</c>, <c>Name</c> and <c>QueriesPerSecond</c>.</param>
    /// <exception cref="EntropyConfigurationException">A setting is out of its range.</exception>
    public DnsTimingSource(NoiseContext context)
        : this(context, TimeSpan.FromSeconds(1)) { }

    /// <summary>Waits another time for an answer.</summary>
    internal DnsTimingSource(NoiseContext context, TimeSpan timeOut)
    {
        (_server, _query, _pause) = DnsTimingSettings.Read(context);
        _timeOut = timeOut;
    }

    /// <inheritdoc/>
    public override NoiseSourceInfo Info { get; } =
        new()
        {
            Name = DnsTimingSettings.Source,
            Category = NoiseCategory.Network,
            Mechanism = "Round trip of a small query to a configured name server: queues and schedulers on both machines and on the path.",
            ClaimedMinEntropy = 0,
            ClaimBasis = "No claim: the resolver and everyone on the path see the packets and can time or delay them.",
            // An eighth of 4.511 bits, the lower assessment of such queries over loopback, is above 1/3; a path has more jitter than loopback.
            TestMinEntropy = Math.Min(1.0 / 3, 4.511 / 8),
            OptIn = true,
            // The last query of a batch waits for its turn, and may time out as often as it is tried.
            Deadline = TimeSpan.FromSeconds(10),
            Settings = DnsTimingSettings.Declared,
        };

    /// <summary>Packets since the opening that answered nothing we asked: late, foreign, forged or garbled.</summary>
    internal int Ignored { get; private set; }

    /// <inheritdoc/>
    public override string? WhyUnavailable() => _server is null ? $"no name server is configured: set {DnsTimingSettings.ServerKey}" : null;

    /// <inheritdoc/>
    protected internal override void Open()
    {
        if (_server is null)
            throw new NoiseSourceException(WhyUnavailable()!);
        Ignored = 0;
        _unanswered = 0;
        try
        {
            _socket = new Socket(_server.AddressFamily, SocketType.Dgram, ProtocolType.Udp)
            {
                ReceiveTimeout = Math.Max(1, (int)_timeOut.TotalMilliseconds),
            };

            // A connected socket receives what comes from this address and port alone, and is told when nobody listens there.
            _socket.Connect(_server);
        }
        catch (SocketException cause)
        {
            throw new NoiseSourceException($"no socket to {_server}: {cause.Message}", cause);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected internal override int Measure(Span<long> values)
    {
        var socket = _socket ?? throw new NoiseSourceException("no name server to ask: the source is not open");
        var started = Stopwatch.GetTimestamp();
        var filled = 0;
        do
        {
            AwaitTurn(socket);
            if (TryTimeQuery(socket, out var elapsed))
                values[filled++] = elapsed;
        } while (filled < values.Length && (filled == 0 || Stopwatch.GetElapsedTime(started) < s_batch));

        return filled;
    }

    /// <inheritdoc/>
    protected internal override void Close()
    {
        _socket?.Dispose();
        _socket = null;
    }

    private bool TryTimeQuery(Socket socket, out long elapsed)
    {
        DnsMessage.SetId(_query, ++_id);
        _asked = Stopwatch.GetTimestamp();
        var start = TickCounter.Read();
        _ = socket.Send(_query, SocketFlags.None, out var error);
        while (error == SocketError.Success && Stopwatch.GetElapsedTime(_asked) < _timeOut)
        {
            var length = socket.Receive(_packet, SocketFlags.None, out error);
            elapsed = TickCounter.Read() - start;
            if (error == SocketError.MessageSize)
                (length, error) = (_packet.Length, SocketError.Success); // longer than it may be, and cut off
            if (error == SocketError.Success && IsAnswer(_packet.AsSpan(0, length)))
            {
                _unanswered = 0;
                return true;
            }
        }

        elapsed = 0;
        ThrowIfGone(error);
        return false;
    }

    private bool IsAnswer(ReadOnlySpan<byte> packet)
    {
        if (DnsMessage.Classify(packet, _query, out var code) != DnsReply.Answer)
        {
            Ignored++;
            return false;
        }

        // One that will not serve us is not asked for ever.
        return code is DnsMessage.NoError or DnsMessage.NoSuchName
            ? true
            : throw new NoiseSourceException($"{_server} answers with response code {code}");
    }

    private void ThrowIfGone(SocketError error)
    {
        if (error == SocketError.ConnectionRefused || error == SocketError.ConnectionReset) // Windows says reset
            throw new NoiseSourceException($"nobody answers queries at {_server}");
        if (error is not (SocketError.Success or SocketError.TimedOut or SocketError.WouldBlock or SocketError.Interrupted))
            throw new NoiseSourceException($"asking {_server} failed: {new SocketException((int)error).Message}");
        if (++_unanswered >= Attempts)
            throw new NoiseSourceException(
                $"{_server} left {Attempts} queries in a row unanswered for {_timeOut.TotalSeconds:0.###} s each; {Ignored} packets answered nothing asked"
            );
    }

    /// <summary>Waits until the next query may be sent, at the socket: what arrives now is late, and must not be taken for the next answer.</summary>
    private void AwaitTurn(Socket socket)
    {
        while (_asked != 0 && _pause - Stopwatch.GetElapsedTime(_asked) is { Ticks: > 0 } left)
        {
            // A poll counts in milliseconds, and rounds down.
            if (!socket.Poll(left + TimeSpan.FromMilliseconds(1), SelectMode.SelectRead))
                continue;
            _ = socket.Receive(_packet, SocketFlags.None, out var error);
            if (error is SocketError.Success or SocketError.MessageSize)
                Ignored++;
            else
                ThrowIfGone(error);
        }
    }
}
