namespace OpenEntropy.Pqc;

/// <summary>Fills a buffer with random bytes: where keys and other secrets take their randomness from, which this library has none of itself.</summary>
/// <param name="target">What to fill, completely.</param>
internal delegate void RandomBytes(Span<byte> target);
