namespace OpenEntropy.Pqc.Falcon;

/// <summary>The two parameter sets of the Falcon specification v1.2 (round 3), Table 3.3. This is Falcon, not FN-DSA.</summary>
internal sealed class FalconParameters
{
    /// <summary>The modulus q.</summary>
    public const int Modulus = 12289;

    /// <summary>Bytes of the salt r, the beginning of every signature after its header.</summary>
    public const int SaltBytes = 40;

    /// <summary>Header and salt of a signature.</summary>
    public const int SignatureHeadBytes = 1 + SaltBytes;

    /// <summary>σ_max, the standard deviation of the base sampler (Table 3.1).</summary>
    public const double SigmaMax = 1.8205;

    /// <summary>γ² = 1.17² q, the bound on the squared Gram–Schmidt norm of a private basis (Algorithm 5, line 9).</summary>
    public const double BasisNormBound = 1.17 * 1.17 * Modulus;

    /// <summary>Falcon-512.</summary>
    public static readonly FalconParameters Falcon512 = new("Falcon-512", 9, 165.7366171829776, 1.2778336969128337, 34034726, 666, 752, 6);

    /// <summary>Falcon-1024.</summary>
    public static readonly FalconParameters Falcon1024 = new(
        "Falcon-1024",
        10,
        168.38857144654395,
        1.298280334344292,
        70265242,
        1280,
        1462,
        5
    );

    private FalconParameters(
        string name,
        int logDegree,
        double sigma,
        double sigmaMin,
        int normBound,
        int paddedSignatureBytes,
        int maxCompressedSignatureBytes,
        int smallBits
    )
    {
        Name = name;
        LogDegree = logDegree;
        Sigma = sigma;
        SigmaMin = sigmaMin;
        NormBound = normBound;
        PaddedSignatureBytes = paddedSignatureBytes;
        MaxCompressedSignatureBytes = maxCompressedSignatureBytes;
        SmallBits = smallBits;
    }

    /// <summary>"Falcon-512" or "Falcon-1024".</summary>
    public string Name { get; }

    /// <summary>log2 n: 9 or 10; the low half of every header byte.</summary>
    public int LogDegree { get; }

    /// <summary>n, the degree of the ring Z[x]/(x^n + 1).</summary>
    public int Degree => 1 << LogDegree;

    /// <summary>σ, the standard deviation of signatures.</summary>
    public double Sigma { get; }

    /// <summary>σ_min, the least standard deviation of the integer sampler.</summary>
    public double SigmaMin { get; }

    /// <summary>⌊β²⌋, the greatest squared norm of a signature.</summary>
    public int NormBound { get; }

    /// <summary>sbytelen: the bytes of a padded signature, header and salt included.</summary>
    public int PaddedSignatureBytes { get; }

    /// <summary>
    /// The most bytes a compressed signature can have, header and salt included: 9 bits a coefficient, and by Cauchy–Schwarz no more than
    /// √n β / 128 further unary bits. Rounded up as other implementations do, which reserve these 752 and 1462 bytes.
    /// </summary>
    public int MaxCompressedSignatureBytes { get; }

    /// <summary>Bits of a coefficient of f and g in an encoded private key (3.11.5).</summary>
    public int SmallBits { get; }

    /// <summary>Bytes of an encoded public key: a header and 14 bits a coefficient (3.11.4).</summary>
    public int PublicKeyBytes => 1 + (14 * Degree / 8);

    /// <summary>Bytes of an encoded private key: a header, f and g, and 8 bits for a coefficient of F (3.11.5).</summary>
    public int PrivateKeyBytes => 1 + (2 * SmallBits * Degree / 8) + Degree;
}
