using System.Security.Cryptography;

namespace OpenEntropy.Pqc.Tests.Falcon;

/// <summary>Algorithm 16 written a second time, with strings of bits and products as at school: what the library is compared with.</summary>
internal static class SchoolVerifier
{
    private const int Q = 12289;

    /// <summary>h of an encoded key.</summary>
    public static int[] PublicKey(ReadOnlySpan<byte> encoded) =>
        [.. Bits(encoded[1..]).Chunk(14).Select(chunk => chunk.Aggregate(0, (value, bit) => (2 * value) + bit))];

    /// <summary>s1 and s2 of a signature.</summary>
    public static (int[] S1, int[] S2) Read(ReadOnlySpan<byte> publicKey, byte[] message, byte[] signature)
    {
        var h = PublicKey(publicKey);
        var s2 = new List<int>();
        var bits = Bits(signature.AsSpan(41));
        for (var (at, i) = (0, 0); i < h.Length; i++)
        {
            var low = Enumerable.Range(1, 7).Aggregate(0, (value, bit) => (2 * value) + bits[at + bit]);
            var high = 0;
            while (bits[at + 8 + high] == 0)
                high++;
            s2.Add((bits[at] == 1 ? -1 : 1) * ((128 * high) + low));
            at += 9 + high;
        }
        var product = Product(h, s2);
        var s1 = Point([.. signature[1..41], .. message], h.Length).Zip(product, (c, p) => (((c - p) % Q) + Q) % Q);
        return ([.. s1.Select(value => value > Q / 2 ? value - Q : value)], [.. s2]);
    }

    /// <summary>A product modulo q and x^n + 1, with coefficients of [0, q).</summary>
    public static int[] Product(IReadOnlyList<int> a, IEnumerable<int> b)
    {
        var sums = new long[a.Count];
        foreach (var (j, value) in b.Index())
        {
            for (var i = 0; i < a.Count; i++)
                sums[(i + j) % a.Count] += (i + j < a.Count ? 1L : -1L) * a[i] * value;
        }
        return [.. sums.Select(sum => (int)(((sum % Q) + Q) % Q))];
    }

    /// <summary>A product with a polynomial of small coefficients.</summary>
    public static int[] Product(IReadOnlyList<int> a, sbyte[] b) => Product(a, b.Select(value => (int)value));

    private static IEnumerable<int> Point(byte[] input, int degree)
    {
        var stream = Shake256.HashData(input, 4 * degree);
        return stream.Chunk(2).Select(pair => (256 * pair[0]) + pair[1]).Where(word => word < 5 * Q).Take(degree).Select(word => word % Q);
    }

    private static int[] Bits(ReadOnlySpan<byte> bytes)
    {
        var bits = new int[8 * bytes.Length];
        for (var i = 0; i < bits.Length; i++)
            bits[i] = (bytes[i / 8] >> (7 - (i % 8))) & 1;
        return bits;
    }
}
