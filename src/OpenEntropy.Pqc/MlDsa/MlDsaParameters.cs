namespace OpenEntropy.Pqc.MlDsa;

/// <summary>A parameter set of FIPS 204, Table 1; the sizes of Table 2 follow from it.</summary>
internal sealed class MlDsaParameters
{
    /// <summary>Bytes of ξ, from which a key pair follows (FIPS 204, 5.1).</summary>
    public const int SeedBytes = 32;

    /// <summary>Bytes of rnd, the randomness of a signature (FIPS 204, 5.2).</summary>
    public const int RandomnessBytes = 32;

    /// <summary>Bytes of μ, the message representative (FIPS 204, 6.2).</summary>
    public const int RepresentativeBytes = 64;

    /// <summary>Bytes of tr, the hash of a public key.</summary>
    public const int KeyHashBytes = 64;

    /// <summary>Bytes of ρ and of K.</summary>
    public const int PartBytes = 32;

    /// <summary>Bytes of a context string at most (FIPS 204, 5.2).</summary>
    public const int MaximumContextBytes = 255;

    /// <summary>d, the bits dropped from t.</summary>
    public const int DroppedBits = 13;

    private MlDsaParameters(string name) => Name = name;

    /// <summary>ML-DSA-44, security category 2.</summary>
    public static MlDsaParameters MlDsa44 { get; } =
        new("ML-DSA-44")
        {
            Rows = 4,
            Columns = 4,
            Eta = 2,
            Tau = 39,
            ChallengeHashBytes = 32,
            MaskBits = 17,
            Classes = 44,
            Omega = 80,
        };

    /// <summary>ML-DSA-65, security category 3.</summary>
    public static MlDsaParameters MlDsa65 { get; } =
        new("ML-DSA-65")
        {
            Rows = 6,
            Columns = 5,
            Eta = 4,
            Tau = 49,
            ChallengeHashBytes = 48,
            MaskBits = 19,
            Classes = 16,
            Omega = 55,
        };

    /// <summary>ML-DSA-87, security category 5.</summary>
    public static MlDsaParameters MlDsa87 { get; } =
        new("ML-DSA-87")
        {
            Rows = 8,
            Columns = 7,
            Eta = 2,
            Tau = 60,
            ChallengeHashBytes = 64,
            MaskBits = 19,
            Classes = 16,
            Omega = 75,
        };

    /// <summary>The three sets.</summary>
    public static IReadOnlyList<MlDsaParameters> All { get; } = [MlDsa44, MlDsa65, MlDsa87];

    /// <summary>The standard's name, as <c>ML-DSA-65</c>.</summary>
    public string Name { get; }

    /// <summary>k, rows of the matrix.</summary>
    public required int Rows { get; init; }

    /// <summary>ℓ, columns of the matrix.</summary>
    public required int Columns { get; init; }

    /// <summary>η, the bound of a secret coefficient.</summary>
    public required int Eta { get; init; }

    /// <summary>τ, coefficients of the challenge that are 1 or -1.</summary>
    public required int Tau { get; init; }

    /// <summary>λ/4, bytes of c̃.</summary>
    public required int ChallengeHashBytes { get; init; }

    /// <summary>The logarithm of γ1 to base 2.</summary>
    public required int MaskBits { get; init; }

    /// <summary>(q - 1)/(2·γ2), the values of high bits.</summary>
    public required int Classes { get; init; }

    /// <summary>ω, ones in the hint at most.</summary>
    public required int Omega { get; init; }

    /// <summary>γ1, the bound of the mask.</summary>
    public int Gamma1 => 1 << MaskBits;

    /// <summary>γ2, half the width of a class.</summary>
    public int Gamma2 => (ModQ.Q - 1) / (2 * Classes);

    /// <summary>β = τ·η, the bound of a coefficient of c·s1 and c·s2.</summary>
    public int Beta => Tau * Eta;

    /// <summary>Bits of a packed coefficient of s1 and s2: bitlen(2·η).</summary>
    public int SecretBits => Eta == 2 ? 3 : 4;

    /// <summary>Bits of a packed coefficient of w1: bitlen((q - 1)/(2·γ2) - 1).</summary>
    public int HighBits => Classes == 44 ? 6 : 4;

    /// <summary>Bits of a packed coefficient of z.</summary>
    public int ResponseBits => MaskBits + 1;

    /// <summary>Bytes of a public key.</summary>
    public int PublicKeyBytes => PartBytes + (Rows * BitPacking.Bytes(23 - DroppedBits));

    /// <summary>Bytes of an expanded private key.</summary>
    public int ExpandedKeyBytes =>
        (2 * PartBytes) + KeyHashBytes + ((Rows + Columns) * BitPacking.Bytes(SecretBits)) + (Rows * BitPacking.Bytes(DroppedBits));

    /// <summary>Bytes of a signature.</summary>
    public int SignatureBytes => ChallengeHashBytes + (Columns * BitPacking.Bytes(ResponseBits)) + Omega + Rows;

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
