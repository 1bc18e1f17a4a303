using System.Text;

namespace OpenEntropy.Tests.Receipts;

/// <summary>Texts that differ from one in a single bit.</summary>
internal static class Flips
{
    /// <summary>Each bit of each character of an ASCII text; the highest one makes it a character beyond ASCII.</summary>
    public static IEnumerable<string> Of(string text)
    {
        var bytes = Encoding.Latin1.GetBytes(text);
        for (var bit = 0; bit < 8 * bytes.Length; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            yield return Encoding.Latin1.GetString(bytes);
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }
}
