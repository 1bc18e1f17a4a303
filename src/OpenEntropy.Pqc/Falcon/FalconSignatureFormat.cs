namespace OpenEntropy.Pqc.Falcon;

/// <summary>
/// What follows the salt in a detached signature (specification 3.11.3). Both formats are the byte 0x30 + log2 n, the 40-byte salt, then the
/// compressed s2; these are the bytes of the reference implementation's FALCON_SIG_COMPRESSED and FALCON_SIG_PADDED, of PQClean's
/// <c>crypto_sign_signature</c> and of the detached signatures of other libraries. The NIST interface's signed message (length, salt, message, 0x20 +
/// log2 n, s2) is not produced or read here.
/// </summary>
internal enum FalconSignatureFormat
{
    /// <summary>As long as s2 needs: nothing follows but the zero bits that end its last byte. The length varies with the signature.</summary>
    Compressed,

    /// <summary>Zero bytes up to <see cref="FalconParameters.PaddedSignatureBytes"/>; signing draws again when s2 does not fit.</summary>
    Padded,
}
