using System.Diagnostics;
using System.Security.Cryptography;
using OpenEntropy.Pqc.Falcon;
using OpenEntropy.Pqc.Kyber;
using OpenEntropy.Pqc.MlDsa;
using OpenEntropy.Pqc.MlKem;

namespace OpenEntropy.Pqc.Bundles;

/// <summary>
/// What is tried once before the first key is made: that this process computes what the tests of the library hold against other implementations, and
/// that what it makes works. The hashes are SHA-256 of keys made from zero seeds.
/// </summary>
internal static class BundleSelfTest
{
    /// <summary>Tries.</summary>
    public static IReadOnlyList<BundleCheck> Run() => [.. RunTimed().Select(each => each.Check)];

    /// <summary>Tries, and tells how long each took.</summary>
    public static IReadOnlyList<(BundleCheck Check, TimeSpan Elapsed)> RunTimed() =>
        [
            Time(() => Try("ml-kem-768", "keys of a known seed, and a secret that both sides have", TryMlKem)),
            Time(() => Try("ml-dsa-65", "keys of a known seed, a signature, and one altered", TryMlDsa)),
            Time(() => Try("falcon-512", "keys of a known seed, a signature, and one altered", TryFalcon)),
            Time(() => Try("kyber512-round3", "keys of a known seed, and a secret that both sides have", TryKyber512)),
        ];

    /// <summary>Tries one thing. Whatever it throws is a failure of it: a library that is missing, a number out of its range, an array too short.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="detail">What it tries.</param>
    /// <param name="test">Whether it is as it must be.</param>
    internal static BundleCheck Try(string name, string detail, Func<bool> test)
    {
        try
        {
            return new BundleCheck(name, test(), detail);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return new BundleCheck(name, Ok: false, $"{detail}: {exception.GetType().Name}");
        }
    }

    private static (BundleCheck Check, TimeSpan Elapsed) Time(Func<BundleCheck> run)
    {
        var start = Stopwatch.GetTimestamp();
        var check = run();
        return (check, Stopwatch.GetElapsedTime(start));
    }

    private static bool TryMlKem()
    {
        using var pair = MlKemKeyPair.FromSeed(MlKemParameters.MlKem768, new byte[MlKemParameters.SeedBytes]);
        var (ciphertext, sent, received) = (new byte[pair.Parameters.CiphertextBytes], new byte[32], new byte[32]);
        MlKemFunctions.Encapsulate(pair.Parameters, pair.EncapsulationKey, new byte[MlKemParameters.MessageBytes], ciphertext, sent);
        pair.Decapsulate(ciphertext, received);
        return IsHash(pair.EncapsulationKey, KnownMlKem) && sent.AsSpan().SequenceEqual(received);
    }

    private static bool TryMlDsa()
    {
        using var key = MlDsaPrivateKey.FromSeed(MlDsaParameters.MlDsa65, new byte[MlDsaParameters.SeedBytes]);
        var signature = key.SignDeterministically("test"u8, []);
        var works = key.PublicKey.Verify("test"u8, [], signature);
        signature[0] ^= 1;
        return IsHash(key.PublicKey.Encoded.Span, KnownMlDsa) && works && !key.PublicKey.Verify("test"u8, [], signature);
    }

    private static bool TryFalcon()
    {
        using var key = FalconKeyGenerator.Generate(FalconParameters.Falcon512, new byte[FalconKeyGenerator.SeedBytes]);
        using var signer = new FalconSigner(key);
        var signature = signer.Sign("test"u8, FalconSignatureFormat.Padded, target => target.Clear());
        var works = key.PublicKey.Verify("test"u8, signature, FalconSignatureFormat.Padded);
        signature[1] ^= 1;
        var isKnown = IsHash(key.PublicKey.Encoded, KnownFalcon) && IsHash(key.Encode(), KnownFalconSecret);
        return isKnown && works && !key.PublicKey.Verify("test"u8, signature, FalconSignatureFormat.Padded);
    }

    private static bool TryKyber512()
    {
        var (publicKey, secretKey) = (new byte[Kyber512.PublicKeyBytes], new byte[Kyber512.SecretKeyBytes]);
        Kyber512.GenerateKeys(new byte[Kyber512.SeedBytes], publicKey, secretKey);
        var (ciphertext, sent, received) = (new byte[Kyber512.CiphertextBytes], new byte[32], new byte[32]);
        Kyber512.Encapsulate(publicKey, new byte[32], ciphertext, sent);
        Kyber512.Decapsulate(secretKey, ciphertext, received);
        return IsHash(publicKey, KnownKyber512) && sent.AsSpan().SequenceEqual(received);
    }

    private static bool IsHash(ReadOnlySpan<byte> key, string known) => Convert.ToHexStringLower(SHA256.HashData(key)) == known;

    private const string KnownMlKem = "f95c185fe5b2335d2fc938dd889c6425944acd74376b6952bf1130f720f6ba99";
    private const string KnownMlDsa = "085ba380ff386dd52e42349c6eb88489d6058ea541a4e3fb0dce9a3fd1f7a911";
    private const string KnownFalcon = "5a3d6e5cb670808de9c50cdac289dabf0c6d685d06c6a82e98347c9798df6e72";
    private const string KnownFalconSecret = "bab0c0570efb74ee1ebb7586e612de332ac95b1d6fda088feda84afaea5a9988";
    private const string KnownKyber512 = "6058dbe84f059702e4c82e844fcb943526a309727f35f34ab320424df68b5413";
}
