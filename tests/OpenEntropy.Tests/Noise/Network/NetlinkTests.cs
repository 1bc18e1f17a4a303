using System.Runtime.InteropServices;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using OpenEntropy.Noise;
using OpenEntropy.Noise.Network;
using Xunit;

namespace OpenEntropy.Tests.Noise.Network;

public sealed class NetlinkTests
{
    private const ushort Family = 28;

    [Fact]
    public void WriteGetFamily_Name_IsTheMessageOfTheHeaders()
    {
        Span<byte> message = stackalloc byte[Nl80211.MaximumRequestBytes];

        var length = Nl80211.WriteGetFamily(message, sequence: 9, "nl80211");

        byte[] body = [3, 1, 0, 0, .. NetlinkBytes.Bytes((ushort)12), .. NetlinkBytes.Bytes((ushort)2), .. "nl80211\0"u8];
        byte[] header = [.. NetlinkBytes.Bytes(32), .. NetlinkBytes.Bytes((ushort)16), .. NetlinkBytes.Bytes((ushort)1)];
        Assert.Equal([.. header, .. NetlinkBytes.Bytes(9), .. NetlinkBytes.Bytes(0), .. body], message[..length].ToArray());
    }

    [Fact]
    public void WriteGetStations_Index_IsADumpOfThisInterface()
    {
        Span<byte> message = stackalloc byte[Nl80211.MaximumRequestBytes];

        var length = Nl80211.WriteGetStations(message, Family, sequence: 9, interfaceIndex: 7);

        var messages = new NetlinkMessages(message[..length]);
        Assert.True(messages.MoveNext());
        Assert.Equal((Family, 9u, (byte)17), (messages.Family, messages.Sequence, messages.Command));
        Assert.Equal(0x301, MemoryMarshal.Read<ushort>(message[6..])); // NLM_F_REQUEST | NLM_F_DUMP
        Assert.True(NetlinkAttributes.TryFind(messages.Attributes, 3, out var index));
        Assert.Equal(7, MemoryMarshal.Read<int>(index));
        Assert.False(messages.MoveNext());
    }

    [Fact]
    public void MoveNext_SeveralMessages_GivesEachAndTheEnd()
    {
        byte[] datagram =
        [
            .. NetlinkBytes.Message(Family, 1, 19, NetlinkBytes.Attribute(5, 1, 2, 3)),
            .. NetlinkBytes.Refusal(2, error: 13),
            .. NetlinkBytes.End(3),
        ];
        var messages = new NetlinkMessages(datagram);

        Assert.True(messages.MoveNext());
        Assert.Equal((Family, 1u, false, 0), (messages.Family, messages.Sequence, messages.IsEnd, messages.ErrorNumber));
        Assert.True(NetlinkAttributes.TryFind(messages.Attributes, 5, out var value));
        Assert.Equal([1, 2, 3], value.ToArray());
        Assert.True(messages.MoveNext());
        Assert.Equal((2u, true, 13), (messages.Sequence, messages.IsEnd, messages.ErrorNumber));
        Assert.True(messages.MoveNext());
        Assert.Equal((3u, true, 0), (messages.Sequence, messages.IsEnd, messages.ErrorNumber));
        Assert.False(messages.MoveNext());
    }

    [Fact]
    public void Level_StationAndSurvey_GiveSignalAndTheNoiseOfTheChannelInUse()
    {
        Assert.Equal((sbyte)-47, LevelOf(NetlinkBytes.Station(Family, 1, signal: -47)));
        Assert.Equal((sbyte)-95, LevelOf(NetlinkBytes.Survey(Family, 1, noise: -95, inUse: true)));
        Assert.Null(LevelOf(NetlinkBytes.Survey(Family, 1, noise: -90, inUse: false)));
        Assert.Null(LevelOf(NetlinkBytes.Message(Family, 1, 19, NetlinkBytes.Attribute(3, NetlinkBytes.Bytes(7)))));
        Assert.Null(LevelOf(NetlinkBytes.Message(Family, 1, 7, NetlinkBytes.Nest(21, NetlinkBytes.Attribute(7, 0xD0)))));
        Assert.Null(LevelOf(NetlinkBytes.Message(Family, 1, 19, NetlinkBytes.Nest(21, NetlinkBytes.Attribute(7, 0xD0, 0)))));
    }

    [Theory]
    [InlineData(0)] // shorter than its own header
    [InlineData(15)]
    [InlineData(1 << 20)] // longer than the datagram
    [InlineData(int.MinValue)]
    [InlineData(-1)]
    public void MoveNext_HostileLength_Throws(int length)
    {
        var datagram = NetlinkBytes.Station(Family, 1, -47);
        NetlinkBytes.Bytes(length).CopyTo(datagram, 0);

        Assert.Throws<NoiseSourceException>(() => Levels(datagram));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(0xFFFF)]
    public void Level_HostileAttributeLength_Throws(int length)
    {
        var datagram = NetlinkBytes.Station(Family, 1, -47);
        NetlinkBytes.Bytes((ushort)length).CopyTo(datagram, NetlinkMessages.HeaderBytes);

        Assert.Throws<NoiseSourceException>(() => Levels(datagram));
    }

