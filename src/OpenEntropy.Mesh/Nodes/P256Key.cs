using System.Security.Cryptography;
using OpenEntropy.Mesh.Frames;
using OpenEntropy.Pqc;

namespace OpenEntropy.Mesh.Nodes;

/// <summary>A key of ECDH on P-256 (SP 800-56A Rev. 3, 5.7.1.2), from the randomness it is given.</summary>
internal sealed class P256Key : IDisposable
{
    /// <summary>Bytes of a scalar and of a coordinate.</summary>
    public const int ScalarBytes = 32;

    private readonly ECDiffieHellman _key;

    private P256Key(ECDiffieHellman key)
    {
        _key = key;
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        Point = [.. point.X!, .. point.Y!];
    }

    /// <summary>x and y.</summary>
    public byte[] Point { get; }

    /// <summary>The order of the base point (SP 800-186, 3.2.1.3).</summary>
    private static ReadOnlySpan<ushort> Order =>
        [0xFFFF, 0xFFFF, 0x0000, 0x0000, 0xFFFF, 0xFFFF, 0xFFFF, 0xFFFF, 0xBCE6, 0xFAAD, 0xA717, 0x9E84, 0xF3B9, 0xCAC2, 0xFC63, 0x2551];

    /// <summary>A new key, by rejection sampling (FIPS 186-5, A.2.2, of which it differs in that 0 is rejected and nothing is added).</summary>
    /// <param name="random">Gives 32 bytes, again where they are out of range.</param>
    public static P256Key Generate(RandomBytes random)
    {
        var scalar = SecretArray.Of<byte>(ScalarBytes);
        try
        {
            Draw(random, scalar);
            return FromScalar(scalar);
        }
        finally
        {
            SecretArray.Zero(scalar);
        }
    }

    /// <summary>Draws a scalar.</summary>
    /// <param name="random">Gives 32 bytes, again where they are out of range.</param>
    /// <param name="scalar">Receives it.</param>
    public static void Draw(RandomBytes random, Span<byte> scalar)
    {
        do random(scalar);
        while (!IsScalar(scalar));
    }

    /// <summary>The key of a scalar.</summary>
    /// <param name="scalar">1 to n − 1, big-endian; the caller zeroes it.</param>
    /// <exception cref="CryptographicException">It is out of range.</exception>
    public static P256Key FromScalar(byte[] scalar) =>
        IsScalar(scalar)
            ? new P256Key(ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = scalar }))
            : throw new CryptographicException("A scalar of P-256 is 1 to n − 1.");

    /// <summary>Whether two coordinates are a point of the curve.</summary>
    /// <param name="point">x and y.</param>
    public static bool IsPoint(ReadOnlySpan<byte> point)
    {
        try
        {
            using var key = Import(point);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <summary>The x-coordinate of the common point.</summary>
    /// <param name="point">The other's x and y.</param>
    /// <param name="secret">Receives 32 bytes.</param>
    /// <exception cref="CryptographicException">The other's is no point of the curve.</exception>
    public void Agree(ReadOnlySpan<byte> point, Span<byte> secret)
    {
        using var other = Import(point);
        using var publicKey = other.PublicKey;
        var agreed = _key.DeriveRawSecretAgreement(publicKey);
        agreed.CopyTo(secret);
        CryptographicOperations.ZeroMemory(agreed);
    }

    /// <summary>Frees the key; its library clears it.</summary>
    public void Dispose() => _key.Dispose();

    private static ECDiffieHellman Import(ReadOnlySpan<byte> point) =>
        ECDiffieHellman.Create(
            new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new ECPoint { X = point[..ScalarBytes].ToArray(), Y = point[ScalarBytes..FrameLayout.PointBytes].ToArray() },
            }
        );

    // Neither time nor memory accesses depend on the scalar, but for the verdict.
    private static bool IsScalar(ReadOnlySpan<byte> scalar)
    {
        var (borrow, any) = (0, 0);
        for (var i = Order.Length - 1; i >= 0; i--)
        {
            var part = (scalar[2 * i] << 8) | scalar[(2 * i) + 1];
            any |= part;
            borrow = ((part - Order[i] - borrow) >> 31) & 1;
        }

        return borrow == 1 && any != 0;
    }
}
