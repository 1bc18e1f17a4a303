using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace OpenEntropy.Harvest;

/// <summary>Bytes of others on their way to the harvest thread: bounded, so that nobody fills memory with them, and zeroed by who takes them.</summary>
internal sealed class UncreditedInput : IDisposable
{
    /// <summary>Pieces that wait at most.</summary>
    public const int Capacity = 64;

    /// <summary>The longest piece, bytes.</summary>
    public const int MaximumBytes = 1024;

    private readonly Lock _gate = new();
    private readonly Queue<byte[]> _pieces = new();
    private bool _disposed;

    /// <summary>Adds a piece.</summary>
    /// <param name="bytes">1 to <see cref="MaximumBytes"/> bytes; copied.</param>
    /// <returns>False where there is no room.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Another length.</exception>
    public bool TryAdd(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfZero(bytes.Length, nameof(bytes));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes.Length, MaximumBytes, nameof(bytes));
        lock (_gate)
        {
            if (_disposed || _pieces.Count == Capacity)
                return false;
            var piece = GC.AllocateUninitializedArray<byte>(bytes.Length, pinned: true);
            bytes.CopyTo(piece);
            _pieces.Enqueue(piece);
            return true;
        }
    }

    /// <summary>Takes the piece that waits longest.</summary>
    /// <param name="piece">The piece, the caller's to zero.</param>
    public bool TryTake([NotNullWhen(true)] out byte[]? piece)
    {
        lock (_gate)
            return _pieces.TryDequeue(out piece);
    }

    /// <summary>Zeroes what waits, and takes nothing from then on.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            while (_pieces.TryDequeue(out var piece))
                CryptographicOperations.ZeroMemory(piece);
        }
    }
}
