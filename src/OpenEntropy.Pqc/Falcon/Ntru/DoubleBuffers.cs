namespace OpenEntropy.Pqc.Falcon.Ntru;

/// <summary>Some arrays of doubles of one length, zeroed when disposed of.</summary>
internal sealed class DoubleBuffers(int count, int length) : IDisposable
{
    private readonly double[] _all = SecretArray.Of<double>(count * length);

    /// <summary>Array number <paramref name="index"/>.</summary>
    public Span<double> this[int index] => _all.AsSpan(index * length, length);

    /// <summary>All arrays from number <paramref name="index"/> on, as one.</summary>
    public Span<double> From(int index) => _all.AsSpan(index * length);

    /// <inheritdoc/>
    public void Dispose() => SecretArray.Zero(_all);
}
