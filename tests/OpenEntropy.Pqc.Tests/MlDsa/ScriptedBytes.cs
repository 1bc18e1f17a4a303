using System.Text;
using OpenEntropy.Pqc.Hashing;

namespace OpenEntropy.Pqc.Tests.MlDsa;

/// <summary>Bytes that look random and are the same in every run: SHAKE256 of a label.</summary>
internal sealed class ScriptedBytes
{
    private Sponge _sponge = Sponge.Shake256();

    public ScriptedBytes(string label) => _sponge.Absorb(Encoding.UTF8.GetBytes(label));

    public void Fill(Span<byte> target) => _sponge.Squeeze(target);

    public byte[] Next(int length)
    {
        var bytes = new byte[length];
        Fill(bytes);
        return bytes;
    }

    /// <summary>A number from 0 to below a bound of at most 2^32; a little uneven, which no test minds.</summary>
    public int NextBelow(long bound) => (int)(BitConverter.ToUInt64(Next(sizeof(ulong))) % (ulong)bound);

    /// <summary>A polynomial with coefficients from 0 to below a bound.</summary>
    public int[] NextPolynomial(long bound) => [.. Enumerable.Range(0, 256).Select(_ => NextBelow(bound))];
}
