using OpenEntropy.Pool;
using Xunit;

namespace OpenEntropy.Tests.Pool;

public sealed class LockedRoomsTests
{
    [Fact]
    public void Rent_AfterReturn_GivesTheSameRoomZeroed()
    {
        using var rooms = new LockedRooms();
        var first = rooms.Rent(100);
        first.Span.Fill(0xA5);
        rooms.Return(first);

        var second = rooms.Rent(LockedRooms.RoomBytes);

        Assert.Same(first, second);
        Assert.Equal(-1, second.Span.IndexOfAnyExcept((byte)0));
        rooms.Return(second);
    }

    [Fact]
    public void Rent_SeveralAtATime_GivesEachItsOwn()
    {
        using var rooms = new LockedRooms();
        var held = Enumerable.Range(0, 100).Select(_ => rooms.Rent(1)).ToList();

        Assert.Equal(held.Count, held.Distinct().Count());
        held.ForEach(rooms.Return);
    }

    [Fact]
    public void Return_MoreThanAreKept_GivesTheRestBackToTheSystem()
    {
        using var rooms = new LockedRooms();
        var held = Enumerable.Range(0, 100).Select(_ => rooms.Rent(1)).ToList();
        held.ForEach(rooms.Return);

        Assert.Equal(2 * Environment.ProcessorCount, held.Count(IsMapped));
    }

    [Fact]
    public void Return_OfALongOne_GivesItBackToTheSystem()
    {
        using var rooms = new LockedRooms();
        var room = rooms.Rent(LockedRooms.RoomBytes + 1);
        Assert.True(room.Span.Length > LockedRooms.RoomBytes);
        rooms.Return(room);

        Assert.False(IsMapped(room));
    }

    [Fact]
    public void Dispose_KeptAndHeld_AreAllGivenBackInTheEnd()
    {
        var rooms = new LockedRooms();
        var (kept, held) = (rooms.Rent(1), rooms.Rent(1));
        rooms.Return(kept);
        rooms.Dispose();
        Assert.Equal((false, true), (IsMapped(kept), IsMapped(held)));

        rooms.Return(held);
        Assert.False(IsMapped(held));
    }

    [Fact]
    public void RentAndReturn_FromManyThreads_NeverShareARoom()
    {
        using var rooms = new LockedRooms();
        Parallel.For(
            0,
            20_000,
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            number =>
            {
                var room = rooms.Rent(sizeof(int));
                Assert.Equal(-1, room.Span.IndexOfAnyExcept((byte)0));
                BitConverter.TryWriteBytes(room.Span, number | (1 << 30));
                Thread.Yield();
                Assert.Equal(number | (1 << 30), BitConverter.ToInt32(room.Span));
                rooms.Return(room);
            }
        );
    }

    private static bool IsMapped(LockedMemory room)
    {
        try
        {
            return room.Span.Length > 0;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }
}
