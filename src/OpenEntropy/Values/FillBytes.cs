namespace OpenEntropy.Values;

/// <summary>Fills the whole destination with the next bytes, or throws. <see cref="EntropyPool.GetBytes"/> is one.</summary>
/// <param name="destination">Receives the bytes; at least one.</param>
public delegate void FillBytes(Span<byte> destination);
