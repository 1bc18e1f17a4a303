using System.Runtime.CompilerServices;
using System.Runtime.Versioning;

namespace OpenEntropy.Noise.Hardware;

/// <summary>How far the counters of this machine's devices moved between two sweeps over them.</summary>
/// <remarks>
/// <para><b>What is measured:</b> one sample is the low byte of the summed increments of what sysfs shows of block devices (requests, sectors,
/// milliseconds), network interfaces (bytes and packets), idle states (microseconds and entries), processor frequencies and counts of corrected
/// and uncorrected memory errors. A frequency counts as what it moved by, up or down.</para>
/// <para><b>Why it varies:</b> requests, packets and wake-ups arrive from the whole machine and beyond.</para>
/// <para><b>Virtual machine:</b> virtual disks and interfaces count alike; frequencies and memory errors are the host's and not shown.
/// <b>Container:</b> sees the host's block devices and processors, and its own interfaces. <b>Co-tenant, attacker:</b> every local user can read
/// the same counters, and whoever sends a packet moves them, so nothing is claimed.</para>
/// <para>A device that is unplugged is left out; new ones are found at the next opening. What a disk counts of itself (SMART; NVMe's log page) is not read: that
/// takes commands to the device, which only root may send, and tells in coarser units what the block layer's counters tell already.</para>
/// </remarks>
[SupportedOSPlatform("linux")]
internal sealed class IoRegistrySource : MeasuredSource
{
    private readonly string _root;
    private readonly CounterTables _tables = new();

    /// <summary>Reads sysfs where it is always mounted.</summary>
    public IoRegistrySource()
        : this("/sys") { }

    /// <summary>Reads a directory of the same form in its place.</summary>
    internal IoRegistrySource(string root)
    {
        _root = root;
        Info = new()
        {
            Name = "ioregistry",
            Category = NoiseCategory.Hardware,
            Mechanism =
                "Summed increments of what sysfs counts of block devices, network interfaces, the processors' frequencies and idle states, and memory errors, between two sweeps over it.",
            Origin = NoiseOrigin.Counter,
            Digitization = "The low byte of the sum of all increments of one sweep.",
            Clock = null,
            ClaimedMinEntropy = 0,
            ClaimBasis =
                "No claim: the counters stand still while the devices do, every local user can read them, and outsiders can move them.",
            // Idle devices give whole series of zeros: watched for total failure only.
            TestMinEntropy = null,
        };
    }

    /// <inheritdoc/>
    public override NoiseSourceInfo Info { get; }

    /// <inheritdoc/>
    public override string? WhyUnavailable() => Files().Count > 0 ? null : $"{_root} shows no device that counts anything";

    /// <inheritdoc/>
    protected internal override void Open() => _tables.Open(Files());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected internal override int Measure(Span<long> values)
    {
        for (var i = 0; i < values.Length; i++)
            values[i] = (long)_tables.Sweep();

        return values.Length;
    }

    /// <inheritdoc/>
    protected internal override byte Digitize(long value) => (byte)value; // digitization: the low byte of the sum of all increments

    /// <inheritdoc/>
    protected internal override void Close() => _tables.Close();

    private IReadOnlyList<string> Files() => new DeviceCounters(_root).Find();
}
