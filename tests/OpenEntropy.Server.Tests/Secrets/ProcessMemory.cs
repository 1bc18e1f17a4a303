using System.Globalization;

namespace OpenEntropy.Server.Tests.Secrets;

/// <summary>The memory of another process, as root reads it, or its parent where it may be dumped: proc(5), <c>smaps</c> and <c>mem</c>.</summary>
internal static class ProcessMemory
{
    private const int ChunkBytes = 8 << 20;
    private const string WipedOnFork = "wf"; // MADV_WIPEONFORK, which the engine's locked memory has and nothing else

    /// <summary>Reads what can be written to: the heaps, the stacks, the data of libraries.</summary>
    /// <param name="process">Its id.</param>
    /// <param name="locked">Whether to read the engine's locked memory; false: all but that.</param>
    /// <param name="overlap">Bytes that a part begins with of the one before.</param>
    /// <param name="read">Gets each part.</param>
    /// <returns>Bytes read.</returns>
    public static long Read(int process, bool locked, int overlap, Action<ReadOnlySpan<byte>> read)
    {
        var buffer = new byte[ChunkBytes];
        long total = 0;
        using var memory = File.OpenHandle($"/proc/{process}/mem");
        foreach (var (start, end) in Regions(process, locked))
        {
            for (var at = start; at < end; at += ChunkBytes - overlap)
            {
                var length = (int)Math.Min(ChunkBytes, end - at);
                try
                {
                    length = RandomAccess.Read(memory, buffer.AsSpan(0, length), at);
                }
                catch (IOException)
                {
                    break; // given back meanwhile
                }

                total += length;
                read(buffer.AsSpan(0, length));
            }
        }

        return total;
    }

    private static List<(long Start, long End)> Regions(int process, bool locked)
    {
        var regions = new List<(long Start, long End)>();
        (long Start, long End, bool IsRead)? current = null;
        var resident = false;
        foreach (var line in File.ReadLines($"/proc/{process}/smaps"))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words[0].Contains('-'))
            {
                var addresses = words[0].Split('-');
                current = (Hex(addresses[0]), Hex(addresses[1]), words[1].StartsWith("rw", StringComparison.Ordinal));
            }
            else if (words[0] == "Rss:")
            {
                resident = words[1] != "0";
            }
            else if (words[0] == "VmFlags:" && current is { IsRead: true } region && resident && words.Contains(WipedOnFork) == locked)
            {
                regions.Add((region.Start, region.End));
            }
        }

        return regions;
    }

    private static long Hex(string address) => long.Parse(address, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
