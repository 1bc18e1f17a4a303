using System.Security.Cryptography;

namespace OpenEntropy.Pool;

/// <summary>Pages of <see cref="LockedMemory"/> that requests use in turns: to map and lock one for each would cost more than the bytes in it.</summary>
internal sealed class LockedRooms : IDisposable
{
    // A request holds its room only while it computes, so that few are held at a time.
    private readonly LockedMemory?[] _free = new LockedMemory?[2 * Environment.ProcessorCount];
    private volatile bool _disposed;

    /// <summary>The longest request for which a room is kept, bytes.</summary>
    public static int RoomBytes => Environment.SystemPageSize;

    /// <summary>Gives zeroed memory, to be given back once.</summary>
    /// <param name="length">Bytes; beyond <see cref="RoomBytes"/> the memory is mapped for this request alone.</param>
    /// <returns>At least that much.</returns>
    public LockedMemory Rent(int length)
    {
        if (length > RoomBytes)
            return new LockedMemory(length);
        var own = Thread.GetCurrentProcessorId();
        for (var i = 0; i < _free.Length; i++)
        {
            if (Interlocked.Exchange(ref _free[(own + i) % _free.Length], null) is { } room)
                return room;
        }

        return new LockedMemory(RoomBytes);
    }

    /// <summary>Zeroes memory and keeps it for the next, or gives it back to the system.</summary>
    /// <param name="room">From <see cref="Rent"/>; not used any more.</param>
    public void Return(LockedMemory room)
    {
        if (room.Span.Length == RoomBytes && TryKeep(room))
        {
            if (_disposed)
                Dispose(); // which may have passed by before this one was there
            return;
        }

        room.Dispose();
    }

    /// <summary>Gives back what is kept; what is still in use follows when it is returned.</summary>
    public void Dispose()
    {
        _disposed = true;
        for (var i = 0; i < _free.Length; i++)
            Interlocked.Exchange(ref _free[i], null)?.Dispose();
    }

    private bool TryKeep(LockedMemory room)
    {
        CryptographicOperations.ZeroMemory(room.Span);
        var own = Thread.GetCurrentProcessorId();
        for (var i = 0; i < _free.Length; i++)
        {
            if (Interlocked.CompareExchange(ref _free[(own + i) % _free.Length], room, null) is null)
                return true;
        }

        return false;
    }
}
