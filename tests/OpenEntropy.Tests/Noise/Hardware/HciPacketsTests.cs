using System.Runtime.InteropServices;
using FsCheck;
using FsCheck.Fluent;
using OpenEntropy.Noise.Hardware;
using Xunit;

namespace OpenEntropy.Tests.Noise.Hardware;

public sealed class HciPacketsTests
{
    private static readonly byte[] s_enable = HciPackets.Enable.ToArray();

    [Fact]
    public void Commands_All_ArePassiveScansOfTheSpecification()
    {
        Assert.Equal("01021000", Convert.ToHexString(HciPackets.ReadSupportedCommands));
        Assert.Equal("010B2007" + "00" + "6000" + "3000" + "00" + "00", Convert.ToHexString(HciPackets.SetParameters));
        Assert.Equal("01412008" + "00" + "00" + "01" + "00" + "6000" + "3000", Convert.ToHexString(HciPackets.SetExtendedParameters));
        Assert.Equal("010C2002" + "01" + "00", Convert.ToHexString(HciPackets.Enable));
        Assert.Equal("010C2002" + "00" + "00", Convert.ToHexString(HciPackets.Disable));
        Assert.Equal("01422006" + "01" + "00" + "0000" + "0000", Convert.ToHexString(HciPackets.EnableExtended));
        Assert.Equal("01422006" + "00" + "00" + "0000" + "0000", Convert.ToHexString(HciPackets.DisableExtended));
        Assert.Equal(0x200C, HciPackets.Opcode(HciPackets.Enable));
    }

    [Fact]
    public void WriteFilter_Events_AreEndsOfCommandsAndThoseOfLowEnergy()
    {
        var filter = new byte[HciPackets.FilterBytes];
        HciPackets.WriteFilter(filter);

        var words = MemoryMarshal.Cast<byte, uint>(filter).ToArray();

        Assert.Equal([1u << 4, (1u << 0x0E) | (1u << 0x0F), 1u << (0x3E - 32), 0u], words);
    }

