using System.Buffers.Binary;
using System.Security.Cryptography;

namespace OpenEntropy.Values;

/// <summary>
/// The bytes that values are made of, in their order. Every mapping of this namespace is a function of these bytes alone: the bytes consumed,
/// replayed, give the same values again, which is what a proof of them is. One thread at a time.
/// </summary>
public sealed class ByteSupply : IDisposable
{
    /// <summary>Bytes fetched at once unless told otherwise.</summary>
    public const int DefaultPiece = 4096;

    /// <summary>The most bytes fetched at once.</summary>
    public const int MaximumPiece = 1 << 20;

    /// <summary>The longest word, bytes.</summary>
    private const int LongestWord = sizeof(ulong);

    private readonly FillBytes? _fill;
    private readonly int _piece;
    private readonly bool _keeps;
    private readonly bool _owns = true;
    private byte[] _bytes;
    private long _dropped;
    private int _next;
    private int _end;
    private bool _disposed;

    /// <summary>A supply that fetches its bytes piece by piece.</summary>
    /// <param name="fill">Gives them.</param>
    /// <param name="piece">Bytes fetched at once, 1 to <see cref="MaximumPiece"/>.</param>
    /// <param name="keep">Whether what was consumed is kept for <see cref="ConsumedBytes"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The piece is out of its range.</exception>
    public ByteSupply(FillBytes fill, int piece = DefaultPiece, bool keep = false)
    {
        ArgumentNullException.ThrowIfNull(fill);
        ArgumentOutOfRangeException.ThrowIfLessThan(piece, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(piece, MaximumPiece);
        (_fill, _piece, _keeps, _bytes) = (fill, piece, keep, []);
    }

    private ByteSupply(byte[] bytes, int count, bool owned) => (_bytes, _end, _keeps, _owns) = (bytes, count, true, owned);

    /// <summary>Bytes consumed so far.</summary>
    public long Consumed => _dropped + _next;

    /// <summary>The bytes consumed so far, in their order.</summary>
    /// <exception cref="InvalidOperationException">They were not to be kept.</exception>
    /// <exception cref="ObjectDisposedException">They were zeroed.</exception>
    public ReadOnlySpan<byte> ConsumedBytes
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _keeps
                ? _bytes.AsSpan(0, _next)
                : throw new InvalidOperationException("This supply keeps nothing of what was consumed.");
        }
    }

    /// <summary>Whether what is held stays where it is in memory: the collector moves what is held for long, and leaves a copy that nobody zeroes.</summary>
    internal bool IsPinned { get; init; }

    /// <summary>Whether it was disposed.</summary>
    internal bool IsDisposed => _disposed;

    /// <summary>A supply of these bytes and no more.</summary>
    /// <param name="bytes">Copied.</param>
    public static ByteSupply Replay(ReadOnlySpan<byte> bytes) => new(bytes.ToArray(), bytes.Length, owned: true);

    /// <summary>The same over an array that stays its owner's, who zeroes it.</summary>
    internal static ByteSupply Over(byte[] bytes, int count) => new(bytes, count, owned: false);

    /// <summary>Consumes bytes as a number, the most significant first.</summary>
    /// <param name="count">Bytes, 1 to 8.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is out of its range.</exception>
    /// <exception cref="EndOfStreamException">A replayed supply has fewer left; it consumes none.</exception>
    public ulong ReadWord(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, LongestWord);
        if (_end - _next < count)
            Load(count);
        ulong word = 0;
        if (_bytes.Length - _next >= LongestWord)
            word = BinaryPrimitives.ReadUInt64BigEndian(_bytes.AsSpan(_next)) >> (8 * (LongestWord - count));
        else
        {
            foreach (var value in _bytes.AsSpan(_next, count))
                word = (word << 8) | value;
        }

        _next += count;
        return word;
    }

    /// <summary>Consumes bytes as they are.</summary>
    /// <param name="destination">Receives them.</param>
    /// <exception cref="EndOfStreamException">A replayed supply has fewer left; it consumes none.</exception>
    public void Read(Span<byte> destination)
    {
        if (_fill is null && _end - _next < destination.Length)
            Load(destination.Length); // which throws
        while (!destination.IsEmpty)
        {
            if (_next == _end)
                Load(1);
            var count = Math.Min(_end - _next, destination.Length);
            _bytes.AsSpan(_next, count).CopyTo(destination);
            _next += count;
            destination = destination[count..];
        }
    }

    /// <summary>Zeroes what is held. Nothing can be consumed afterwards.</summary>
    public void Dispose()
    {
        if (_owns)
            CryptographicOperations.ZeroMemory(_bytes);
        _dropped += _next;
        (_bytes, _next, _end, _disposed) = ([], 0, 0, true);
    }

    private void Load(int needed)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_fill is null)
            throw TooShort(needed);

        var kept = _keeps ? _next : 0;
        var left = _end - _next;
        var length = kept + left + Math.Max(_piece, needed - left);
        var grown =
            length <= _bytes.Length ? _bytes : GC.AllocateArray<byte>(_keeps ? Math.Max(length, 2 * _bytes.Length) : length, IsPinned);
        _bytes.AsSpan(_next - kept, kept + left).CopyTo(grown);
        if (grown != _bytes)
            CryptographicOperations.ZeroMemory(_bytes);
        _dropped += _next - kept;
        (_bytes, _next, _end) = (grown, kept, kept + left);

        // Only what was fetched counts as there: a refusal leaves the supply as it was.
        _fill(grown.AsSpan(_end, length - _end));
        _end = length;
    }

    private EndOfStreamException TooShort(int needed) =>
        new($"The bytes end: {needed} more are needed after {Consumed}, and {_end - _next} are left.");
}
