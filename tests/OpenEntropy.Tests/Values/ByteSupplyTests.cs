using OpenEntropy.Values;
using Xunit;

namespace OpenEntropy.Tests.Values;

public sealed class ByteSupplyTests
{
    [Theory]
    [InlineData(1, 0x01UL)]
    [InlineData(2, 0x0102UL)]
    [InlineData(3, 0x010203UL)]
    [InlineData(7, 0x01020304050607UL)]
    [InlineData(8, 0x0102030405060708UL)]
    public void ReadWord_FirstByte_IsTheMostSignificant(int count, ulong expected)
    {
        using var longer = ScriptedSupply.OfHex("0102030405060708FFFFFFFFFFFFFFFF");
        using var exact = ByteSupply.Replay(Convert.FromHexString("0102030405060708").AsSpan(0, count));

        Assert.Equal(expected, longer.ReadWord(count));
        Assert.Equal(expected, exact.ReadWord(count));
        Assert.Equal(count, longer.Consumed);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    public void ReadWord_CountOutOfRange_IsRefused(int count)
    {
        using var supply = ScriptedSupply.OfHex("0102030405060708090A");

        Assert.Throws<ArgumentOutOfRangeException>(() => supply.ReadWord(count));
    }

    [Fact]
    public void Replay_AtItsEnd_ThrowsAndConsumesNothing()
    {
        using var supply = ScriptedSupply.Of(1, 2, 3);
        supply.ReadWord(2);

        Assert.Throws<EndOfStreamException>(() => supply.ReadWord(2));
        Assert.Throws<EndOfStreamException>(() => supply.Read(new byte[2]));
        Assert.Equal(2, supply.Consumed);
        Assert.Equal(3UL, supply.ReadWord(1));
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(3, false)]
    [InlineData(4096, false)]
    [InlineData(1, true)]
    [InlineData(3, true)]
    [InlineData(4096, true)]
    public void Read_WhateverThePiece_GivesTheSameBytesInOrder(int piece, bool keep)
    {
        byte next = 0;
        using var supply = new ByteSupply(destination => Count(destination, ref next), piece, keep);
        var read = new List<byte>();
        var expected = Enumerable.Range(0, 8 * 45).Select(i => (byte)i).ToArray();
        for (var i = 0; i < 10; i++)
        {
            for (var count = 1; count <= 8; count++)
            {
                var word = supply.ReadWord(count);
                read.AddRange(Enumerable.Range(0, count).Select(at => (byte)(word >> (8 * (count - 1 - at)))));
            }
        }

        Assert.Equal(expected, read);
        Assert.Equal(expected.Length, supply.Consumed);
        var more = new byte[100];
        supply.Read(more);
        Assert.Equal(Enumerable.Range(expected.Length, 100).Select(i => (byte)i), more);
        if (keep)
            Assert.Equal([.. expected, .. more], supply.ConsumedBytes.ToArray());
        else
            Assert.Throws<InvalidOperationException>(() => supply.ConsumedBytes.ToArray());
    }

    [Fact]
    public void ReadWord_FillThrows_PassesItOnAndGoesOnAfterwards()
    {
        var fails = true;
        using var supply = new ByteSupply(destination =>
        {
            destination.Fill(fails ? (byte)9 : (byte)7);
            if (fails)
                throw new EntropyUnavailableException(new EntropyRefusal(RefusalReason.PoolDry, "dry", TimeSpan.FromSeconds(1)));
        });

        Assert.Throws<EntropyUnavailableException>(() => supply.ReadWord(2));
        Assert.Equal(0, supply.Consumed);
        fails = false;
        Assert.Equal(0x0707UL, supply.ReadWord(2)); // nothing of the piece that was refused
    }

    [Fact]
    public void Dispose_Kept_GivesNothingMore()
    {
        var supply = new ByteSupply(destination => destination.Fill(5), piece: 16, keep: true);
        supply.ReadWord(3);

        supply.Dispose();

        Assert.Throws<ObjectDisposedException>(() => supply.ReadWord(1));
        Assert.Throws<ObjectDisposedException>(() => supply.ConsumedBytes.ToArray());
        Assert.Equal(3, supply.Consumed);
    }

    [Fact]
    public void Dispose_OverAnOwnersArray_LeavesItToTheOwner()
    {
        byte[] bytes = [1, 2, 3];
        using (var supply = ByteSupply.Over(bytes, 2))
        {
            supply.ReadWord(2);
            Assert.Throws<EndOfStreamException>(() => supply.ReadWord(1));
        }

        Assert.Equal([1, 2, 3], bytes);
    }

    private static void Count(Span<byte> destination, ref byte next)
    {
        foreach (ref var value in destination)
            value = next++;
    }
}
