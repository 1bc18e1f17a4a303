using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OpenEntropy.Noise;

/// <summary>
/// The numeric fields of a kernel table: tokens between white space that consist of digits only, so that <c>CPU0</c>, <c>24:</c> and <c>-1</c>
/// are not among them. Text is fed in pieces, and a field may straddle two of them.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal struct NumericFields
{
    private ulong _field;
    private State _state;

    private enum State
    {
        Gap,
        Number,
        Text,
    }

    /// <summary>Fields seen.</summary>
    public int Count { get; private set; }

    /// <summary>The fields' sum, modulo 2^64; a kernel counter that wraps at a power of two from 2^8 on leaves the low byte of a difference right.</summary>
    public ulong Sum { get; private set; }

    /// <summary>Feeds the next piece of text.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(ReadOnlySpan<byte> text)
    {
        foreach (var character in text)
        {
            if (character is (byte)' ' or (byte)'\n' or (byte)'\t')
                End();
            else if (character is >= (byte)'0' and <= (byte)'9' && _state != State.Text)
                (_state, _field) = (State.Number, unchecked((_field * 10) + (ulong)(character - '0')));
            else
                _state = State.Text;
        }
    }

    /// <summary>Ends the field at the end of the text, and any other at white space.</summary>
    public void End()
    {
        if (_state == State.Number)
        {
            Count++;
            Sum = unchecked(Sum + _field);
        }

        (_state, _field) = (State.Gap, 0);
    }

    /// <summary>
    /// The sum of the fields' increments since an earlier reading of the same table, modulo 2^64. 0 where fields appeared or disappeared (a device
    /// or a processor came or went): the difference would then hold a counter's value, and only increments are measurements.
    /// </summary>
    public readonly ulong IncrementsSince(in NumericFields earlier) => Count == earlier.Count ? unchecked(Sum - earlier.Sum) : 0;
}
