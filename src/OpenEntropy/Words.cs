using System.Numerics;
using System.Runtime.InteropServices;

namespace OpenEntropy;

/// <summary>Bytes taken many at a time.</summary>
internal static class Words
{
    /// <summary>XORs bytes into others. No branch and no address depends on their values.</summary>
    /// <param name="target">At least as long as <paramref name="other"/>; what is beyond it stays.</param>
    /// <param name="other">The bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The target is shorter.</exception>
    public static void Xor(Span<byte> target, ReadOnlySpan<byte> other)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(target.Length, other.Length, nameof(target));
        var whole = other.Length / Vector<byte>.Count * Vector<byte>.Count;
        var targets = MemoryMarshal.Cast<byte, Vector<byte>>(target[..whole]);
        var others = MemoryMarshal.Cast<byte, Vector<byte>>(other[..whole]);
        for (var i = 0; i < others.Length; i++)
            targets[i] ^= others[i];
        for (var i = whole; i < other.Length; i++)
            target[i] ^= other[i];
    }
}
