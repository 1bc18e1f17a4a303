using System.Runtime.CompilerServices;
using System.Runtime.Versioning;

// The folder's name would hide the System namespace, so its sources stay in the parent's.
namespace OpenEntropy.Noise;

/// <summary>How far the kernel's counters moved between two sweeps over them.</summary>
/// <remarks>
/// <para><b>What is measured:</b> one sample is the low byte of the summed increments of all numeric fields of <c>/proc/interrupts</c>,
/// <c>softirqs</c>, <c>stat</c>, <c>schedstat</c>, <c>net/snmp</c> and <c>diskstats</c>, read in this order on descriptors that stay open.</para>
/// <para><b>Why it varies:</b> interrupts, context switches, packets and disk requests arrive from the whole machine and beyond.</para>
/// <para><b>Virtual machine:</b> an idle guest counts almost nothing; most samples are 0. <b>Container:</b> sees the host's counters, or none of
/// them. <b>Co-tenant, attacker:</b> every local user can read the same counters and cause the events they count, so nothing is claimed.</para>
/// <para>A table this kernel does not have is left out; which ones are read is settled when the source is opened.</para>
/// </remarks>
[SupportedOSPlatform("linux")]
internal sealed unsafe class SysctlDeltasSource : MeasuredSource
{
    private const int PieceBytes = 65_536;

    // A bound against a table that never ends: 4,096 reads of a page or more, far above /proc/interrupts of the largest machines.
    private const int MaximumPieces = 4096;

    private readonly byte[] _piece = GC.AllocateUninitializedArray<byte>(PieceBytes, pinned: true);
    private readonly string[] _tables;
    private readonly NumericFields[] _earlier;
    private int[] _files = [];

    /// <summary>Reads the kernel's tables, in this order.</summary>
    public SysctlDeltasSource()
        : this("/proc/interrupts", "/proc/softirqs", "/proc/stat", "/proc/schedstat", "/proc/net/snmp", "/proc/diskstats") { }

    /// <summary>Reads other files in their place.</summary>
    internal SysctlDeltasSource(params string[] tables)
    {
        _tables = tables;
        _earlier = new NumericFields[tables.Length];
    }

    /// <inheritdoc/>
    public override NoiseSourceInfo Info { get; } =
        new()
        {
            Name = "sysctl_deltas",
            Category = NoiseCategory.System,
            Mechanism = "Summed increments of the kernel's interrupt, scheduler, network and disk counters between two sweeps over them.",
            Origin = NoiseOrigin.Counter,
            Digitization = "The low byte of the sum of all increments of one sweep.",
            Clock = null,
            ClaimedMinEntropy = 0,
            ClaimBasis =
                "No claim: 0.0001 to 0.011 bit per reading of one table was assessed, and every local user can read the same counters.",
            // On an idle machine thousands of samples in a row are 0, so no cutoff fits: watched for total failure only.
            TestMinEntropy = null,
        };

    /// <inheritdoc/>
    public override string? WhyUnavailable() => Array.Exists(_tables, File.Exists) ? null : "/proc shows none of the counters";

    /// <inheritdoc/>
    protected internal override void Open()
    {
        _files = [.. _tables.Select(table => LinuxFiles.TryOpen(table, LinuxFiles.ReadOnly)).Where(file => file >= 0)];
        if (_files.Length == 0)
            throw LinuxFiles.Failed($"opening {_tables[^1]} and the other tables");
        _ = Sweep(); // the counts from which the first sample's increments are taken
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected internal override int Measure(Span<long> values)
    {
        if (_files.Length == 0)
            throw new NoiseSourceException("no table is open");
        for (var i = 0; i < values.Length; i++)
            values[i] = (long)Sweep();

        return values.Length;
    }

    /// <inheritdoc/>
    protected internal override byte Digitize(long value) => (byte)value; // digitization: the low byte of the sum of all increments

    /// <inheritdoc/>
    protected internal override void Close()
    {
        foreach (var file in _files)
            LinuxFiles.Close(file);
        _files = [];
    }

    private ulong Sweep()
    {
        ulong increments = 0;
        for (var i = 0; i < _files.Length; i++)
        {
            var now = ReadFields(_files[i]);
            increments = unchecked(increments + now.IncrementsSince(_earlier[i]));
            _earlier[i] = now;
        }

        return increments;
    }

    private NumericFields ReadFields(int file)
    {
        var fields = new NumericFields();
        var buffer = (byte*)Unsafe.AsPointer(ref _piece[0]); // pinned for good
        long offset = 0;
        for (var piece = 0; piece < MaximumPieces; piece++)
        {
            var read = LinuxFiles.ReadAt(file, buffer, PieceBytes, offset);
            if (read < 0)
                throw LinuxFiles.Failed("reading a table of counters");
            if (read == 0)
            {
                fields.End();
                return fields;
            }

            fields.Add(_piece.AsSpan(0, read));
            offset += read;
        }

        throw new NoiseSourceException("a table of counters does not end");
    }
}
