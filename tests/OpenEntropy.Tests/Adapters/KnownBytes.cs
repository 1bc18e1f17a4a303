namespace OpenEntropy.Tests.Adapters;

/// <summary>Gives these bytes, then zeros; or refuses from a call on.</summary>
internal sealed class KnownBytes
{
    private readonly byte[] _bytes;
    private int _next;

    public KnownBytes(string digits) => _bytes = Convert.FromHexString(digits);

    /// <summary>Calls so far.</summary>
    public int Calls { get; private set; }

    /// <summary>Bytes asked for so far.</summary>
    public long Asked { get; private set; }

    /// <summary>Calls from which on nothing is given.</summary>
    public int RefuseFrom { get; init; } = int.MaxValue;

    public void Fill(Span<byte> destination)
    {
        if (++Calls >= RefuseFrom)
        {
            destination[0] = 0xAA; // as one that fails in the middle would leave it
            throw new EntropyUnavailableException(new EntropyRefusal(RefusalReason.PoolDry, "dry", TimeSpan.FromSeconds(1)));
        }

        Asked += destination.Length;
        destination.Clear();
        var count = Math.Min(destination.Length, _bytes.Length - _next);
        _bytes.AsSpan(_next, count).CopyTo(destination);
        _next += count;
    }
}
