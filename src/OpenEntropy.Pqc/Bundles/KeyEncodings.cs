namespace OpenEntropy.Pqc.Bundles;

/// <summary>The forms of keys in a bundle beside base64, which is always there.</summary>
[Flags]
internal enum KeyEncodings
{
    /// <summary>base64 alone.</summary>
    None = 0,

    /// <summary>Lower-case hexadecimal digits.</summary>
    Hex = 1,

    /// <summary>SubjectPublicKeyInfo and PKCS #8 in PEM: ML-KEM and ML-DSA.</summary>
    Pem = 2,

    /// <summary>JSON Web Key: ML-DSA.</summary>
    Jwk = 4,
}
