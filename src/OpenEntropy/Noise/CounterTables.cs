using System.Runtime.CompilerServices;
using System.Runtime.Versioning;

namespace OpenEntropy.Noise;

/// <summary>
/// The kernel's counters in a number of text files (<c>/proc</c>, <c>/sys</c>), on descriptors that stay open: how far all of them together moved
/// from one sweep to the next, or one after the other from its last reading to this. A file that can no longer be read (its process ended, its device was unplugged) is left out from then on: what it
/// had counted is no increment.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class CounterTables
{
    private const int PieceBytes = 65_536;

    // A bound against a table that never ends: 4,096 reads of a page or more, far above /proc/interrupts of the largest machines.
    private const int MaximumPieces = 4096;

    private readonly byte[] _piece = GC.AllocateUninitializedArray<byte>(PieceBytes, pinned: true);
    private int[] _files = [];
    private NumericFields[] _earlier = [];
    private int _next;

    /// <summary>Tables that are still read.</summary>
    public int Count { get; private set; }

    /// <summary>Opens those of the files that can be opened, and takes the counts from which the first sweep's increments are counted.</summary>
    /// <param name="paths">The files, in the order in which they are read. Those that are not there are left out.</param>
    /// <exception cref="NoiseSourceException">None of them can be read.</exception>
    public void Open(IReadOnlyList<string> paths)
    {
        _files = [.. paths.Select(path => LinuxFiles.TryOpen(path, LinuxFiles.ReadOnly)).Where(file => file >= 0)];
        Count = _files.Length;
        if (Count == 0)
            throw paths.Count == 0
                ? new NoiseSourceException("there is no table of counters")
                : LinuxFiles.Failed($"opening {paths[^1]} and the others");
        _earlier = new NumericFields[Count];
        _next = 0;
        _ = Sweep();
    }

    /// <summary>Closes all of them.</summary>
    public void Close()
    {
        for (var i = 0; i < Count; i++)
            LinuxFiles.Close(_files[i]);
        Count = 0;
    }

    /// <summary>Reads every table once.</summary>
    /// <returns>The sum of all increments since the last sweep, modulo 2^64.</returns>
    /// <exception cref="NoiseSourceException">No table can be read any more, or one does not end.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ulong Sweep()
    {
        if (Count == 0)
            throw new NoiseSourceException("no table is open");
        ulong increments = 0;
        for (var i = 0; i < Count; )
        {
            if (TryTake(i, out var taken))
            {
                increments = unchecked(increments + taken);
                i++;
            }
        }

        return increments;
    }

    /// <summary>Reads one table, the one after that of the call before.</summary>
    /// <returns>The sum of its increments since it was read last, modulo 2^64.</returns>
    /// <exception cref="NoiseSourceException">No table can be read any more, or one does not end.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ulong ReadNext()
    {
        while (true)
        {
            if (Count == 0)
                throw new NoiseSourceException("no table is open");
            _next = _next < Count ? _next : 0;
            if (!TryTake(_next, out var increments))
                continue;
            _next++;
            return increments;
        }
    }

    /// <summary>The increments of one table, which is left out where it cannot be read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryTake(int table, out ulong increments)
    {
        if (!TryRead(_files[table], out var now))
        {
            LeaveOut(table);
            increments = 0;
            return false;
        }

        increments = now.IncrementsSince(_earlier[table]);
        _earlier[table] = now;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryRead(int file, out NumericFields fields)
    {
        fields = new NumericFields();
        var buffer = (byte*)Unsafe.AsPointer(ref _piece[0]); // pinned for good
        long offset = 0;
        for (var piece = 0; piece < MaximumPieces; piece++)
        {
            var read = LinuxFiles.ReadAt(file, buffer, PieceBytes, offset);
            if (read <= 0)
            {
                fields.End();
                return read == 0;
            }

            fields.Add(_piece.AsSpan(0, read));
            offset += read;
        }

        throw new NoiseSourceException("a table of counters does not end");
    }

    private void LeaveOut(int index)
    {
        var failure = Count == 1 ? LinuxFiles.Failed("reading the last table of counters") : null;
        LinuxFiles.Close(_files[index]);
        Count--;
        Array.Copy(_files, index + 1, _files, index, Count - index);
        Array.Copy(_earlier, index + 1, _earlier, index, Count - index);
        if (failure is not null)
            throw failure;
    }
}
