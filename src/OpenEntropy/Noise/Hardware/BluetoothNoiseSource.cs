using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace OpenEntropy.Noise.Hardware;

/// <summary>The times at which Bluetooth LE advertisements arrive.</summary>
/// <remarks>
/// <para><b>What is measured:</b> the time from one event with advertisements to the next, or from when we began to wait, as this process sees them
/// come from the controller. Several advertisements in one event are one arrival. What came while nobody waited is thrown away.</para>
/// <para><b>Why it varies:</b> each sender adds up to 10 ms by its own choice to each interval, air and receiver lose some, and the controller, its
/// bus, the interrupt and the scheduler add the nanoseconds.</para>
/// <para><b>Virtual machine, container:</b> have no controller, unless one is handed in. <b>Co-tenant:</b> a local user with the same right sees the
/// same events. <b>Attacker:</b> everyone in range hears the advertisements and may send more, down to a flood at times of its own choice; only the
/// last nanoseconds are this machine's. So nothing is claimed.</para>
/// <para>The scan is passive: nothing is sent over the air. Addresses, payloads and signals are neither kept nor shown. A scan that another program
/// runs is listened to, and left as it is.</para>
/// </remarks>
[SupportedOSPlatform("linux")]
internal sealed class BluetoothNoiseSource : MeasuredSource
{
    private const int CommandMilliseconds = 1000;
    private const int MaximumBacklog = 4096; // a bound against a flood: more than a socket's buffer holds

    private static readonly TimeSpan s_batch = TimeSpan.FromSeconds(1);

    private readonly string _devices;
    private readonly Func<int, int> _openSocket;
    private readonly int _quietMilliseconds;
    private readonly byte[] _packet = GC.AllocateArray<byte>(HciPackets.MaximumEventBytes, pinned: true);
    private string _name = "the controller";
    private int _socket = -1;
    private int _garbled;
    private bool _hasExtendedScan;
    private bool _scans;

    /// <summary>Listens by the first of the controllers in <c>/sys/class/bluetooth</c>.</summary>
    public BluetoothNoiseSource()
        : this("/sys/class/bluetooth", BluetoothControllers.Open, TimeSpan.FromSeconds(8)) { }

    /// <summary>Listens elsewhere.</summary>
    /// <param name="devices">The directory with the controllers.</param>
    /// <param name="openSocket">Opens a controller's socket by its number.</param>
    /// <param name="quiet">How long the air may be quiet.</param>
    internal BluetoothNoiseSource(string devices, Func<int, int> openSocket, TimeSpan quiet) =>
        (_devices, _openSocket, _quietMilliseconds) = (devices, openSocket, (int)quiet.TotalMilliseconds);

    /// <inheritdoc/>
    public override NoiseSourceInfo Info { get; } =
        new()
        {
            Name = "bluetooth_noise",
            Category = NoiseCategory.Hardware,
            Mechanism =
                "Time between arrivals of Bluetooth LE advertisements, by passive listening: the senders' own delays, losses on the air, and the way through controller, bus and scheduler.",
            ClaimedMinEntropy = 0,
            ClaimBasis = "No claim: everyone in range hears the advertisements, and can send more of them.",
            // A thread that is woken has several bits of jitter at the counter's steps (nanosleep: 6.391 assessed), whatever wakes it.
            TestMinEntropy = 1.0 / 3,
            OptIn = true,
            Private = true, // who is near
            // Advertisers pause for up to 10.24 s, but rarely all of them. Less than this, and a moment to end in, is the quiet that is borne.
            Deadline = TimeSpan.FromSeconds(10),
        };

    /// <inheritdoc/>
    public override string? WhyUnavailable() =>
        BluetoothControllers.FirstIn(_devices) is null ? $"there is no Bluetooth controller in {_devices}" : null;

