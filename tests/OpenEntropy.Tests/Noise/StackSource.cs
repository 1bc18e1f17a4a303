using System.Globalization;
using OpenEntropy.Noise;

namespace OpenEntropy.Tests.Noise;

/// <summary>A source that looks, when it is opened, how much stack there is.</summary>
/// <param name="wanted">How much it asks for.</param>
internal sealed unsafe class StackSource(int wanted) : NoiseSource
{
    private long _found;

    /// <summary>Bytes of the mapping that its stack is in; 0 before it was opened.</summary>
    public long Found => Interlocked.Read(ref _found);

    public override NoiseSourceInfo Info { get; } =
        new()
        {
            Name = "stack",
            Category = NoiseCategory.Novel,
            Mechanism = "None.",
            ClaimedMinEntropy = 0,
            ClaimBasis = "none: it is a script",
            StackBytes = wanted,
        };

    protected internal override void Open()
    {
        byte here = 0;
        var address = (ulong)&here;
        foreach (var line in File.ReadLines("/proc/self/maps"))
        {
            var ends = line.Split(' ', 2)[0].Split('-');
            var (start, end) = (Address(ends[0]), Address(ends[1]));
            if (start <= address && address < end)
                Interlocked.Exchange(ref _found, (long)(end - start));
        }
    }

    protected internal override int Collect(Span<byte> samples)
    {
        samples.Clear();
        return samples.Length;
    }

    private static ulong Address(string text) => ulong.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
