using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Versioning;

namespace OpenEntropy.Noise.Hardware;

/// <summary>How far the machine's sensors moved between two sweeps over them: temperatures, voltages, currents, power, fans, pressure, humidity.</summary>
/// <remarks>
/// <para><b>What is measured:</b> one sample is the low byte of the summed increments of all sensors in <c>/sys/class/hwmon</c> (<c>*_input</c>),
/// <c>/sys/bus/iio/devices</c> (<c>in_temp_raw</c> and others that measure the machine and its air; light, nearness and movement, which would tell of the people beside it, are left out) and <c>/sys/class/thermal</c>, read in this order
/// on descriptors that stay open.</para>
/// <para><b>Why it varies:</b> a converter's last digits flicker with the sensor's and its own noise, and with load, fans and the weather.</para>
/// <para><b>Virtual machine:</b> has no sensors, or constants of the host's making. <b>Container:</b> sees the host's. <b>Co-tenant, attacker:</b>
/// every local user can read the same values, most change a few times a second by a few steps at most, and load moves them at will, so nothing is
/// claimed.</para>
/// <para>A sensor that cannot be read counts for nothing until it can be again; when none can, the source has failed. A sensor behind a slow bus may
/// take milliseconds: those that do not fit into a second's sweep are left out when the source is opened.</para>
/// </remarks>
[SupportedOSPlatform("linux")]
internal sealed unsafe class SensorNoiseSource : MeasuredSource
{
    private static readonly TimeSpan s_longestSweep = TimeSpan.FromSeconds(1);
    private static readonly EnumerationOptions s_everything = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = true };

    // Of the machine and its room. Light, nearness and movement would tell of the people beside it.
    private static readonly string[] s_kinds = ["temp", "voltage", "current", "power", "pressure", "humidityrelative"];

    private static readonly (string Class, string Device, string Value)[] s_places =
    [
        ("class/hwmon", "*", "*_input"),
        .. s_kinds.Select(kind => ("bus/iio/devices", "*", $"in_{kind}*_raw")),
        ("class/thermal", "thermal_zone*", "temp"),
    ];

    private readonly string _sysfs;
    private readonly List<Sensor> _sensors = [];

    /// <summary>Reads <c>/sys</c>.</summary>
    public SensorNoiseSource()
        : this("/sys") { }

    /// <summary>Reads another tree in its place.</summary>
    internal SensorNoiseSource(string sysfs) => _sysfs = sysfs;

    /// <inheritdoc/>
    public override NoiseSourceInfo Info { get; } =
        new()
        {
            Name = "sensor_noise",
            Category = NoiseCategory.Hardware,
            Mechanism = "Summed increments of the machine's temperature, voltage, fan and other sensors between two sweeps over them.",
            Origin = NoiseOrigin.Counter,
            Digitization = "The low byte of the sum of all increments of one sweep.",
            Clock = null,
            ClaimedMinEntropy = 0,
            ClaimBasis = "No claim: every local user can read the same sensors, which move slowly and in coarse steps.",
            // Between two conversions every sweep gives 0, so no cutoff fits: watched for total failure only.
            TestMinEntropy = null,
            Deadline = TimeSpan.FromSeconds(5),
        };

    /// <inheritdoc/>
    public override string? WhyUnavailable() => Find().Any() ? null : $"there is no sensor in {_sysfs}/class/hwmon, iio or thermal";

    /// <inheritdoc/>
    protected internal override void Open()
    {
        var start = Stopwatch.GetTimestamp();
        foreach (var path in Find().TakeWhile(_ => Stopwatch.GetElapsedTime(start) < s_longestSweep))
        {
            var file = LinuxFiles.TryOpen(path, LinuxFiles.ReadOnly);
            if (file < 0)
                continue;
            var sensor = new Sensor(file);
            _sensors.Add(sensor);
            _ = sensor.TryMove(out _); // the value from which its first increment is taken
        }

        if (_sensors.Count == 0)
            throw new NoiseSourceException($"no sensor in {_sysfs} could be opened");
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected internal override int Measure(Span<long> values)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Sweep();
            if (Stopwatch.GetElapsedTime(start) >= s_longestSweep)
                return i + 1;
        }

        return values.Length;
    }

    /// <inheritdoc/>
    protected internal override byte Digitize(long value) => (byte)value; // digitization: the low byte of the sum of all increments

    /// <inheritdoc/>
    protected internal override void Close()
    {
        foreach (var sensor in _sensors)
            LinuxFiles.Close(sensor.File);
        _sensors.Clear();
    }

    private long Sweep()
    {
        var (sum, read) = (0L, 0);
        foreach (var sensor in _sensors)
        {
            if (!sensor.TryMove(out var increment))
                continue;
            sum = unchecked(sum + increment);
            read++;
        }

        return read > 0 ? sum : throw new NoiseSourceException("no sensor could be read");
    }

    /// <summary>The sensors there are now, always in the same order.</summary>
    private IEnumerable<string> Find() =>
        s_places.SelectMany(place =>
            Under(_sysfs, place.Class, Directory.EnumerateDirectories, place.Device)
                .SelectMany(device => Under(device, string.Empty, Directory.EnumerateFiles, place.Value))
        );

    private static IEnumerable<string> Under(
        string parent,
        string child,
        Func<string, string, EnumerationOptions, IEnumerable<string>> enumerate,
        string pattern
    )
    {
        var directory = Path.Combine(parent, child);
        return Directory.Exists(directory) ? enumerate(directory, pattern, s_everything).Order(StringComparer.Ordinal) : [];
    }

    private sealed class Sensor(int file)
    {
        private long _last;
        private bool _isKnown;

        public int File => file;

        /// <summary>How far it moved since it was last read; false where it cannot be read.</summary>
        public bool TryMove(out long increment)
        {
            var text = stackalloc byte[SensorReading.MaximumBytes];
            var read = LinuxFiles.ReadAt(file, text, SensorReading.MaximumBytes, offset: 0);
            var readable = SensorReading.TryParse(new ReadOnlySpan<byte>(text, Math.Max(read, 0)), out var value);
            increment = readable && _isKnown ? unchecked(value - _last) : 0;
            (_last, _isKnown) = (value, readable);
            return readable;
        }
    }
}
