namespace OpenEntropy.Pqc;

/// <summary>Fills a buffer with secret random bytes. The algorithms own no generator: whoever calls them says where randomness comes from.</summary>
/// <param name="target">Filled wholly, or the delegate throws.</param>
internal delegate void RandomBytes(Span<byte> target);
