namespace OpenEntropy.Pqc.Bundles;

/// <summary>What became of the secret keys of a bundle.</summary>
internal enum SecretForm
{
    /// <summary>They were in the answer, in clear.</summary>
    Clear,

    /// <summary>They were in the answer, under a passphrase.</summary>
    Encrypted,

    /// <summary>They were in no answer: they are stored, under a passphrase.</summary>
    Withheld,
}
