using System.Runtime.CompilerServices;
using System.Runtime.Versioning;

// The folder's name would hide the System namespace, so its sources stay in the parent's.
namespace OpenEntropy.Noise;

/// <summary>How far the kernel's accounts of its memory moved between two readings of each.</summary>
/// <remarks>
/// <para><b>What is measured:</b> one sample is the low byte of the summed increments of all numeric fields of one of <c>/proc/vmstat</c>,
/// <c>zoneinfo</c> and <c>buddyinfo</c>, which are read in turn, in this order, on descriptors that stay open.</para>
/// <para><b>Why it varies:</b> faults, allocations, reclaim and write-back of the whole machine; levels (free pages) count as what they moved by,
/// up or down.</para>
/// <para><b>Virtual machine:</b> the guest's own pages only; an idle one moves by nothing, and the kernel adds up its processors' shares about once
/// a second. <b>Container:</b> sees the host's, or none of them. <b>Co-tenant, attacker:</b> every local user can read the same counters and move
/// them by allocating, so nothing is claimed.</para>
/// <para>A table this kernel does not show is left out; which ones are read is settled when the source is opened.</para>
/// </remarks>
[SupportedOSPlatform("linux")]
internal sealed class VmstatDeltasSource : MeasuredSource
{
    private readonly string[] _paths;
    private readonly CounterTables _tables = new();

    /// <summary>Reads the kernel's tables, in this order.</summary>
    public VmstatDeltasSource()
        : this("/proc/vmstat", "/proc/zoneinfo", "/proc/buddyinfo") { }

    /// <summary>Reads other files in their place.</summary>
    internal VmstatDeltasSource(params string[] paths) => _paths = paths;

    /// <inheritdoc/>
    public override NoiseSourceInfo Info { get; } =
        new()
        {
            Name = "vmstat_deltas",
            Category = NoiseCategory.System,
            Mechanism = "Summed increments of the kernel's memory counters, in one table after the other, since its last reading.",
            Origin = NoiseOrigin.Counter,
            Digitization = "The low byte of the sum of all increments of one table.",
            Clock = null,
            ClaimedMinEntropy = 0,
            ClaimBasis = "No claim: such counters move by nothing most of the time, and every local user can read and move them.",
            // Updated about once a second on an idle machine, so thousands of samples in a row are 0: watched for total failure only.
            TestMinEntropy = null,
        };

    /// <inheritdoc/>
    public override string? WhyUnavailable() => Array.Exists(_paths, File.Exists) ? null : "/proc shows none of the memory counters";

    /// <inheritdoc/>
    protected internal override void Open() => _tables.Open(_paths);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected internal override int Measure(Span<long> values)
    {
        for (var i = 0; i < values.Length; i++)
            values[i] = (long)_tables.ReadNext();

        return values.Length;
    }

    /// <inheritdoc/>
    protected internal override byte Digitize(long value) => (byte)value; // digitization: the low byte of the sum of a table's increments

    /// <inheritdoc/>
    protected internal override void Close() => _tables.Close();
}
