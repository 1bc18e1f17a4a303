using System.Security.Cryptography;
using OpenEntropy.Pqc.Containers;
using OpenEntropy.Pqc.Falcon;
using OpenEntropy.Pqc.Kyber;
using OpenEntropy.Pqc.MlDsa;
using OpenEntropy.Pqc.MlKem;

namespace OpenEntropy.Pqc.Bundles;

/// <summary>An algorithm whose keys a bundle can hold.</summary>
internal sealed class BundleAlgorithm
{
    /// <summary>The kind of those that encapsulate keys.</summary>
    public const string Kem = "kem";

    /// <summary>The kind of those that sign.</summary>
    public const string Signature = "signature";

    private readonly Func<BundleAlgorithm, RandomBytes, MintedKey> _make;

    private BundleAlgorithm(string name, string kind, int publicKeyBytes, Func<BundleAlgorithm, RandomBytes, MintedKey> make) =>
        (Name, Kind, PublicKeyBytes, _make) = (name, kind, publicKeyBytes, make);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<BundleAlgorithm> All { get; } =
    [
        .. MlKemParameters.All.Select(Of),
        .. MlDsaParameters.All.Select(Of),
        Of(FalconParameters.Falcon512, "2.25.83372864449048220598312788117829895862"),
        Of(FalconParameters.Falcon1024, "2.25.91694012333325738709375865585412807463"),
        new("Kyber512-round3", Kem, Kyber512.PublicKeyBytes, MakeKyber512)
        {
            SeedBytes = Kyber512.SeedBytes,
            PrivateOid = "2.25.26553534075192349106826237412785850193",
            IsPublicKey = Kyber512.IsPublicKey,
            IsLegacy = true,
        },
    ];

    /// <summary>The standard's name; what is none says so in its name.</summary>
    public string Name { get; }

    /// <summary><see cref="Kem"/> or <see cref="Signature"/>.</summary>
    public string Kind { get; }

    /// <summary>Bytes of a public key.</summary>
    public int PublicKeyBytes { get; }

    /// <summary>Random bytes that a key takes.</summary>
    public required int SeedBytes { get; init; }

    /// <summary>Whether bytes of the right length are a public key.</summary>
    public required PublicKeyCheck IsPublicKey { get; init; }

    /// <summary>Its standard containers; null where there is no standard.</summary>
    public KeyAlgorithm? Container => PrivateOid is null ? KeyAlgorithm.Named(Name) : null;

    /// <summary>An identifier of our own (ITU-T X.667: below 2.25), for encrypted private keys, where there is no standard; otherwise null.</summary>
    public string? PrivateOid { get; private init; }

    /// <summary>Whether it is only for those who still have it: what came after it is a standard, and is not the same.</summary>
    public bool IsLegacy { get; private init; }

    /// <summary>The parameter set of ML-DSA; null for others.</summary>
    public MlDsaParameters? MlDsa { get; private init; }

    /// <summary>The algorithm of a name; null where there is none.</summary>
    /// <param name="name">The name.</param>
    public static BundleAlgorithm? Find(string name) => All.FirstOrDefault(algorithm => algorithm.Name == name);

    /// <summary>Makes a key pair.</summary>
    /// <param name="random">Gives <see cref="SeedBytes"/> bytes, of which the pair is a function.</param>
    public MintedKey Make(RandomBytes random) => _make(this, random);

    private static BundleAlgorithm Of(MlKemParameters parameters) =>
        new(parameters.Name, Kem, parameters.EncapsulationKeyBytes, (algorithm, random) => Make(algorithm, parameters, random))
        {
            SeedBytes = MlKemParameters.SeedBytes,
            IsPublicKey = key => MlKemFunctions.IsEncapsulationKey(parameters, key),
        };

    private static BundleAlgorithm Of(MlDsaParameters parameters) =>
        new(parameters.Name, Signature, parameters.PublicKeyBytes, (algorithm, random) => Make(algorithm, parameters, random))
        {
            SeedBytes = MlDsaParameters.SeedBytes,
            IsPublicKey = key => key.Length == parameters.PublicKeyBytes,
            MlDsa = parameters,
        };

    private static BundleAlgorithm Of(FalconParameters parameters, string oid) =>
        new(parameters.Name, Signature, parameters.PublicKeyBytes, (algorithm, random) => Make(algorithm, parameters, random))
        {
            SeedBytes = FalconKeyGenerator.SeedBytes,
            IsPublicKey = key => FalconPublicKey.TryDecode(parameters, key, out _),
            PrivateOid = oid,
        };

    private static MintedKey Make(BundleAlgorithm algorithm, MlKemParameters parameters, RandomBytes random)
    {
        using var pair = MlKemKeyPair.Generate(parameters, random);
        var (seed, secretKey) = (Pinned(MlKemParameters.SeedBytes), Pinned(parameters.DecapsulationKeyBytes));
        pair.ExportSeed(seed);
        pair.ExportDecapsulationKey(secretKey);
        return new MintedKey(algorithm, pair.EncapsulationKey.ToArray(), seed, secretKey);
    }

    private static MintedKey Make(BundleAlgorithm algorithm, MlDsaParameters parameters, RandomBytes random)
    {
        using var key = MlDsaPrivateKey.Generate(parameters, random);
        var (seed, secretKey) = (Pinned(MlDsaParameters.SeedBytes), Pinned(parameters.ExpandedKeyBytes));
        key.ExportSeed(seed);
        key.ExportExpanded(secretKey);
        return new MintedKey(algorithm, key.PublicKey.Encoded.ToArray(), seed, secretKey);
    }

    private static MintedKey Make(BundleAlgorithm algorithm, FalconParameters parameters, RandomBytes random)
    {
        Span<byte> seed = stackalloc byte[FalconKeyGenerator.SeedBytes];
        try
        {
            random(seed);
            using var key = FalconKeyGenerator.Generate(parameters, seed);
            return new MintedKey(algorithm, key.PublicKey.Encoded.ToArray(), [], key.Encode());
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }

    private static MintedKey MakeKyber512(BundleAlgorithm algorithm, RandomBytes random)
    {
        var (publicKey, secretKey) = (new byte[Kyber512.PublicKeyBytes], Pinned(Kyber512.SecretKeyBytes));
        Kyber512.GenerateKeys(random, publicKey, secretKey);
        return new MintedKey(algorithm, publicKey, [], secretKey);
    }

    private static byte[] Pinned(int length) => GC.AllocateArray<byte>(length, pinned: true);
}

/// <summary>Whether bytes from anywhere are a public key.</summary>
/// <param name="key">The bytes.</param>
internal delegate bool PublicKeyCheck(ReadOnlySpan<byte> key);
