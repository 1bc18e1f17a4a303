namespace OpenEntropy.Pqc.Containers;

/// <summary>The key pair of a seed.</summary>
/// <param name="seed">The seed.</param>
/// <param name="publicKey">Becomes the public key.</param>
/// <param name="expandedKey">Becomes the expanded private key.</param>
internal delegate void SeedExpansion(ReadOnlySpan<byte> seed, Span<byte> publicKey, Span<byte> expandedKey);

/// <summary>The public key of an expanded private key.</summary>
/// <param name="expandedKey">The expanded private key.</param>
/// <param name="publicKey">Becomes the public key.</param>
/// <returns>False where the parts of the expanded key contradict each other.</returns>
internal delegate bool PublicKeyExtraction(ReadOnlySpan<byte> expandedKey, Span<byte> publicKey);
