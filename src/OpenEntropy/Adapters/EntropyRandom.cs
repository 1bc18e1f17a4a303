using System.Security.Cryptography;
using OpenEntropy.Values;

namespace OpenEntropy.Adapters;

/// <summary>
/// A pool in the shape of <see cref="Random"/>, for code that asks for one. Every member draws from the pool, without bias, and none from another
/// generator; where the pool gives nothing the call throws. Numbers are made as <see cref="IntegerRange"/> and <see cref="UnitFloats"/> make them.
/// Several threads may use one. It draws <see cref="DrawnAhead"/> bytes at once and keeps what was not used: dispose it to have that zeroed.
/// </summary>
/// <remarks>There is no seed and no sequence to repeat. Keys are drawn from <see cref="EntropyRandomNumberGenerator"/>, which holds nothing.</remarks>
public sealed class EntropyRandom : Random, IDisposable
{
    /// <summary>Bytes drawn at once, but for requests of as many or more, which are drawn by themselves.</summary>
    public const int DrawnAhead = 1024;

    private const int SingleBytes = 3;
    private const float SingleStep = 1f / (1 << (8 * SingleBytes));

    private static readonly UniformWord s_int32 = new(int.MaxValue - 1);
    private static readonly UniformWord s_int64 = new(long.MaxValue - 1);

    private readonly FillBytes _fill;
    private readonly ByteSupply _supply;
    private readonly Lock _gate = new();

    /// <summary>Numbers from a pool, which stays its owner's.</summary>
    /// <param name="pool">Harvests.</param>
    public EntropyRandom(EntropyPool pool)
        : this((pool ?? throw new ArgumentNullException(nameof(pool))).GetBytes) { }

    /// <summary>Numbers from bytes.</summary>
    /// <param name="fill">Gives the bytes, to several threads at a time, or throws.</param>
#pragma warning disable RS0030 // nothing is ever drawn from the base; the seed spares it from drawing one
    public EntropyRandom(FillBytes fill)
        : base(0)
#pragma warning restore RS0030
    {
        ArgumentNullException.ThrowIfNull(fill);
        (_fill, _supply) = (fill, new ByteSupply(fill, DrawnAhead) { IsPinned = true });
    }

    /// <summary>A number from 0 up to but not <see cref="int.MaxValue"/>.</summary>
    /// <exception cref="EntropyUnavailableException">The pool gives nothing, here as in every other member.</exception>
    /// <exception cref="ObjectDisposedException">It was disposed, here as in every other member.</exception>
    public override int Next() => (int)Draw(s_int32);

    /// <summary>A number from 0 up to but not <paramref name="maxValue"/>; 0 where that is 0.</summary>
    /// <param name="maxValue">At least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public override int Next(int maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxValue);
        return (int)Below((ulong)maxValue);
    }

    /// <summary>A number from <paramref name="minValue"/> up to but not <paramref name="maxValue"/>; the first where they are the same.</summary>
    /// <param name="minValue">The smallest.</param>
    /// <param name="maxValue">Not below it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The smallest is above it.</exception>
    public override int Next(int minValue, int maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minValue, maxValue);
        return (int)(minValue + (long)Below((ulong)((long)maxValue - minValue)));
    }

    /// <summary>A number from 0 up to but not <see cref="long.MaxValue"/>.</summary>
    public override long NextInt64() => (long)Draw(s_int64);

    /// <summary>A number from 0 up to but not <paramref name="maxValue"/>; 0 where that is 0.</summary>
    /// <param name="maxValue">At least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public override long NextInt64(long maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxValue);
        return (long)Below((ulong)maxValue);
    }

    /// <summary>A number from <paramref name="minValue"/> up to but not <paramref name="maxValue"/>; the first where they are the same.</summary>
    /// <param name="minValue">The smallest.</param>
    /// <param name="maxValue">Not below it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The smallest is above it.</exception>
    public override long NextInt64(long minValue, long maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minValue, maxValue);
        return unchecked((long)((ulong)minValue + Below((ulong)maxValue - (ulong)minValue)));
    }

    /// <summary>A number from 0 up to but not 1, a multiple of 2^−53.</summary>
    public override double NextDouble()
    {
        lock (_gate)
            return UnitFloats.Next(_supply);
    }

    /// <summary>A number from 0 up to but not 1, a multiple of 2^−24.</summary>
    public override float NextSingle()
    {
        lock (_gate)
            return _supply.ReadWord(SingleBytes) * SingleStep;
    }

    /// <summary>Fills with random bytes.</summary>
    /// <param name="buffer">Any length; zeroed where the pool gives nothing.</param>
    public override void NextBytes(byte[] buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        NextBytes(buffer.AsSpan());
    }

    /// <summary>Fills with random bytes.</summary>
    /// <param name="buffer">Any length; zeroed where the pool gives nothing.</param>
    public override void NextBytes(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
        {
            lock (_gate)
                ObjectDisposedException.ThrowIf(_supply.IsDisposed, this);
            return;
        }

        try
        {
            if (buffer.Length >= DrawnAhead)
            {
                Filled(buffer);
                return;
            }

            lock (_gate)
                _supply.Read(buffer);
        }
        catch
        {
            CryptographicOperations.ZeroMemory(buffer);
            throw;
        }
    }

    /// <summary>Zeroes what was drawn ahead. Nothing can be drawn afterwards; the pool goes on.</summary>
    public void Dispose()
    {
        lock (_gate)
            _supply.Dispose();
    }

    /// <inheritdoc/>
    protected override double Sample() => NextDouble();

    private void Filled(Span<byte> buffer)
    {
        lock (_gate)
            ObjectDisposedException.ThrowIf(_supply.IsDisposed, this);
        _fill(buffer); // several threads at a time
    }

    // 0 to count − 1; 0 of none, as Random has it.
    private ulong Below(ulong count)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_supply.IsDisposed, this); // a range of one consumes no byte
            return count == 0 ? 0 : new UniformWord(count - 1).Next(_supply);
        }
    }

    private ulong Draw(in UniformWord word)
    {
        lock (_gate)
            return word.Next(_supply);
    }
}
