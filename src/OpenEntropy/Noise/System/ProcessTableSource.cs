using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.Versioning;

// The folder's name would hide the System namespace, so its sources stay in the parent's.
namespace OpenEntropy.Noise;

/// <summary>How much the machine's processes ran between two sweeps over them.</summary>
/// <remarks>
/// <para><b>What is measured:</b> one sample is the low byte of the summed increments of <c>/proc/[pid]/schedstat</c> (nanoseconds run, nanoseconds
/// waited for a processor, times scheduled; of a process's first thread) over this process and the 15 lowest other process numbers. The lowest are
/// the kernel's own threads and the services started at boot: they live longest, so their counts are compared with counts of their own, and a
/// sweep's work is bounded however many processes there are.</para>
/// <para><b>Why it varies:</b> the kernel's scheduler wakes them for whatever happens on the machine, and books their time in nanoseconds.</para>
/// <para>A process that ends is left out, with all it had counted; new ones are looked for at the next opening. When more than half of those found have
/// ended the source fails, so that it is opened again: listing processes takes long and leaves garbage, which is nothing for a measurement.</para>
/// <para><c>/proc/[pid]/stat</c> is not read: it counts the same run time in ticks of 10 ms, and its other numbers are addresses, ids and counts of faults, most
/// of which stand still. Nor is the listing of <c>/proc</c> timed: how long that takes is a duration, and sums of counters and durations in one sequence of samples would hide
/// each other from the health tests.</para>
/// <para><b>Virtual machine:</b> the guest's processes; an idle guest moves by little. <b>Container:</b> sees its own processes only, few and often
/// idle. <b>Co-tenant, attacker:</b> every local user can read the same files (unless <c>/proc</c> is mounted to hide them) and can wake processes,
/// so nothing is claimed.</para>
/// </remarks>
[SupportedOSPlatform("linux")]
internal sealed class ProcessTableSource : MeasuredSource
{
    // A reading takes about two microseconds, so a sweep takes less than a twentieth of a millisecond.
    private const int MostProcesses = 16;

    private readonly string _root;
    private readonly CounterTables _processes = new();
    private int _found;

    /// <summary>Reads <c>/proc</c>.</summary>
    public ProcessTableSource()
        : this("/proc") { }

    /// <summary>Reads a directory of the same form in its place.</summary>
    internal ProcessTableSource(string root) => _root = root;

    /// <inheritdoc/>
    public override NoiseSourceInfo Info { get; } =
        new()
        {
            Name = "process_table",
            Category = NoiseCategory.System,
            Mechanism =
                "Summed increments of the run time, waiting time and context switches of up to 16 processes between two sweeps over them.",
            Origin = NoiseOrigin.Counter,
            Digitization = "The low byte of the sum of all increments of one sweep.",
            Clock = null,
            ClaimedMinEntropy = 0,
            ClaimBasis =
                "No claim: most processes sleep most of the time, and every local user can read the same counters and wake processes.",
            // While nothing but this service runs, whole series of samples are 0: watched for total failure only.
            TestMinEntropy = null,
        };

    /// <inheritdoc/>
    public override string? WhyUnavailable() =>
        File.Exists(Table(Environment.ProcessId)) ? null : $"{_root} does not show how much a process ran";

    /// <inheritdoc/>
    protected internal override void Open() => Find();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected internal override int Measure(Span<long> values)
    {
        if (_processes.Count < _found / 2)
            throw new NoiseSourceException("most of the processes that were there at the opening have ended");
        for (var i = 0; i < values.Length; i++)
            values[i] = (long)_processes.Sweep();

        return values.Length;
    }

    /// <inheritdoc/>
    protected internal override byte Digitize(long value) => (byte)value; // digitization: the low byte of the sum of all increments

    /// <inheritdoc/>
    protected internal override void Close()
    {
        _processes.Close();
        _found = 0;
    }

    private void Find()
    {
        try
        {
            _processes.Open([Table(Environment.ProcessId), .. LowestOthers().Select(Table)]);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new NoiseSourceException($"{_root} cannot be listed", cause);
        }

        _found = _processes.Count;
    }

    private IEnumerable<int> LowestOthers() =>
        Directory
            .EnumerateDirectories(_root)
            .Select(path =>
                int.TryParse(Path.GetFileName(path.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0
            )
            .Where(id => id > 0 && id != Environment.ProcessId)
            .Order()
            .Take(MostProcesses - 1);

    private string Table(int process) => Path.Combine(_root, process.ToString(CultureInfo.InvariantCulture), "schedstat");
}