    /// <inheritdoc/>
    protected internal override void Open()
    {
        var device =
            BluetoothControllers.FirstIn(_devices)
            ?? throw new NoiseSourceException(WhyUnavailable() ?? "the Bluetooth controller is gone");
        _name = $"hci{device}";
        (_garbled, _scans) = (0, false);
        _socket = _openSocket(device);
        if (Command(HciPackets.ReadSupportedCommands) is not 0 and var unknown)
            throw Refused(unknown);

        var status = Command(_hasExtendedScan ? HciPackets.SetExtendedParameters : HciPackets.SetParameters);
        if (status == HciPackets.Disallowed)
            return; // scanning already, for somebody else: we listen along
        if (status == 0)
        {
            _scans = true; // from before it is asked for: an answer that is late or lost leaves a scan that Close must end
            status = Command(_hasExtendedScan ? HciPackets.EnableExtended : HciPackets.Enable);
            _scans = status == 0;
        }

        if (status != 0)
            throw Refused(status);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected internal override int Measure(Span<long> values)
    {
        // What waits here arrived at times nobody took.
        for (var i = 0; i < MaximumBacklog && TryReceive(out _, out _); i++) { }

        var started = Stopwatch.GetTimestamp();
        var previous = TickCounter.Read();
        var filled = 0;
        while (filled < values.Length && (filled == 0 || Stopwatch.GetElapsedTime(started) < s_batch))
        {
            if (!TryHear(started, filled == 0 ? _quietMilliseconds : (int)s_batch.TotalMilliseconds, out var arrival))
                break;
            values[filled++] = arrival - previous;
            previous = arrival;
        }

        return filled > 0 ? filled : throw new NoiseSourceException(Quiet());
    }

    /// <summary>Ends our own scan. The controller does so after the socket is closed, and if it does not, nothing more can be done.</summary>
    protected internal override void Close()
    {
        if (_scans)
            _ = RadioSockets.Send(_socket, _hasExtendedScan ? HciPackets.DisableExtended : HciPackets.Disable);
        if (_socket >= 0)
            LinuxFiles.Close(_socket);
        _socket = -1;
        _scans = false;
    }

    /// <summary>Waits for advertisements.</summary>
    /// <param name="started">A reading of Stopwatch.</param>
    /// <param name="milliseconds">How long from then.</param>
    /// <param name="arrival">When they came, in ticks.</param>
    private bool TryHear(long started, int milliseconds, out long arrival)
    {
        while (milliseconds - (int)Stopwatch.GetElapsedTime(started).TotalMilliseconds is > 0 and var left)
            if (
                LinuxDevices.WaitReadable(_socket, TimeSpan.FromMilliseconds(left))
                && TryReceive(out var heard, out arrival)
                && heard.Kind == HciEventKind.Advertisements
            )
                return true;
        arrival = 0;
        return false;
    }

    /// <summary>Sends a command and waits for its end.</summary>
    /// <returns>Its status.</returns>
    private byte Command(ReadOnlySpan<byte> command)
    {
        if (RadioSockets.Send(_socket, command) != command.Length)
            throw new NoiseSourceException(BluetoothControllers.WhyFailed(_name, "sending a command to", Marshal.GetLastPInvokeError()));
        var opcode = HciPackets.Opcode(command);
        var sent = Stopwatch.GetTimestamp();
        while (CommandMilliseconds - (int)Stopwatch.GetElapsedTime(sent).TotalMilliseconds is > 0 and var left)
            if (LinuxDevices.WaitReadable(_socket, TimeSpan.FromMilliseconds(left)) && TryReceive(out var end, out _))
                if (end.Kind == HciEventKind.CommandEnded && end.Command == opcode)
                    return end.Status;
        throw new NoiseSourceException($"{_name} does not answer the command 0x{opcode:X4}");
    }

    /// <summary>Takes one event, if one is there.</summary>
    private bool TryReceive(out HciEvent received, out long arrival)
    {
        var length = RadioSockets.Receive(_socket, _packet);
        arrival = TickCounter.Read();
        received = default;
        if (length < 0 && Marshal.GetLastPInvokeError() == LinuxError.TryAgain)
            return false;
        if (length <= 0)
            throw new NoiseSourceException(
                length == 0 ? $"{_name} is gone" : BluetoothControllers.WhyFailed(_name, "receiving from", Marshal.GetLastPInvokeError())
            );

        var packet = _packet.AsSpan(0, length);
        try
        {
            received = HciPackets.Parse(packet);
            if (received.Kind == HciEventKind.CommandEnded && received.Command == HciPackets.Opcode(HciPackets.ReadSupportedCommands))
                _hasExtendedScan = HciPackets.HasExtendedScan(packet);
            else if (received.Kind == HciEventKind.Garbled)
                _garbled++;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(packet); // whoever was heard
        }

        return true;
    }

    private string Quiet() =>
        $"no advertisement for {_quietMilliseconds / 1000.0:0.###} s" + (_garbled > 0 ? $", and {_garbled} garbled events" : "");

    private NoiseSourceException Refused(byte status) => new($"{_name} refuses to listen with status 0x{status:X2}");
}
