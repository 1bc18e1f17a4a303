using OpenEntropy.Pqc.Hashing;

namespace OpenEntropy.Pqc.Falcon.Sampling;

/// <summary>
/// The generator behind the integer sampler: SHAKE256 of a secret seed, squeezed without end, and read through a buffer. The specification leaves the
/// generator free (3.9.3); this one needs no other primitive than hashing does. Secret; zeroed when disposed of.
/// </summary>
internal sealed class ShakeStream : IDisposable
{
    private Sponge _sponge = Sponge.Shake256();

    /// <summary>Begins the stream of a seed.</summary>
    public ShakeStream(ReadOnlySpan<byte> seed) => _sponge.Absorb(seed);

    /// <summary>The next bytes of the stream.</summary>
    public void Fill(Span<byte> target) => _sponge.Squeeze(target);

    /// <inheritdoc/>
    public void Dispose() => _sponge.Clear();
}
