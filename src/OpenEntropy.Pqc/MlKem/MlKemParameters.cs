namespace OpenEntropy.Pqc.MlKem;

/// <summary>A parameter set of FIPS 203, 8: Table 2, and the lengths of Table 3, all in bytes.</summary>
internal sealed class MlKemParameters
{
    /// <summary>Bytes of the seed d‖z that a key pair is made from: 7.1, and the first form of a private key in RFC 9935.</summary>
    public const int SeedBytes = 64;

    /// <summary>Bytes of the message m that an encapsulation is made from: 7.2.</summary>
    public const int MessageBytes = 32;

    /// <summary>Bytes of a shared secret: Table 3.</summary>
    public const int SharedSecretBytes = 32;

    /// <summary>The most of k, for buffers.</summary>
    internal const int MaximumRank = 4;

    /// <summary>The most of <see cref="CiphertextBytes"/>, for buffers.</summary>
    internal const int MaximumCiphertextBytes = 1568;

    private MlKemParameters(string name, int rank, int eta1, int eta2, int du, int dv) =>
        (Name, Rank, Eta1, Eta2, Du, Dv) = (name, rank, eta1, eta2, du, dv);

    /// <summary>ML-KEM-512, security category 1.</summary>
    public static MlKemParameters MlKem512 { get; } = new("ML-KEM-512", 2, 3, 2, 10, 4);

    /// <summary>ML-KEM-768, security category 3.</summary>
    public static MlKemParameters MlKem768 { get; } = new("ML-KEM-768", 3, 2, 2, 10, 4);

    /// <summary>ML-KEM-1024, security category 5.</summary>
    public static MlKemParameters MlKem1024 { get; } = new("ML-KEM-1024", 4, 2, 2, 11, 5);

    /// <summary>All of them, the smallest first.</summary>
    public static IReadOnlyList<MlKemParameters> All { get; } = [MlKem512, MlKem768, MlKem1024];

    /// <summary>The standard's name.</summary>
    public string Name { get; }

    /// <summary>k: polynomials in a vector.</summary>
    public int Rank { get; }

    /// <summary>η₁: the width of the secrets and of a key's noise.</summary>
    public int Eta1 { get; }

    /// <summary>η₂: the width of a ciphertext's noise.</summary>
    public int Eta2 { get; }

    /// <summary>d_u: bits of a coefficient of u in a ciphertext.</summary>
    public int Du { get; }

    /// <summary>d_v: bits of a coefficient of v in a ciphertext.</summary>
    public int Dv { get; }

    /// <summary>Bytes of an encapsulation key.</summary>
    public int EncapsulationKeyBytes => VectorBytes + 32;

    /// <summary>Bytes of an expanded decapsulation key.</summary>
    public int DecapsulationKeyBytes => VectorBytes + EncapsulationKeyBytes + 64;

    /// <summary>Bytes of a ciphertext.</summary>
    public int CiphertextBytes => 32 * ((Du * Rank) + Dv);

    /// <summary>Bytes of a vector of polynomials with 12 bits a coefficient.</summary>
    internal int VectorBytes => 384 * Rank;
}
