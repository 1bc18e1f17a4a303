namespace OpenEntropy.Pqc.Containers;

/// <summary>What a private key's container holds: the CHOICE of RFC 9935, 6 and RFC 9881, 6.</summary>
internal enum PrivateKeyForm
{
    /// <summary>The seed, <c>[0]</c>: the form both recommend, and ours by default.</summary>
    Seed,

    /// <summary>The expanded key.</summary>
    Expanded,

    /// <summary>Both.</summary>
    Both,
}
