using System.Security.Cryptography;

namespace OpenEntropy.Server.Bundles;

/// <summary>Generator output with prediction resistance, drawn before it is used: a reseed from the pool of its own. Dispose it to zero it.</summary>
internal sealed class DrawnBytes : IDisposable
{
    /// <summary>How long blocks are waited for.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly byte[] _bytes;
    private int _used;

    private DrawnBytes(byte[] bytes) => _bytes = bytes;

    /// <summary>Draws.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="length">Bytes.</param>
    /// <param name="gone">Ends the wait for blocks.</param>
    /// <returns>The bytes, or why there are none; nothing else is ever taken in their place.</returns>
    public static ValueTask<(DrawnBytes? Bytes, EntropyRefusal? Refusal)> DrawAsync(EntropyPool pool, int length, CancellationToken gone) =>
        DrawAsync(pool, length, Patience, gone);

    /// <summary>Draws.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="length">Bytes.</param>
    /// <param name="patience">How long blocks are waited for.</param>
    /// <param name="gone">Ends the wait for blocks.</param>
    /// <returns>The bytes, or why there are none; nothing else is ever taken in their place.</returns>
    public static async ValueTask<(DrawnBytes? Bytes, EntropyRefusal? Refusal)> DrawAsync(
        EntropyPool pool,
        int length,
        TimeSpan patience,
        CancellationToken gone
    )
    {
        var bytes = GC.AllocateArray<byte>(length, pinned: true);
        if (await pool.TryGetFreshBytesAsync(bytes, patience, gone) is { } refusal)
        {
            return (null, refusal);
        }

        return (new DrawnBytes(bytes), null);
    }

    /// <summary>Gives the next bytes, each once.</summary>
    /// <param name="target">At most what is left.</param>
    /// <exception cref="InvalidOperationException">More was drawn than that; nothing is given twice.</exception>
    public void Fill(Span<byte> target)
    {
        if (target.Length > _bytes.Length - _used)
        {
            throw new InvalidOperationException("fewer random bytes were drawn than are used");
        }

        _bytes.AsSpan(_used, target.Length).CopyTo(target);
        _used += target.Length;
    }

    /// <summary>Zeroes them.</summary>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_bytes);
        _used = _bytes.Length;
    }
}
