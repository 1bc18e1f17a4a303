using System.Security.Cryptography;

namespace OpenEntropy.Noise.Hardware;

/// <summary>
/// Takes a camera's frames two by two and gives the lowest 2 bits of the difference of each pair, pixel by pixel along the walk: the fixed scene
/// cancels out, and each frame is used once. Of a frame the walk's luma is kept until the next but one, of a difference the 2 bits alone. Pure: the camera is <see cref="V4l2Camera"/>'s.
/// </summary>
/// <param name="layout">How the frames look.</param>
internal sealed class FramePairs(LumaLayout layout)
{
    private const int KeptBits = 0b11;

    private readonly byte[] _differences = new byte[layout.Pixels];
    private byte[] _last = new byte[layout.Pixels];
    private byte[] _fresh = new byte[layout.Pixels];
    private bool _hasLast;
    private bool _hasEarlier;
    private int _next = layout.Pixels;

    /// <summary>How the frames look.</summary>
    public LumaLayout Layout => layout;

    /// <summary>How many frames in a row were the one before them once more. They are part of no pair.</summary>
    public int Repeats { get; private set; }

    /// <summary>True when all differences were taken.</summary>
    public bool IsEmpty => _next == layout.Pixels;

    /// <summary>Adds the next frame. What was not taken of the pair before is lost when a pair becomes complete.</summary>
    /// <param name="frame">At least as many bytes as the layout says.</param>
    public void Add(ReadOnlySpan<byte> frame)
    {
        layout.Read(frame, _fresh);
        if (_hasLast && _fresh.AsSpan().SequenceEqual(_last))
        {
            Repeats++;
            CryptographicOperations.ZeroMemory(_fresh);
            return;
        }

        Repeats = 0;
        if (_hasEarlier)
        {
            for (var i = 0; i < _differences.Length; i++)
                _differences[i] = (byte)((_fresh[i] - _last[i]) & KeptBits); // digitization: the lowest 2 bits of the difference of a pixel's luma
            _next = 0;
        }

        _hasEarlier = !_hasEarlier;
        (_last, _fresh, _hasLast) = (_fresh, _last, true);
        CryptographicOperations.ZeroMemory(_fresh);
    }

    /// <summary>Takes the lowest 2 bits of the differences, later frame minus earlier, each once.</summary>
    /// <param name="samples">Receives them, 0 to 3.</param>
    /// <returns>The number written.</returns>
    public int Take(Span<byte> samples)
    {
        var count = Math.Min(samples.Length, layout.Pixels - _next);
        for (var i = 0; i < count; i++)
        {
            samples[i] = _differences[_next];
            _differences[_next++] = 0;
        }

        return count;
    }

    /// <summary>Forgets everything seen.</summary>
    public void Clear()
    {
        CryptographicOperations.ZeroMemory(_differences);
        CryptographicOperations.ZeroMemory(_last);
        CryptographicOperations.ZeroMemory(_fresh);
        (_hasLast, _hasEarlier, _next, Repeats) = (false, false, layout.Pixels, 0);
    }
}
