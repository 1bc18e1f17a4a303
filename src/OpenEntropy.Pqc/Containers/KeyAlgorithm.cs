using OpenEntropy.Pqc.MlDsa;
using OpenEntropy.Pqc.MlKem;

namespace OpenEntropy.Pqc.Containers;

/// <summary>An algorithm with standard containers: ML-KEM (RFC 9935) and ML-DSA (RFC 9881), whose private keys have the same three forms.</summary>
internal sealed class KeyAlgorithm
{
    private const string Kems = "2.16.840.1.101.3.4.4.";
    private const string Signatures = "2.16.840.1.101.3.4.3.";

    private KeyAlgorithm(string name, string oid) => (Name, Oid) = (name, oid);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<KeyAlgorithm> All { get; } =
    [
        Of(MlKemParameters.MlKem512, Kems + "1"), // RFC 9935, 3
        Of(MlKemParameters.MlKem768, Kems + "2"),
        Of(MlKemParameters.MlKem1024, Kems + "3"),
        Of(MlDsaParameters.MlDsa44, Signatures + "17"), // RFC 9881, 2
        Of(MlDsaParameters.MlDsa65, Signatures + "18"),
        Of(MlDsaParameters.MlDsa87, Signatures + "19"),
    ];

    /// <summary>The standard's name.</summary>
    public string Name { get; }

    /// <summary>The object identifier; its parameters are absent.</summary>
    public string Oid { get; }

    /// <summary>Bytes of a public key.</summary>
    public required int PublicKeyBytes { get; init; }

    /// <summary>Bytes of a seed.</summary>
    public required int SeedBytes { get; init; }

    /// <summary>Bytes of an expanded private key.</summary>
    public required int ExpandedKeyBytes { get; init; }

    /// <summary>Makes the keys of a seed.</summary>
    public required SeedExpansion Expand { get; init; }

    /// <summary>Takes the public key out of an expanded private key, and checks that.</summary>
    public required PublicKeyExtraction TryGetPublicKey { get; init; }

    /// <summary>The algorithm of a name.</summary>
    /// <param name="name">The standard's name.</param>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static KeyAlgorithm Named(string name) =>
        All.FirstOrDefault(algorithm => algorithm.Name == name)
        ?? throw new ArgumentException($"No algorithm with containers is named {name}.", nameof(name));

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    private static KeyAlgorithm Of(MlDsaParameters parameters, string oid) =>
        new(parameters.Name, oid)
        {
            PublicKeyBytes = parameters.PublicKeyBytes,
            SeedBytes = MlDsaParameters.SeedBytes,
            ExpandedKeyBytes = parameters.ExpandedKeyBytes,
            Expand = (seed, publicKey, expandedKey) => MlDsaKeyGeneration.Generate(parameters, seed, publicKey, expandedKey),
            TryGetPublicKey = (expandedKey, publicKey) => ExpandedKey.TryGetPublicKey(parameters, expandedKey, publicKey),
        };

    private static KeyAlgorithm Of(MlKemParameters parameters, string oid) =>
        new(parameters.Name, oid)
        {
            PublicKeyBytes = parameters.EncapsulationKeyBytes,
            SeedBytes = MlKemParameters.SeedBytes,
            ExpandedKeyBytes = parameters.DecapsulationKeyBytes,
            Expand = (seed, publicKey, expandedKey) => MlKemInternal.GenerateKeys(parameters, seed, publicKey, expandedKey),
            TryGetPublicKey = (expandedKey, publicKey) => TryGetEncapsulationKey(parameters, expandedKey, publicKey),
        };

    // FIPS 203, 7.3: the hash check of a decapsulation key.
    private static bool TryGetEncapsulationKey(MlKemParameters parameters, ReadOnlySpan<byte> expandedKey, Span<byte> publicKey)
    {
        expandedKey.Slice(parameters.VectorBytes, publicKey.Length).CopyTo(publicKey);
        return MlKemFunctions.IsDecapsulationKey(parameters, expandedKey);
    }
}