    [Fact]
    public void Parse_EndOfACommand_GivesItsOpcodeAndStatus()
    {
        Assert.Equal(new HciEvent(HciEventKind.CommandEnded, 0x200C, 0), HciPackets.Parse(HciBytes.Complete(s_enable, 0)));
        Assert.Equal(new HciEvent(HciEventKind.CommandEnded, 0x200C, 0x0C), HciPackets.Parse(HciBytes.Complete(s_enable, 0x0C)));
        Assert.Equal(new HciEvent(HciEventKind.CommandEnded, 0x200C, 0x01), HciPackets.Parse(HciBytes.Status(s_enable, 0x01)));
        Assert.Equal(HciEventKind.Other, HciPackets.Parse(HciBytes.Event(0x0E, 1, 0, 0)).Kind);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void HasExtendedScan_SupportedCommands_NeedsBothBits(bool extended)
    {
        var packet = HciBytes.Complete(HciPackets.ReadSupportedCommands.ToArray(), HciBytes.SupportedCommands(extended));

        Assert.Equal(extended, HciPackets.HasExtendedScan(packet));
        Assert.False(HciPackets.HasExtendedScan(packet.AsSpan(0, 40)));
    }

    [Fact]
    public void Parse_Advertisements_CountsTheReportsOfBothKinds()
    {
        var (report, extended) = (HciBytes.Report(-60, 2, 1, 6), HciBytes.ExtendedReport(-60, 2, 1, 6));

        Assert.Equal(Heard(1), HciPackets.Parse(HciBytes.Advertisements(report)));
        Assert.Equal(Heard(3), HciPackets.Parse(HciBytes.Advertisements(report, HciBytes.Report(127), HciBytes.Report(-20, new byte[31]))));
        Assert.Equal(Heard(1), HciPackets.Parse(HciBytes.Extended(extended)));
        Assert.Equal(Heard(2), HciPackets.Parse(HciBytes.Extended(extended, HciBytes.ExtendedReport(-90, new byte[200]))));
    }

    [Fact]
    public void HciEvent_Fields_HoldNoAddressPayloadOrSignal() =>
        Assert.Equal(
            ["Command", "Kind", "Reports", "Status"],
            typeof(HciEvent).GetProperties().Select(property => property.Name).Order(StringComparer.Ordinal)
        );

    [Fact]
    public void Parse_OtherEvents_AreOther()
    {
        Assert.Equal(HciEventKind.Other, HciPackets.Parse(HciBytes.Event(0x05, 0, 64, 0, 0x13)).Kind); // a disconnection
        Assert.Equal(HciEventKind.Other, HciPackets.Parse(HciBytes.Event(0x3E, 0x0B, 1)).Kind); // a directed report
        Assert.Equal(HciEventKind.Other, HciPackets.Parse(HciBytes.Event(0xFF)).Kind);
    }

    [Theory]
    [InlineData("")]
    [InlineData("04")]
    [InlineData("043E")]
    [InlineData("043E00")] // without a subevent
    [InlineData("043E0102")] // without a count
    [InlineData("043E020200")] // no report
    [InlineData("043E02020A")] // ten reports in no bytes
    [InlineData("043EFF0201")] // a length that is not there
    [InlineData("043E0102FF")] // a byte too many
    [InlineData("023E020D00")] // no event's type
    [InlineData("040E00")]
    [InlineData("040E0101")]
    [InlineData("040F0300010C")]
    public void Parse_BytesThatFitNothing_AreGarbled(string packet) =>
        Assert.Equal(HciEventKind.Garbled, HciPackets.Parse(Convert.FromHexString(packet)).Kind);

    [Fact]
    public void Parse_LengthOfDataBeyondTheEvent_IsGarbled()
    {
        var legacy = HciBytes.Advertisements(HciBytes.Report(-60, 1, 2, 3));
        legacy[5 + 8]++;
        var extended = HciBytes.Extended(HciBytes.ExtendedReport(-60, 1, 2, 3));
        extended[5 + 23] = 0xFF;
        var tooMany = HciBytes.Advertisements(HciBytes.Report(-60, 1, 2, 3));
        tooMany[4] = 2;

        Assert.All([legacy, extended, tooMany], packet => Assert.Equal(HciEventKind.Garbled, HciPackets.Parse(packet).Kind));
    }

    [Fact]
    public void Parse_EventCutAnywhere_IsGarbled()
    {
        byte[][] packets =
        [
            HciBytes.Advertisements(HciBytes.Report(-60, 1, 2, 3)),
            HciBytes.Extended(HciBytes.ExtendedReport(-60, 1, 2, 3)),
        ];

        foreach (var packet in packets)
            for (var length = 0; length < packet.Length; length++)
            {
                Assert.Equal(HciEventKind.Garbled, HciPackets.Parse(packet.AsSpan(0, length)).Kind);
                if (length < 5)
                    continue;
                var cut = packet[..length];
                cut[2] = (byte)(length - 3);
                Assert.Equal(HciEventKind.Garbled, HciPackets.Parse(cut).Kind);
            }
    }

    [Fact]
    public void Parse_AnyBytes_NeverThrows() =>
        Prop.ForAll(
                Gen.Choose(0, 255).ListOf().ToArbitrary(),
                Gen.Elements<byte>(0x02, 0x0D).ToArbitrary(),
                (bytes, subevent) =>
                {
                    byte[] parameters = [subevent, .. bytes.Take(200).Select(value => (byte)(value % 40))];
                    var heard = HciPackets.Parse(HciBytes.Event(0x3E, parameters));
                    _ = HciPackets.Parse([.. bytes.Select(value => (byte)value)]);
                    return heard.Kind is HciEventKind.Garbled || (heard.Reports >= 1 && heard.Reports == parameters[1]);
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000).WithEndSize(120));

    [Fact]
    public void Parse_AnyReports_AreCounted() =>
        Prop.ForAll(
                Gen.Choose(0, 31).NonEmptyListOf().Where(lengths => lengths.Count <= 6).ToArbitrary(),
                lengths =>
                    HciPackets.Parse(HciBytes.Advertisements([.. lengths.Select(length => HciBytes.Report(-1, new byte[length]))]))
                    == Heard(lengths.Count)
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithEndSize(6));

    private static HciEvent Heard(int reports) => new(HciEventKind.Advertisements, Reports: reports);
}