    [Fact]
    public void Level_HostileNestedLength_Throws()
    {
        var inner = NetlinkBytes.Attribute(1, NetlinkBytes.Bytes(20));
        inner[0] = 200;

        Assert.Throws<NoiseSourceException>(() => Levels(NetlinkBytes.Message(Family, 1, 19, NetlinkBytes.Nest(21, inner))));
    }

    [Fact]
    public void Levels_DatagramCutAnywhere_ThrowsOrGivesFewer()
    {
        byte[] datagram = [.. NetlinkBytes.Station(Family, 1, -47), .. NetlinkBytes.Survey(Family, 1, -95, inUse: true)];

        for (var length = 0; length < datagram.Length; length++)
            Assert.NotEqual([-47, -95], LevelsOrNone(datagram[..length]));
        Assert.Equal([-47, -95], LevelsOrNone(datagram));
    }

    [Fact]
    public void Levels_AnyBytes_EndWithLevelsOrAnException() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes => LevelsOrNone(bytes) is null or { Count: <= 64 })
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000).WithEndSize(256));

    [Fact]
    public void Levels_SomeBytesOfADatagramChanged_EndWithLevelsOrAnException()
    {
        byte[] datagram =
        [
            .. NetlinkBytes.Station(Family, 1, -47),
            .. NetlinkBytes.Survey(Family, 1, -95, inUse: true),
            .. NetlinkBytes.End(1),
        ];

        Prop.ForAll(
                Gen.Choose(0, datagram.Length - 1).Zip(Gen.Choose(0, 255)).ListOf().ToArbitrary(),
                changes =>
                {
                    var changed = (byte[])datagram.Clone();
                    foreach (var (place, value) in changes)
                        changed[place] = (byte)value;
                    return LevelsOrNone(changed) is null or { Count: <= 64 };
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000).WithEndSize(12));
    }

    [LinuxFact]
    public void Family_OfTheControllerItself_IsItsWellKnownNumber()
    {
        var socket = RadioSockets.OpenGenericNetlink();
        try
        {
            Assert.Equal(Nl80211.Control, WirelessLevels.Family(socket, "nlctrl"));
        }
        finally
        {
            LinuxFiles.Close(socket);
        }
    }

    [LinuxFact]
    public void Family_NoSuchOne_IsNull()
    {
        var socket = RadioSockets.OpenGenericNetlink();
        try
        {
            Assert.Null(WirelessLevels.Family(socket, "no_such_family"));
        }
        finally
        {
            LinuxFiles.Close(socket);
        }
    }

    [Theory]
    [InlineData("", 0, 0)]
    [InlineData(" wlan0: 0000   63.  -47.  -256        0      0\n", 1, -47)] // noise not known
    [InlineData(" wlan0: 0000   63.  -47.  -95.       0      0\nwlp3s0:0000 1 -50 -90", 4, -282)]
    [InlineData(" wlan0: 0000   63   201   161        0      0\n", 2, 362)] // an older driver's own measure
    [InlineData(" wlan0:\n", 0, 0)]
    [InlineData(" wlan0: 0000 63. x -4y\n", 0, 0)]
    [InlineData(" wlan0: 0000 63. 99999999999 -1000\n", 0, 0)]
    [InlineData("no interface\n:::\n", 0, 0)]
    public void Levels_Table_GivesEachKnownLevel(string lines, int count, int sum) =>
        Assert.Equal((count, sum), WirelessTable.Levels(Encoding.ASCII.GetBytes(Table(lines))));

    [Fact]
    public void Levels_AnyTable_NeverThrows() =>
        Prop.ForAll(
                Gen.Elements(":. -0159\nwx"u8.ToArray()).ListOf().ToArbitrary(),
                bytes => WirelessTable.Levels([.. bytes]).Count <= 2 * (bytes.Count + 1)
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000).WithEndSize(200));

    /// <summary>As the kernel writes it, with its two lines of headings.</summary>
    internal static string Table(string lines) =>
        "Inter-| sta-|   Quality        |   Discarded packets               | Missed | WE\n"
        + " face | tus | link level noise |  nwid  crypt   frag  retry   misc | beacon | 22\n"
        + lines;

    private static sbyte? LevelOf(byte[] datagram)
    {
        var messages = new NetlinkMessages(datagram);
        Assert.True(messages.MoveNext());
        return Nl80211.Level(messages.Command, messages.Attributes);
    }

    private static List<int> Levels(byte[] datagram)
    {
        var levels = new List<int>();
        var messages = new NetlinkMessages(datagram);
        while (messages.MoveNext())
            if (Nl80211.Level(messages.Command, messages.Attributes) is { } level)
                levels.Add(level);
        return levels;
    }

    private static List<int>? LevelsOrNone(byte[] datagram)
    {
        try
        {
            return Levels(datagram);
        }
        catch (NoiseSourceException)
        {
            return null;
        }
    }
}
