using System.Runtime.InteropServices;
using OpenEntropy.Noise.CrossDomain;

namespace OpenEntropy.Noise;

/// <summary>
/// Memory that sources time the reading of, one area for all that are open: nobody writes to it, and each with its own would make the process larger
/// by as much. Sources take turns, and what one leaves of it in the caches is part of what the next one times, as is what any program leaves.
/// </summary>
/// <param name="length">Bytes.</param>
internal sealed unsafe class SharedArea(int length)
{
    /// <summary>Beyond the near caches.</summary>
    public static readonly SharedArea Far = new(Domains.Bytes);

    /// <summary>What each byte is. Pages that nobody wrote to would all be the one page of zeros, and cached.</summary>
    public const byte Content = 0x5A;

    private const int LineBytes = 64;

    private readonly Lock _gate = new();
    private byte* _start; // beside the collector's heap: so large an object would have it collect everything at each opening
    private int _users;

    /// <summary>Its length, bytes.</summary>
    public int Length => length;

    /// <summary>Sources that have it now.</summary>
    internal int Users => _users;

    /// <summary>Takes the area, and makes it where nobody has it.</summary>
    /// <returns>Its start, at a line's; valid until <see cref="GiveBack"/>.</returns>
    public byte* Take()
    {
        lock (_gate)
        {
            if (_users == 0)
            {
                _start = (byte*)NativeMemory.AlignedAlloc((nuint)length, LineBytes);
                new Span<byte>(_start, length).Fill(Content);
            }

            _users++;
            return _start;
        }
    }

    /// <summary>Gives it back; the last who does gives it to the system.</summary>
    /// <param name="start">From <see cref="Take"/>, null afterwards; null: it was not taken.</param>
    public void GiveBack(ref byte* start)
    {
        lock (_gate)
        {
            if (start is null)
                return;
            start = null;
            if (--_users > 0)
                return;
            NativeMemory.AlignedFree(_start);
            _start = null;
        }
    }
}
