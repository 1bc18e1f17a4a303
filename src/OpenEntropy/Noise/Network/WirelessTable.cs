using System.Buffers.Text;

namespace OpenEntropy.Noise.Network;

/// <summary>
/// The table <c>/proc/net/wireless</c>, which older drivers keep: two lines of headings, then for each interface its name and a colon, its status,
/// and the quality of the link, the level of the signal and that of the noise, each with a full stop where it is new. Pure.
/// </summary>
internal static class WirelessTable
{
    private const int Headings = 2;
    private const int Unknown = -256; // how the kernel writes a level that the driver does not know
    private const int Loudest = 255; // a level is one byte, signed or not

    /// <summary>The levels of all interfaces.</summary>
    /// <param name="table">The whole table. A line that is no interface's is passed over.</param>
    /// <returns>How many levels there are, and their sum: dBm where the driver knows them so.</returns>
    public static (int Count, int Sum) Levels(ReadOnlySpan<byte> table)
    {
        var (count, sum, line) = (0, 0, 0);
        while (!table.IsEmpty)
        {
            var end = table.IndexOf((byte)'\n');
            var text = end < 0 ? table : table[..end];
            table = end < 0 ? [] : table[(end + 1)..];
            var colon = text.IndexOf((byte)':');
            if (line++ < Headings || colon < 0)
                continue;

            var fields = text[(colon + 1)..];
            _ = Next(ref fields); // status
            _ = Next(ref fields); // quality, of the driver's own making
            Add(Next(ref fields), ref count, ref sum);
            Add(Next(ref fields), ref count, ref sum);
        }

        return (count, sum);
    }

    private static void Add(ReadOnlySpan<byte> field, ref int count, ref int sum)
    {
        field = field.TrimEnd((byte)'.');
        if (!Utf8Parser.TryParse(field, out int level, out var read) || read < field.Length || level is <= Unknown or > Loudest)
            return;
        count++;
        sum += level;
    }

    private static ReadOnlySpan<byte> Next(ref ReadOnlySpan<byte> fields)
    {
        fields = fields.TrimStart((byte)' ');
        var end = fields.IndexOf((byte)' ');
        var field = end < 0 ? fields : fields[..end];
        fields = fields[field.Length..];
        return field;
    }
}
