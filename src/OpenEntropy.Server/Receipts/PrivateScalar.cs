using System.Security.Cryptography;

namespace OpenEntropy.Server.Receipts;

/// <summary>The private key of ECDSA on P-256 from random bytes: FIPS 186-5, A.2.2, by rejection sampling.</summary>
internal static class PrivateScalar
{
    /// <summary>Bytes of a candidate and of a key: the length of n, 256 bits.</summary>
    public const int Length = 32;

    /// <summary>n − 2, big-endian, with n the order of P-256 (SP 800-186, 3.2.1.3).</summary>
    private static ReadOnlySpan<byte> NMinus2 =>
        [
            0xFF,
            0xFF,
            0xFF,
            0xFF,
            0x00,
            0x00,
            0x00,
            0x00,
            0xFF,
            0xFF,
            0xFF,
            0xFF,
            0xFF,
            0xFF,
            0xFF,
            0xFF,
            0xBC,
            0xE6,
            0xFA,
            0xAD,
            0xA7,
            0x17,
            0x9E,
            0x84,
            0xF3,
            0xB9,
            0xCA,
            0xC2,
            0xFC,
            0x63,
            0x25,
            0x4F,
        ];

    /// <summary>
    /// Turns a candidate c into the key d = c + 1, of which every value from 1 to n − 1 is then equally likely; c &gt; n − 2, once in 2^32, is
    /// rejected. Neither time nor memory accesses depend on c, but for that verdict.
    /// </summary>
    /// <param name="candidate"><see cref="Length"/> random bytes, big-endian; they become the key, or zeros where they are rejected.</param>
    public static bool TryAccept(Span<byte> candidate)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(candidate.Length, Length, nameof(candidate));
        var borrow = 0; // of (n − 2) − c: 1 in the end where c is greater
        var carry = 1; // of c + 1
        for (var i = Length - 1; i >= 0; i--)
        {
            borrow = ((NMinus2[i] - candidate[i] - borrow) >> 31) & 1;
            carry += candidate[i];
            candidate[i] = (byte)carry;
            carry >>= 8;
        }

        if (borrow == 0)
        {
            return true;
        }

        CryptographicOperations.ZeroMemory(candidate);
        return false;
    }
}
