using OpenEntropy.Pqc;

namespace OpenEntropy.Server.Bundles;

/// <summary>The randomness of one bundle: a draw of its own for each key, and one for its id, its signatures and its salts. Dispose it to zero it.</summary>
internal sealed class MintRandomness : IDisposable
{
    private const int IdBytes = 16;

    // rnd of ML-DSA; salt and seed of Falcon, for the bundle and for the form of ChaosMagnet.
    private const int SignatureBytes = 32 + (2 * 96);
    private const int SaltBytes = 32;

    private readonly List<DrawnBytes> _keys = [];
    private DrawnBytes? _rest;

    /// <summary>What was drawn, bytes.</summary>
    public int Length { get; private set; }

    /// <summary>Draws all of it; the waits for blocks together are no longer than <see cref="DrawnBytes.Patience"/>.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="request">What it is for.</param>
    /// <param name="time">Measures the waits.</param>
    /// <param name="gone">Ends the waits.</param>
    /// <returns>Null when all is there, otherwise why not.</returns>
    public async ValueTask<EntropyRefusal?> DrawAsync(EntropyPool pool, BundleRequest request, TimeProvider time, CancellationToken gone)
    {
        var began = time.GetTimestamp();
        foreach (var algorithm in request.Algorithms)
        {
            var (bytes, refusal) = await DrawnBytes.DrawAsync(pool, algorithm.SeedBytes, Left(), gone);
            if (bytes is null)
            {
                return refusal;
            }

            _keys.Add(bytes);
            Length += algorithm.SeedBytes;
        }

        var rest = IdBytes + SignatureBytes + (SaltBytes * request.Algorithms.Count);
        Length += rest;
        (_rest, var last) = await DrawnBytes.DrawAsync(pool, rest, Left(), gone);
        return last;

        TimeSpan Left()
        {
            var left = DrawnBytes.Patience - time.GetElapsedTime(began);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>The randomness of a key.</summary>
    /// <param name="index">Which, from 0.</param>
    public RandomBytes Key(int index) => _keys[index].Fill;

    /// <summary>The randomness of all else.</summary>
    /// <param name="target">What to fill.</param>
    public void Fill(Span<byte> target) => _rest!.Fill(target);

    /// <summary>An id: 32 lower-case digits.</summary>
    public string NewId()
    {
        Span<byte> id = stackalloc byte[IdBytes];
        Fill(id);
        return Convert.ToHexStringLower(id);
    }

    /// <summary>Zeroes all.</summary>
    public void Dispose()
    {
        _rest?.Dispose();
        _keys.ForEach(static key => key.Dispose());
    }
}
