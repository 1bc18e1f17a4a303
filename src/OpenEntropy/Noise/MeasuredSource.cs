using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace OpenEntropy.Noise;

/// <summary>
/// A noise source that measures whole numbers, durations most of them, of which each becomes one sample: the full width of a measurement can be
/// recorded as evidence (<see cref="Measure"/>), while health tests and credit see its digitized 8 bits alone.
/// </summary>
public abstract class MeasuredSource : NoiseSource
{
    private const int Chunk = 512; // 4 KiB of stack

    /// <summary>
    /// Takes measurements one after the other. The workload is fixed: nothing random or secret chooses addresses, sizes or branches. Allocates
    /// nothing.
    /// </summary>
    /// <param name="values">Receives the measurements, at least 1: durations in ticks of <see cref="TickCounter"/> unless the source says otherwise.</param>
    /// <returns>The number written; fewer than asked only where the device had no more.</returns>
    /// <exception cref="NoiseSourceException">The device failed.</exception>
    protected internal abstract int Measure(Span<long> values);

    /// <summary>The digitization (SP 800-90B, 2.2.1), of one measurement alone: the low byte of a duration, in steps of the counter.</summary>
    /// <param name="value">A measurement.</param>
    protected internal virtual byte Digitize(long value) => TickCounter.Digitize(value);

    /// <inheritdoc/>
    [SkipLocalsInit]
    protected internal sealed override int Collect(Span<byte> samples)
    {
        Span<long> values = stackalloc long[Chunk];
        try
        {
            var filled = 0;
            while (filled < samples.Length)
            {
                var wanted = Math.Min(Chunk, samples.Length - filled);
                var count = Measure(values[..wanted]);
                for (var i = 0; i < count; i++)
                    samples[filled + i] = Digitize(values[i]);
                filled += count;
                if (count < wanted)
                    break;
            }

            return filled;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(values));
        }
    }

    /// <summary>Takes measurements and forgets them: a source's way past the compiler's first tiers and the first faults.</summary>
    /// <param name="count">How many.</param>
    [SkipLocalsInit]
    protected void WarmUp(int count)
    {
        Span<long> discarded = stackalloc long[Chunk];
        for (var left = count; left > 0; left -= Chunk)
            _ = Measure(discarded[..Math.Min(left, Chunk)]);
    }
}
