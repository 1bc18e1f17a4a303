using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using OpenEntropy.Receipts;

namespace OpenEntropy.Server.Receipts;

/// <summary>The key receipts are signed with: ECDSA on P-256.</summary>
internal sealed class SigningKey : IDisposable
{
    /// <summary>A signature: r and s, 32 bytes each (RFC 7518, 3.4).</summary>
    public const int SignatureBytes = 2 * PrivateScalar.Length;

    private const string P256 = "1.2.840.10045.3.1.7";
    private const int RoomForPkcs8 = 256;

    private readonly byte[] _pkcs8;

    // One for each signature under way: the framework does not say that one may be used by several threads.
    private readonly ConcurrentBag<ECDsa> _idle = [];

    private SigningKey(byte[] pkcs8, ECDsa algorithm)
    {
        _pkcs8 = pkcs8;
        var point = algorithm.ExportParameters(includePrivateParameters: false).Q;
        (X, Y) = (Base64Url.EncodeToString(point.X), Base64Url.EncodeToString(point.Y));
        KeyId = JwkThumbprint.OfP256(point.X, point.Y);
        Pem = algorithm.ExportSubjectPublicKeyInfoPem() + "\n";
        ProtectedHeader = Base64Url.EncodeToString(
            Encoding.ASCII.GetBytes($$"""{"alg":"{{JwsHeader.Algorithm}}","typ":"{{JwsHeader.Type}}","kid":"{{KeyId}}"}""")
        );
    }

    /// <summary>The thumbprint (RFC 7638).</summary>
    public string KeyId { get; }

    /// <summary>The public point's x, base64url.</summary>
    public string X { get; }

    /// <summary>The public point's y, base64url.</summary>
    public string Y { get; }

    /// <summary>The public key: SubjectPublicKeyInfo in PEM.</summary>
    public string Pem { get; }

    /// <summary>The protected header of every receipt, base64url.</summary>
    public string ProtectedHeader { get; }

    /// <summary>The key as it is stored.</summary>
    public ReadOnlySpan<byte> Pkcs8 => _pkcs8;

    /// <summary>From a private scalar.</summary>
    /// <param name="scalar">1 to n − 1, <see cref="PrivateScalar.Length"/> bytes, big-endian; the caller zeroes it.</param>
    public static SigningKey FromScalar(byte[] scalar)
    {
        using var algorithm = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = scalar });
        return new SigningKey(Export(algorithm), algorithm);
    }

    /// <summary>From what was stored.</summary>
    /// <param name="pkcs8">Pinned; it becomes the key's own, or is zeroed where it is refused.</param>
    /// <returns>Null for anything else than a key on P-256 whose halves belong together, encoded as it is encoded here.</returns>
    public static SigningKey? FromPkcs8(byte[] pkcs8)
    {
        var accepted = false;
        try
        {
            using var algorithm = ECDsa.Create();
            algorithm.ImportPkcs8PrivateKey(pkcs8, out _);
            accepted = IsCanonical(algorithm, pkcs8) && IsPair(algorithm);
            return accepted ? new SigningKey(pkcs8, algorithm) : null;
        }
        catch (Exception exception) when (exception is CryptographicException or PlatformNotSupportedException)
        {
            return null; // no key, or one on a curve that is not known here
        }
        finally
        {
            if (!accepted)
            {
                CryptographicOperations.ZeroMemory(pkcs8);
            }
        }
    }

    /// <summary>Signs.</summary>
    /// <param name="hash">SHA-256 of the signing input.</param>
    /// <returns>r and s.</returns>
    public byte[] Sign(ReadOnlySpan<byte> hash)
    {
        if (!_idle.TryTake(out var algorithm))
        {
            algorithm = ECDsa.Create();
            algorithm.ImportPkcs8PrivateKey(_pkcs8, out _);
        }

        // The nonce of the signature comes from the library below, which takes it from the operating system.
        var signature = new byte[SignatureBytes];
        algorithm.SignHash(hash, signature, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        _idle.Add(algorithm);
        return signature;
    }

    /// <summary>Zeroes the key. Nothing is signed any more.</summary>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_pkcs8);
        while (_idle.TryTake(out var algorithm))
        {
            algorithm.Dispose();
        }
    }

    private static bool IsCanonical(ECDsa algorithm, ReadOnlySpan<byte> pkcs8)
    {
        if (algorithm.ExportParameters(includePrivateParameters: false).Curve.Oid.Value != P256)
        {
            return false;
        }

        var own = Export(algorithm);
        var same = own.AsSpan().SequenceEqual(pkcs8);
        CryptographicOperations.ZeroMemory(own);
        return same;
    }

    private static bool IsPair(ECDsa algorithm)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        hash.Clear();
        using var verifier = ECDsa.Create(algorithm.ExportParameters(includePrivateParameters: false));
        return verifier.VerifyHash(hash, algorithm.SignHash(hash.ToArray()));
    }

    private static byte[] Export(ECDsa algorithm)
    {
        var room = GC.AllocateArray<byte>(RoomForPkcs8, pinned: true);
        if (!algorithm.TryExportPkcs8PrivateKey(room, out var length))
        {
            throw new CryptographicException("a key on P-256 does not fit where it must");
        }

        var pkcs8 = GC.AllocateUninitializedArray<byte>(length, pinned: true);
        room.AsSpan(0, length).CopyTo(pkcs8);
        CryptographicOperations.ZeroMemory(room);
        return pkcs8;
    }
}
