using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace OpenEntropy.Noise.Hardware;

/// <summary>The times between what people do with keyboards, mice and touchpads.</summary>
/// <remarks>
/// <para><b>What is measured:</b> the time from one report of an input device (<c>/dev/input/event*</c>) to the same device's next, as the kernel
/// stamped them. Only times are looked at, never what was pressed or moved; the low byte of the microseconds is kept and the rest, from which typing
/// might be inferred, is not: this is no <see cref="MeasuredSource"/>, so nothing wider can be recorded.</para>
/// <para><b>Why it varies:</b> nobody moves a finger to the microsecond; the device scans its switches and the bus asks it in periods of their own
/// (1 to 10 ms), and the interrupt that carries the report is delayed by whatever runs.</para>
/// <para><b>Virtual machine:</b> a virtual keyboard and mouse, whose events the host makes. <b>Container:</b> the devices are rarely handed in.
/// <b>Co-tenant:</b> who may read the devices sees the same times; a keyboard's repeat and a moving mouse are nearly periodic.
/// <b>Attacker:</b> on a radio link, in a remote session or with a tool for injected events the times are somebody else's, so nothing is claimed.</para>
/// <para>Where nobody touches anything there are no samples, for hours: that is no failure. Devices are looked for at each opening and every ten
/// seconds from then on, so that one that is plugged in again, or for the first time, is listened to. One that is unplugged, or
/// gives what are no events, is left out, and when all are gone the source has failed. A fast mouse can overrun the kernel's queue between two
/// turns; the interval across the gap is a sample like any other.</para>
/// </remarks>
[SupportedOSPlatform("linux")]
internal sealed unsafe class HidTimingSource : NoiseSource
{
    private const string Name = "hid_timing";
    private const string DevicesSetting = "Devices";
    private const string DefaultDevices = "/dev/input/event*";
    private const int EventsPerRead = 64;

    /// <summary>How often devices that were plugged in are looked for.</summary>
    internal static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(10);

    // A bound against what gives one and the same time for ever.
    private const int ReadsPerDevice = 256;

    private const nuint SetClockCall = 0x400445A0; // EVIOCSCLOCKID: _IOW('E', 0xa0, int)
    private const int MonotonicClock = 1; // CLOCK_MONOTONIC

    private readonly byte[] _events = GC.AllocateUninitializedArray<byte>(EventsPerRead * EventTimes.EventBytes, pinned: true);
    private readonly DevicePaths _paths;
    private readonly TimeProvider _time;
    private string[] _names = [];
    private int[] _devices = [];
    private EventTimes[] _times = [];
    private long _looked;
    private string? _whyDropped; // the last device that gave what are no events

    /// <summary>Reads the setting; opens nothing yet.</summary>
    /// <param name="context">Gives the setting <c>Devices</c>.</param>
    /// <exception cref="EntropyConfigurationException">The setting is no list of absolute paths.</exception>
    public HidTimingSource(NoiseContext context)
        : this(context, TimeProvider.System) { }

    /// <summary>Looks for devices by another clock.</summary>
    internal HidTimingSource(NoiseContext context, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(context);
        _time = time;
        var text = context.Setting(Name, DevicesSetting) ?? DefaultDevices;
        _paths = DevicePaths.Parse($"{SourcesOptions.Section}:Settings:{Name}:{DevicesSetting}", text);
    }

    /// <inheritdoc/>
    public override NoiseSourceInfo Info { get; } =
        new()
        {
            Name = Name,
            Category = NoiseCategory.Hardware,
            Mechanism =
                "Time from one report of a keyboard, mouse or touchpad to its next, when somebody uses it: times only, never what was pressed or moved.",
            Digitization = "The low byte of the microseconds between two reports of one device.",
            Clock = "CLOCK_MONOTONIC as the kernel stamps input events, in microseconds.",
            ClaimedMinEntropy = 0,
            ClaimBasis = "No claim: what people do is no stationary process, and whoever can see or send the events knows their times.",
            // A held key repeats every 33 ms by a kernel timer that jitters by microseconds, a mouse reports in the bus's period: even there no value
            // of the low byte is nearly certain. A quarter of a bit notices a device that makes events by the clock.
            TestMinEntropy = 0.25,
            OptIn = true,
            Private = true,
            MayBeSilent = true,
            Settings =
            [
                new(
                    DevicesSetting,
                    $"Absolute paths of event devices, separated by commas; * and ? match within the last part. Default: {DefaultDevices}."
                ),
            ],
        };

