using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace OpenEntropy.Noise.Hardware;

/// <summary>What a generator on a serial port sends: a TrueRNG or OneRNG stick, or a microcontroller of one's own.</summary>
/// <remarks>
/// <para><b>What is measured:</b> nothing by us; one sample is one byte the device sends, or the low byte of one number.</para>
/// <para><b>Why it varies:</b> by its maker's word: avalanche noise, a converter's lowest bits, radio noise; whitened inside the device or not.</para>
/// <para><b>Virtual machine, container:</b> the device must be handed in; whoever hands it in may stand between. <b>Co-tenant:</b> nobody else may
/// open the port meanwhile, but root may. <b>Attacker:</b> the device's maker is a trusted third party; whoever can plug in another, or write to a
/// FIFO in its place, sends what he likes, and bytes on a wire can be read from it. Nothing is claimed.</para>
/// <para>What the port received before it was opened is dropped. Opening a microcontroller's port may reset it: a greeting of up to
/// <see cref="SerialDigitizer.UnreadableLines"/> lines is skipped where lines are expected.</para>
/// </remarks>
[SupportedOSPlatform("linux")]
[SupportedProcessor(Architecture.X64, Architecture.Arm64)]
internal sealed unsafe class SerialTrngSource : NoiseSource
{
    private readonly SerialPortSettings _settings;
    private readonly SerialDigitizer _digitizer;
    private readonly TimeSpan _patience;
    private readonly byte[] _received = GC.AllocateUninitializedArray<byte>(SerialDigitizer.MaximumReceived, pinned: true);
    private int _port = -1;

    /// <summary>Reads the settings; opens nothing yet.</summary>
    /// <param name="context">Gives the settings.</param>
    /// <exception cref="EntropyConfigurationException">A setting is out of its range.</exception>
    public SerialTrngSource(NoiseContext context)
        : this(context, TimeSpan.FromSeconds(4)) { }

    /// <summary>Waits otherwise long for the device.</summary>
    internal SerialTrngSource(NoiseContext context, TimeSpan patience)
    {
        (_settings, _patience) = (SerialPortSettings.Read(context), patience);
        _digitizer = new SerialDigitizer(_settings.Framing);
        Info = _settings.Framing == SerialFraming.Lines ? Numbers : Bytes;
    }

    /// <inheritdoc/>
    public override NoiseSourceInfo Info { get; }

    private static NoiseSourceInfo Bytes { get; } =
        new()
        {
            Name = SerialPortSettings.Source,
            Category = NoiseCategory.Hardware,
            Mechanism = "What a generator on a configured serial port sends: a device's noise by its maker's word.",
            Origin = NoiseOrigin.Vendor,
            Digitization = "One byte of the device's output.",
            Clock = null,
            ClaimedMinEntropy = 0,
            ClaimBasis = "No claim of our own: the device's maker would have to be believed, and whoever handed it in.",
            // Uniform bytes have 8 bits; a quarter of it notices a constant, a short cycle or dead bits.
            TestMinEntropy = 2,
            OptIn = true,
            // At the lowest rate a line of 100 characters takes more than three seconds.
            Deadline = TimeSpan.FromSeconds(5),
            Settings = SerialPortSettings.Described,
        };

    private static NoiseSourceInfo Numbers { get; } =
        Bytes with
        {
            Digitization = "The low byte of each number the device sends.",
            // A number may be a converter's reading as it is, of which a few codes are likely.
            TestMinEntropy = 0.5,
        };

    /// <inheritdoc/>
    /// <remarks>A configured port that is not there is no reason: the device may be plugged in later.</remarks>
    public override string? WhyUnavailable() =>
        _settings.Port is null ? $"no port is configured: set {SerialPortSettings.Key(nameof(SerialPortSettings.Port))}" : null;

    /// <inheritdoc/>
    protected internal override void Open()
    {
        var path = _settings.Port ?? throw new NoiseSourceException("no port is configured");
        var access = _settings.Start.IsEmpty ? LinuxFiles.ReadOnly : LinuxFiles.ReadWrite;
        _digitizer.Reset();
        _port = LinuxFiles.Open(path, access | LinuxDevices.NonBlocking | LinuxDevices.NoControllingTerminal);
        RefuseFiles(path);
        var isTerminal = LinuxTerminal.MakeRaw(_port, _settings.BaudRate);
        if (!isTerminal && !_settings.Start.IsEmpty)
            throw new NoiseSourceException(
                $"{path} is no terminal: what {nameof(SerialPortSettings.Start)} sends would come back as samples"
            );

        using var start = _settings.Start.Pin();
        if (!_settings.Start.IsEmpty && LinuxFiles.Write(_port, (byte*)start.Pointer, _settings.Start.Length) != _settings.Start.Length)
            throw LinuxFiles.Failed($"writing to {path}");
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected internal override int Collect(Span<byte> samples)
    {
        var start = Stopwatch.GetTimestamp();
        for (var received = 0; _digitizer.IsEmpty; received += Receive())
        {
            var left = _patience - Stopwatch.GetElapsedTime(start);
            if (left <= TimeSpan.Zero || !LinuxDevices.WaitReadable(_port, left))
                throw Silent(received);
        }

        return _digitizer.Take(samples);
    }

    /// <inheritdoc/>
    protected internal override void Close()
    {
        _digitizer.Reset();
        if (_port < 0)
            return;
        LinuxTerminal.Share(_port);
        LinuxFiles.Close(_port);
        _port = -1;
    }

    private int Receive()
    {
        var buffer = (byte*)Unsafe.AsPointer(ref _received[0]); // pinned for good
        var count = LinuxFiles.Read(_port, buffer, SerialDigitizer.MaximumReceived);
        if (count < 0 && Marshal.GetLastPInvokeError() == LinuxError.TryAgain)
            return 0;
        if (count < 0)
            throw LinuxFiles.Failed($"reading {_settings.Port}");
        if (count == 0)
            throw new NoiseSourceException($"{_settings.Port} was unplugged, or closed at its other end");

        try
        {
            _digitizer.Receive(_received.AsSpan(0, count));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(_received.AsSpan(0, count));
        }

        return count;
    }

    /// <summary>A file's bytes are the same each time it is opened.</summary>
    private void RefuseFiles(string path)
    {
        if (LinuxDevices.KindOf(_port) is var kind and not (LinuxDevices.CharacterDevice or LinuxDevices.Pipe))
            throw new NoiseSourceException(
                kind == LinuxDevices.RegularFile ? $"{path} is a file, no device" : $"{path} is neither a character device nor a FIFO"
            );
    }

    [SuppressMessage("Performance", "CA1859", Justification = "It is thrown.")]
    private NoiseSourceException Silent(int received) =>
        new($"{_settings.Port} sent {(received == 0 ? "nothing" : "no whole line")} for {_patience.TotalSeconds:0.###} s");
}
