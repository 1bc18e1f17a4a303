using System.Security.Cryptography;
using OpenEntropy.Cli.Bytes;

namespace OpenEntropy.Cli.Streaming;

/// <summary>Bytes portion by portion; the next is made by another thread while one is written, where that is allowed.</summary>
/// <param name="bytes">Makes them.</param>
/// <param name="size">The most bytes of a portion.</param>
/// <param name="goesAhead">Whether the next is made before it is asked for.</param>
internal sealed class Portions(PoolBytes bytes, int size, bool goesAhead) : IAsyncDisposable
{
    private readonly byte[] _one = GC.AllocateUninitializedArray<byte>(size, pinned: true);
    private readonly byte[] _other = goesAhead ? GC.AllocateUninitializedArray<byte>(size, pinned: true) : [];
    private Task? _ahead;
    private bool _isOther;

    /// <summary>The next portion.</summary>
    /// <param name="length">Its length.</param>
    /// <param name="then">The length of the one after it; 0: there is none.</param>
    /// <param name="end">Ends the wait.</param>
    /// <returns>The portion, valid until the next call.</returns>
    public async ValueTask<ReadOnlyMemory<byte>> TakeAsync(int length, int then, CancellationToken end)
    {
        var portion = Buffer(_isOther).AsMemory(0, length);
        if (_ahead is { } ahead)
            await ahead;
        else
            await bytes.FillAsync(portion, end);
        _ahead = null;
        if (goesAhead && then > 0)
        {
            _isOther = !_isOther;
            var next = Buffer(_isOther).AsMemory(0, then);
            _ahead = Task.Run(() => bytes.FillAsync(next, end).AsTask(), CancellationToken.None);
        }

        return portion;
    }

    /// <summary>Waits until nothing is made any more, and zeroes what was.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_ahead is { } ahead)
            await ahead.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        CryptographicOperations.ZeroMemory(_one);
        CryptographicOperations.ZeroMemory(_other);
    }

    private byte[] Buffer(bool isOther) => isOther ? _other : _one;
}
