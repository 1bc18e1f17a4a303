using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace OpenEntropy.Noise.Network;

/// <summary>The duration of a TCP handshake, with ourselves over the loopback interface or with a remote host the operator names.</summary>
/// <remarks>
/// <para><b>What is measured:</b> one <c>connect</c> of a fresh socket. On loopback the listener is our own, on a free port of 127.0.0.1; every
/// connection is taken and closed at once, and ended by a reset.</para>
/// <para><b>Why it varies:</b> three packets cross the whole stack: locks, timers, allocators, soft interrupts and caches on the way.</para>
/// <para><b>Virtual machine, container:</b> loopback stays inside the guest's kernel. <b>Co-tenant:</b> shares caches and cores and so shifts the
/// durations; a local user may connect to the port as well, and is dropped. <b>Attacker:</b> needs the kernel or the hypervisor to see the
/// nanoseconds; with a remote target everyone on the path sees and delays the packets, so nothing is claimed there.</para>
/// <para>Where a firewall tracks loopback connections, each sample is an entry in its table for some seconds.</para>
/// </remarks>
[SupportedOSPlatform("linux")]
internal sealed unsafe class TcpConnectTimingSource : MeasuredSource
{
    private const string Name = "tcp_connect_timing";
    private const string TargetSetting = "Target";
    private const int TimeOutSeconds = 2;
    private const int Backlog = 64;
    private const int WarmUpConnections = 16;
    private const int Attempts = 8;

    private static readonly TimeSpan TimeOut = TimeSpan.FromSeconds(TimeOutSeconds);

    private readonly TcpTarget? _target;
    private byte[] _address = [];
    private int _listener = -1;

    /// <summary>Reads the setting; connects to nothing yet.</summary>
    /// <param name="context">Gives the setting <c>Target</c>.</param>
    /// <exception cref="EntropyConfigurationException">The target is not <c>host:port</c>.</exception>
    public TcpConnectTimingSource(NoiseContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Setting(Name, TargetSetting) is { } text)
            _target = TcpTarget.Parse($"{SourcesOptions.Section}:Settings:{Name}:{TargetSetting}", text);
        Info = _target is null ? Loopback : Remote;
    }

    /// <inheritdoc/>
    public override NoiseSourceInfo Info { get; }

    /// <summary>The listening socket, or -1.</summary>
    internal int Listener => _listener;

    private static NoiseSourceInfo Loopback { get; } =
        new()
        {
            Name = Name,
            Category = NoiseCategory.Network,
            Mechanism =
                "Duration of a TCP handshake over the loopback interface: locks, soft interrupts and caches on the way through the stack.",
            // An eighth of the lowest assessment, 4.399 / 8 = 0.550 bit, is above the general ceiling of 1/3 bit.
            ClaimedMinEntropy = Math.Min(1.0 / 3, 4.399 / 8),
            ClaimBasis = "An eighth of 4.399 bits, the lowest of several recordings of 29,400 to 1,000,000 connections, and at most 1/3",
            // A listener with a full queue leaves a connection waiting for its time-out.
            Deadline = TimeSpan.FromSeconds(2 * TimeOutSeconds),
            Settings =
            [
                new(
                    TargetSetting,
                    "host:port of a remote TCP listener to time instead of loopback. Each sample opens and resets one connection there, nothing "
                        + "is claimed for it, and the source is slow. Default: not set."
                ),
            ],
        };

    private static NoiseSourceInfo Remote { get; } =
        Loopback with
        {
            Mechanism =
                "Duration of a TCP handshake with a configured remote host: queues and schedulers on both machines and on the path.",
            ClaimedMinEntropy = 0,
            ClaimBasis = "No claim: everyone on the path sees the packets and can time or delay them.",
            // What loopback claims; a path has more jitter than the loopback interface.
            TestMinEntropy = Loopback.ClaimedMinEntropy,
            // Nothing leaves the machine for a selection that does not name it.
            OptIn = true,
            // A batch ends when its time is over, and its last connection has a time-out of its own.
            Deadline = TimeSpan.FromSeconds(3 * TimeOutSeconds),
        };

    /// <inheritdoc/>
    protected internal override void Open()
    {
        if (_target is null)
            _listener = LinuxSockets.Listen(Backlog, out _address);
        else
            _address = LinuxSockets.Serialize(_target.Resolve(TimeOut));
        WarmUp(_target is null ? WarmUpConnections : 1);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected internal override int Measure(Span<long> values)
    {
        if (_address.Length == 0)
            throw new NoiseSourceException("no address to connect to: the source is not open");
        var started = TickCounter.Read();
        for (var i = 0; i < values.Length; i++)
        {
            var elapsed = TimeHandshake();
            values[i] = elapsed;
            if (_listener >= 0)
                DropWaiting();
            else if (Stopwatch.GetElapsedTime(started) > TimeOut)
                return i + 1;
        }

        return values.Length;
    }

    /// <inheritdoc/>
    protected internal override void Close()
    {
        if (_listener >= 0)
            LinuxFiles.Close(_listener);
        _listener = -1;
        _address = [];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private long TimeHandshake()
    {
        var family = LinuxSockets.Family(_address);
        fixed (byte* address = _address)
        {
            for (var attempt = 1; ; attempt++)
            {
                var client = LinuxSockets.OpenClient(family, TimeOutSeconds);
                var start = TickCounter.Read();
                var result = LinuxSockets.Connect(client, address, _address.Length);
                var elapsed = TickCounter.Read() - start;
                var error = Marshal.GetLastPInvokeError();
                LinuxFiles.Close(client);

                if (result == 0)
                    return elapsed;

                // A signal ended the call; its duration is no handshake's and is dropped.
                if (error != LinuxError.Interrupted || attempt == Attempts)
                    throw NoHandshake(error);
            }
        }
    }

    private NoiseSourceException NoHandshake(int error)
    {
        var peer = _target is null ? "our own listener" : $"{_target.Host}:{_target.Port}";
        var cause = error == LinuxError.InProgress ? $"no answer within {TimeOutSeconds} s" : Marshal.GetPInvokeErrorMessage(error);
        return new NoiseSourceException($"connecting to {peer} failed: {cause}");
    }

    /// <summary>Closes what waits at the listener, ours and others', but never more than its queue holds.</summary>
    private void DropWaiting()
    {
        for (var i = 0; i < Backlog && LinuxSockets.TryAccept(_listener) is var peer and >= 0; i++)
            LinuxFiles.Close(peer);
    }
}