    /// <inheritdoc/>
    public override string? WhyUnavailable() =>
        !Environment.Is64BitProcess ? "it reads events as 64-bit systems lay them out"
        : _paths.Find().Count == 0 ? $"there is no {_paths}"
        : null;

    /// <inheritdoc/>
    protected internal override void Open()
    {
        var paths = _paths.Find();
        Add(paths);
        if (_devices.Length == 0)
            throw paths.Count == 0 ? new NoiseSourceException($"there is no {_paths}") : LinuxFiles.Failed($"opening {paths[^1]}");
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected internal override int Collect(Span<byte> samples)
    {
        if (_devices.Length > 0 && _time.GetElapsedTime(_looked) >= LookEvery)
            Add(_paths.Find()); // allocates, once in ten seconds
        var (filled, present) = (0, 0);
        for (var i = 0; i < _devices.Length; i++)
        {
            filled += Read(i, samples[filled..]);
            if (_devices[i] >= 0)
                present++;
        }

        return present > 0 || filled > 0 ? filled : throw new NoiseSourceException($"no input device is open any more{_whyDropped}");
    }

    /// <inheritdoc/>
    protected internal override void Close()
    {
        for (var i = 0; i < _devices.Length; i++)
            Drop(i);
        (_names, _devices, _times, _whyDropped) = ([], [], [], null);
    }

    /// <summary>Opens those of the paths that are not open, and forgets those that are gone.</summary>
    private void Add(IReadOnlyList<string> paths)
    {
        (_looked, _whyDropped) = (_time.GetTimestamp(), null);
        var open = Enumerable.Range(0, _devices.Length).Where(i => _devices[i] >= 0).ToList();
        var added = paths
            .Except(open.Select(i => _names[i]), StringComparer.Ordinal)
            .Select(path => (Path: path, Device: TryOpen(path)))
            .Where(each => each.Device >= 0)
            .ToList();
        _times = [.. open.Select(i => _times[i]), .. new EventTimes[added.Count]];
        _names = [.. open.Select(i => _names[i]), .. added.Select(each => each.Path)];
        _devices = [.. open.Select(i => _devices[i]), .. added.Select(each => each.Device)];
    }

    private static int TryOpen(string path)
    {
        var device = LinuxFiles.TryOpen(path, LinuxFiles.ReadOnly | LinuxDevices.NonBlocking | LinuxDevices.NoControllingTerminal);
        var clock = MonotonicClock;

        // Refused only by what is no event device, such as a FIFO that stands in for one: its times are its own.
        if (device >= 0)
            _ = LinuxDevices.Control(device, SetClockCall, (nint)(&clock));
        return device;
    }

    /// <summary>What one device has now; one that is gone is closed.</summary>
    private int Read(int index, Span<byte> samples)
    {
        var filled = 0;
        var buffer = (byte*)Unsafe.AsPointer(ref _events[0]); // pinned for good
        for (var reads = 0; reads < ReadsPerDevice && filled < samples.Length; reads++)
        {
            // An event gives at most one sample: what does not fit stays with the kernel.
            var wanted = Math.Min(EventsPerRead, samples.Length - filled) * EventTimes.EventBytes;
            var read = LinuxFiles.Read(_devices[index], buffer, wanted);
            if (read <= 0)
            {
                if (read == 0 || Marshal.GetLastPInvokeError() != LinuxError.TryAgain)
                    Drop(index);
                break;
            }

            try
            {
                filled += _times[index].Digitize(_events.AsSpan(0, read), samples[filled..]);
            }
            catch (NoiseSourceException cause)
            {
                // It costs itself and no other device, and is tried again when devices are looked for.
                _whyDropped = $"; {_names[index]}: {cause.Message}";
                Drop(index);
                break;
            }
            finally
            {
                CryptographicOperations.ZeroMemory(_events.AsSpan(0, read)); // it says what was typed
            }
        }

        return filled;
    }

    private void Drop(int index)
    {
        if (_devices[index] >= 0)
            LinuxFiles.Close(_devices[index]);
        _devices[index] = -1;
    }
}
