namespace OpenEntropy.Output;

/// <summary>Bytes given out since the start, by quality. The counters of the hot path are spread over the cores.</summary>
internal sealed class OutputCounts
{
    /// <summary>Longs in two cache lines, which some processors fetch together, so that no two cores' counters share any.</summary>
    private const int Stride = 16;

    private readonly long[] _drbg = new long[Environment.ProcessorCount * Stride];
    private long _limited;

    /// <summary>Generator output.</summary>
    public long Drbg
    {
        get
        {
            long sum = 0;
            for (var i = 0; i < _drbg.Length; i += Stride)
                sum += Volatile.Read(ref _drbg[i]);
            return sum;
        }
    }

    /// <summary>Entropy-limited output.</summary>
    public long Limited => Volatile.Read(ref _limited);

    /// <summary>Counts generator output.</summary>
    /// <param name="bytes">How much.</param>
    public void AddDrbg(long bytes) => Interlocked.Add(ref _drbg[Thread.GetCurrentProcessorId() % (_drbg.Length / Stride) * Stride], bytes);

    /// <summary>Counts entropy-limited output.</summary>
    /// <param name="bytes">How much.</param>
    public void AddLimited(long bytes) => Interlocked.Add(ref _limited, bytes);
}
