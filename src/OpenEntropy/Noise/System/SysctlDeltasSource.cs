using System.Runtime.CompilerServices;
using System.Runtime.Versioning;

// The folder's name would hide the System namespace, so its sources stay in the parent's.
namespace OpenEntropy.Noise;

/// <summary>How far the kernel's counters moved between two readings of each table of them.</summary>
/// <remarks>
/// <para><b>What is measured:</b> one sample is the low byte of the summed increments of all numeric fields of one of <c>/proc/interrupts</c>,
/// <c>softirqs</c>, <c>stat</c>, <c>schedstat</c>, <c>net/snmp</c> and <c>diskstats</c>, which are read in turn, in this order, on descriptors that stay open.</para>
/// <para><b>Why it varies:</b> interrupts, context switches, packets and disk requests arrive from the whole machine and beyond.</para>
/// <para><b>Virtual machine:</b> an idle guest counts almost nothing; most samples are 0. <b>Container:</b> sees the host's counters, or none of
/// them. <b>Co-tenant, attacker:</b> every local user can read the same counters and cause the events they count, so nothing is claimed.</para>
/// <para>A table this kernel does not have is left out; which ones are read is settled when the source is opened.</para>
/// </remarks>
[SupportedOSPlatform("linux")]
internal sealed class SysctlDeltasSource : MeasuredSource
{
    private readonly string[] _paths;
    private readonly CounterTables _tables = new();

    /// <summary>Reads the kernel's tables, in this order.</summary>
    public SysctlDeltasSource()
        : this("/proc/interrupts", "/proc/softirqs", "/proc/stat", "/proc/schedstat", "/proc/net/snmp", "/proc/diskstats") { }

    /// <summary>Reads other files in their place.</summary>
    internal SysctlDeltasSource(params string[] paths) => _paths = paths;

    /// <inheritdoc/>
    public override NoiseSourceInfo Info { get; } =
        new()
        {
            Name = "sysctl_deltas",
            Category = NoiseCategory.System,
            Mechanism =
                "Summed increments of the kernel's interrupt, scheduler, network and disk counters, in one table after the other, since its last reading.",
            Origin = NoiseOrigin.Counter,
            Digitization = "The low byte of the sum of all increments of one table.",
            Clock = null,
            ClaimedMinEntropy = 0,
            ClaimBasis =
                "No claim: 0.0001 to 0.011 bit per reading of one table was assessed, and every local user can read the same counters.",
            // On an idle machine thousands of samples in a row are 0, so no cutoff fits: watched for total failure only.
            TestMinEntropy = null,
        };

    /// <inheritdoc/>
    public override string? WhyUnavailable() => Array.Exists(_paths, File.Exists) ? null : "/proc shows none of the counters";

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
