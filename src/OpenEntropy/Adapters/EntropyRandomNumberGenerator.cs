using System.Security.Cryptography;
using OpenEntropy.Values;

namespace OpenEntropy.Adapters;

#pragma warning disable RS0030 // its shape is what is offered; nothing of the operating system's is called

/// <summary>
/// A pool in the shape of <see cref="RandomNumberGenerator"/>, for code that takes one. Every member draws from the pool, holds nothing back and
/// nothing over, and throws where the pool gives nothing. Several threads may use one. The static members of the base (<c>Fill</c>,
/// <c>GetInt32</c>, <c>GetBytes(int)</c>) stay the operating system's: no instance can change them.
/// </summary>
public sealed class EntropyRandomNumberGenerator : RandomNumberGenerator
{
    private readonly FillBytes _fill;

    /// <summary>Bytes from a pool, which stays its owner's: disposing this leaves it as it is.</summary>
    /// <param name="pool">Harvests.</param>
    public EntropyRandomNumberGenerator(EntropyPool pool)
        : this((pool ?? throw new ArgumentNullException(nameof(pool))).GetBytes) { }

    /// <summary>Bytes from a function.</summary>
    /// <param name="fill">Gives the bytes, to several threads at a time, or throws.</param>
    public EntropyRandomNumberGenerator(FillBytes fill)
    {
        ArgumentNullException.ThrowIfNull(fill);
        _fill = fill;
    }

    /// <summary>Fills with random bytes.</summary>
    /// <param name="data">Any length; zeroed where the pool gives nothing.</param>
    /// <exception cref="EntropyUnavailableException">The pool gives nothing, here as in every other member.</exception>
    public override void GetBytes(byte[] data)
    {
        ArgumentNullException.ThrowIfNull(data);
        GetBytes(data.AsSpan());
    }

    /// <summary>Fills a part with random bytes.</summary>
    /// <param name="data">What is outside the part stays as it is.</param>
    /// <param name="offset">Where the part begins.</param>
    /// <param name="count">Its length.</param>
    /// <exception cref="ArgumentOutOfRangeException">The offset or the count is negative.</exception>
    /// <exception cref="ArgumentException">The part reaches past the end.</exception>
    public override void GetBytes(byte[] data, int offset, int count)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (count > data.Length - offset)
            throw new ArgumentException($"{count} bytes from {offset} reach past the end of {data.Length}.", nameof(count));
        GetBytes(data.AsSpan(offset, count));
    }

    /// <summary>Fills with random bytes.</summary>
    /// <param name="data">Any length; zeroed where the pool gives nothing.</param>
    public override void GetBytes(Span<byte> data)
    {
        if (data.IsEmpty)
            return;
        try
        {
            _fill(data);
        }
        catch
        {
            CryptographicOperations.ZeroMemory(data);
            throw;
        }
    }

    /// <summary>Fills with random bytes 1 to 255.</summary>
    /// <param name="data">Any length; zeroed where the pool gives nothing.</param>
    public override void GetNonZeroBytes(byte[] data)
    {
        ArgumentNullException.ThrowIfNull(data);
        GetNonZeroBytes(data.AsSpan());
    }

    /// <summary>Fills with random bytes 1 to 255: zeros are dropped, what is left moves up, and the rest is drawn anew.</summary>
    /// <param name="data">Any length; zeroed where the pool gives nothing.</param>
    public override void GetNonZeroBytes(Span<byte> data)
    {
        var kept = 0;
        try
        {
            while (kept < data.Length)
            {
                GetBytes(data[kept..]);
                foreach (var value in data[kept..])
                {
                    if (value != 0)
                        data[kept++] = value;
                }
            }
        }
        catch
        {
            CryptographicOperations.ZeroMemory(data);
            throw;
        }
    }
}
