using System.Globalization;
using System.Numerics;
using System.Text;
using Xunit;

namespace OpenEntropy.Server.Tests.Values;

/// <summary>
/// The mappings once more, from the API reference alone and nothing of the service's code, with numbers of any size: what somebody would write who
/// wants to check a proof.
/// </summary>
internal sealed class ProofReplay(byte[] bytes)
{
    private int _next;

    /// <summary>Whether every byte was consumed.</summary>
    public bool AtEnd => _next == bytes.Length;

    public byte[] Take(int count)
    {
        Assert.True(_next + count <= bytes.Length, "the proof has too few bytes");
        return bytes[_next..(_next += count)];
    }

    public BigInteger Word(int count) => new(Take(count), isUnsigned: true, isBigEndian: true);

    public BigInteger Below(BigInteger n)
    {
        var width = 0;
        while (BigInteger.Pow(256, width) < n)
        {
            width++;
        }

        var whole = BigInteger.Pow(256, width) / n * n;
        var word = Word(width);
        while (word >= whole)
        {
            word = Word(width);
        }

        return word % n;
    }

    public string Integer(string min, string max) =>
        (BigInteger.Parse(min) + Below(BigInteger.Parse(max) - BigInteger.Parse(min) + 1)).ToString();

    /// <summary>By exchanging in a list, with all places written out.</summary>
    public IEnumerable<string> Shuffle(IEnumerable<string> items, int count)
    {
        var places = items.ToList();
        for (var i = 0; i < count; i++)
        {
            var there = i + (int)Below(places.Count - i);
            (places[i], places[there]) = (places[there], places[i]);
        }

        return places.Take(count);
    }

    public string Float() => ((double)(Word(7) / 8) / Math.Pow(2, 53)).ToString("R", CultureInfo.InvariantCulture);

    /// <summary>With the platform's logarithm: the last digits may differ.</summary>
    public (double, double) Gaussians()
    {
        while (true)
        {
            var u = Coordinate();
            var v = Coordinate();
            var s = (u * u) + (v * v);
            if (s < 1)
            {
                var f = Math.Sqrt(-2 * Math.Log(s) / s);
                return (u * f, v * f);
            }
        }
    }

    public string Uuid4()
    {
        var digits = Convert.ToHexStringLower(Take(16)).ToCharArray();
        digits[12] = '4';
        digits[16] = "89ab"[Convert.ToInt32(digits[16].ToString(), 16) & 3];
        return Dashed(new string(digits));
    }

    public IEnumerable<string> Uuids7(long milliseconds, int count)
    {
        var counted = (new BigInteger(milliseconds) * 4096) + (Word(2) % 2048);
        for (var i = 0; i < count; i++, counted++)
        {
            var random = (BigInteger.One << 63) + (Word(8) % (BigInteger.One << 62));
            yield return Dashed($"{(long)(counted / 4096):x12}7{(int)(counted % 4096):x3}{(ulong)random:x16}");
        }
    }

    public string Text(string alphabet, int length)
    {
        var characters = alphabet.EnumerateRunes().ToList();
        var text = new StringBuilder();
        for (var i = 0; i < length; i++)
        {
            text.Append(characters[(int)Below(characters.Count)]);
        }

        return text.ToString();
    }

    public string Choice(string[] items, int[] weights)
    {
        var drawn = Below(weights.Sum());
        var place = 0;
        for (; drawn >= weights[place]; place++)
        {
            drawn -= weights[place];
        }

        return items[place];
    }

    private static string Dashed(string digits) => $"{digits[..8]}-{digits[8..12]}-{digits[12..16]}-{digits[16..20]}-{digits[20..]}";

    private double Coordinate() => (double)((2 * (Word(7) / 16)) + 1 - BigInteger.Pow(2, 52)) / Math.Pow(2, 52);
}
