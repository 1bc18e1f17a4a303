using System.Runtime.CompilerServices;

namespace OpenEntropy.Noise.Hardware;

/// <summary>The time that a GPU takes over a small piece of work.</summary>
/// <remarks>
/// <para><b>What is measured:</b> filling 4 KiB of the GPU's memory with a constant by OpenCL, from handing over the command to the word that it is
/// done. The device's own time stamps are not asked for: they count in steps of the GPU's clock, a microsecond on some, and leave out the way there and back, where
/// most of the variation is.</para>
/// <para><b>Why it varies:</b> the driver's queues and locks, the bus, the GPU's clock and power states, its scheduler and what else it draws or
/// computes, and the interrupt or polling by which the end is noticed; two clocks meet, the processor's and the GPU's.</para>
/// <para><b>Virtual machine:</b> has no GPU, or one that is handed in or shared by the host. <b>Container:</b> only where the device and its driver
/// are handed in. <b>Co-tenant, attacker:</b> whoever may use the same GPU loads it and so shifts and spreads the times; the driver's maker is
/// trusted with this process as it is.</para>
/// <para>OpenCL on the processor (pocl, llvmpipe and the like) would time the processor under a GPU's name and is refused.</para>
/// </remarks>
internal sealed unsafe class GpuTimingSource : MeasuredSource
{
    private const int BufferBytes = 4096;
    private const int WarmUpSamples = 32;
    private const ulong ReadWrite = 1; // CL_MEM_READ_WRITE

    private readonly bool _acceptsSoftware;
    private OpenClLibrary? _library;
    private nint _context;
    private nint _queue;
    private nint _buffer;

    /// <summary>Times a GPU.</summary>
    public GpuTimingSource()
        : this(acceptsSoftware: false) { }

    /// <summary>Times whatever OpenCL has, also the processor: the whole path without a GPU.</summary>
    internal GpuTimingSource(bool acceptsSoftware) => _acceptsSoftware = acceptsSoftware;

    /// <inheritdoc/>
    public override NoiseSourceInfo Info { get; } =
        new()
        {
            Name = "gpu_timing",
            Category = NoiseCategory.Hardware,
            OptIn = true, // a vendor's driver is loaded into this process
            Mechanism = "Time that a GPU takes to fill 4 KiB of its memory, by OpenCL: driver, bus, clock states and scheduler vary it.",
            ClaimedMinEntropy = 0,
            ClaimBasis = "No claim: no GPU was assessed.",
            // A call into a driver that waits for a device varies by more than the cheapest system call, of which 0.91 bit was assessed.
            TestMinEntropy = 1.0 / 3,
            // Drivers compile, and count on what Linux gives a program's first thread.
            StackBytes = 8 * 1024 * 1024,
        };

    /// <inheritdoc/>
    public override string? WhyUnavailable() =>
        !OpenClLibrary.IsInstalled ? $"{OpenClLibrary.File} is not installed"
        : !_acceptsSoftware && OperatingSystem.IsLinux() && !HasGpu()
            ? "there is no GPU: no /dev/dri/renderD*, /dev/nvidia0, /dev/kfd, /dev/mali0 or /dev/dxg"
        : null;

    /// <inheritdoc/>
    protected internal override void Open()
    {
        _library = OpenClLibrary.Load();
        var devices = _library.Devices();
        var chosen = devices.FirstOrDefault(entry => _acceptsSoftware || entry.Device.IsGpu);
        if (chosen.Device is null)
            throw new NoiseSourceException(OpenClDevice.WhyNone([.. devices.Select(entry => entry.Device)]));

        var (device, error) = (chosen.Handle, 0);
        _context = _library.CreateContext(null, 1, &device, null, null, &error);
        Check(error, "making a context");
        _queue = _library.CreateQueue(_context, device, 0, &error);
        Check(error, "making a queue");
        _buffer = _library.CreateBuffer(_context, ReadWrite, BufferBytes, null, &error);
        Check(error, "making a buffer");
        WarmUp(WarmUpSamples);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected internal override int Measure(Span<long> values)
    {
        if (_library is null || _buffer == 0)
            throw new NoiseSourceException("no GPU is open");
        const uint Pattern = 0x5A5A_5A5A;
        var pattern = Pattern;
        for (var i = 0; i < values.Length; i++)
        {
            var start = TickCounter.Read();
            var error = _library.Fill(_queue, _buffer, &pattern, sizeof(uint), 0, BufferBytes, 0, null, null);
            if (error == 0)
                error = _library.Finish(_queue);
            values[i] = TickCounter.Read() - start;
            Check(error, "filling a buffer");
        }

        return values.Length;
    }

    /// <summary>Gives the buffer, the queue and the context back; what the driver keeps for itself stays with it.</summary>
    protected internal override void Close()
    {
        if (_library is not null)
        {
            Release(_library.ReleaseBuffer, ref _buffer);
            Release(_library.ReleaseQueue, ref _queue);
            Release(_library.ReleaseContext, ref _context);
        }

        _library = null;
    }

    private static bool HasGpu() =>
        Array.Exists(["/dev/nvidia0", "/dev/kfd", "/dev/mali0", "/dev/dxg"], File.Exists)
        || (Directory.Exists("/dev/dri") && Directory.EnumerateFileSystemEntries("/dev/dri", "renderD*").Any());

    private static void Release(delegate* unmanaged<nint, int> release, ref nint handle)
    {
        if (handle != 0)
            _ = release(handle); // fails only for what is no such handle
        handle = 0;
    }

    private static void Check(int error, string act)
    {
        if (error != 0)
            throw new NoiseSourceException($"{act} on the GPU failed with OpenCL error {error}");
    }
}
