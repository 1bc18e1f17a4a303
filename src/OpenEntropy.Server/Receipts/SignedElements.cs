using System.Buffers.Text;
using OpenEntropy.Server.Randomness;

namespace OpenEntropy.Server.Receipts;

/// <summary>
/// The payload of a JWS that holds the elements, as its base64url text, a slice at a time: made once to be hashed and again to be written, so that
/// it is never held whole.
/// </summary>
/// <param name="head">What stands before the elements.</param>
/// <param name="request">Type, length and size.</param>
/// <param name="bytes">The random bytes.</param>
internal sealed class SignedElements(byte[] head, RandomRequest request, ReadOnlyMemory<byte> bytes) : IDisposable
{
    private const int Group = 3;

    // With the group that may wait before it, the base64url text of a slice fills what the pool rents to the byte.
    private const int SliceText = 12_288 - Group;

    private readonly ElementText _elements = new(request.Type, request.ElementBytes, json: true);

    // A slice, and after its last whole group of three bytes what waits for the next.
    private readonly PooledBytes _text = PooledBytes.Rent(SliceText + Group);
    private readonly PooledBytes _encoded = PooledBytes.Rent(Base64Url.GetEncodedLength(SliceText + Group));
    private int _headTaken;
    private int _bytesTaken;
    private int _waiting;

    /// <summary>The memory that a slice takes, bytes.</summary>
    public static long Held { get; } =
        PooledBytes.RentedLength(SliceText + Group) + PooledBytes.RentedLength(Base64Url.GetEncodedLength(SliceText + Group));

    /// <summary>The length of the whole, base64url text.</summary>
    public long Length
    {
        get
        {
            var text = head.Length + _elements.Measure(bytes.Span) - 1 + End.Length;
            return (text / Group * (Group + 1)) + (text % Group > 0 ? (text % Group) + 1 : 0);
        }
    }

    private bool IsTaken => _headTaken == head.Length && _bytesTaken == bytes.Length;

    private static ReadOnlySpan<byte> End => JsonHead.EndOf(AnswerShape.Service);

    /// <summary>The next slice; empty after the last.</summary>
    public ReadOnlyMemory<byte> Next()
    {
        var end = _waiting + Fill(_text.Span[_waiting..SliceText]);
        var whole = IsTaken ? end : end / Group * Group;
        var encoded = Base64Url.EncodeToUtf8(_text.Span[..whole], _encoded.Span);
        _text.Span[whole..end].CopyTo(_text.Span);
        _waiting = end - whole;
        return _encoded.Memory[..encoded];
    }

    /// <summary>Zeroes the text. To be called once.</summary>
    public void Dispose()
    {
        _text.Dispose();
        _encoded.Dispose();
    }

    // An element is at most 4,099 bytes of text: each call takes some.
    private int Fill(Span<byte> target)
    {
        if (_headTaken < head.Length)
        {
            var count = Math.Min(head.Length - _headTaken, target.Length);
            head.AsSpan(_headTaken, count).CopyTo(target);
            _headTaken += count;
            return count;
        }

        if (IsTaken)
        {
            return 0;
        }

        var left = bytes.Span[_bytesTaken..];
        var taken = Math.Min(left.Length, (target.Length - End.Length) / _elements.MaxElementText * _elements.ElementBytes);
        var written = _elements.Write(left[..taken], target);
        _bytesTaken += taken;
        if (IsTaken)
        {
            End.CopyTo(target[--written..]); // no comma after the last
            written += End.Length;
        }

        return written;
    }
}
