namespace OpenEntropy.Health;

/// <summary>A noise source with its health tests (SP 800-90B, 2.2).</summary>
internal sealed class EntropySource;
