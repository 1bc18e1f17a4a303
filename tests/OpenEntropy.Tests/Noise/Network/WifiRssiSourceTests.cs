using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using OpenEntropy.Noise;
using OpenEntropy.Noise.Network;
using Xunit;

namespace OpenEntropy.Tests.Noise.Network;

/// <summary>Against a kernel's place taken by the test, and directories and tables laid out like its own.</summary>
public sealed class WifiRssiSourceTests : IDisposable
{
    private const ushort Family = 28;

    private readonly TemporaryDirectory _directory = new();
    private WifiRssiSource? _source;

    public void Dispose()
    {
        _source?.Close();
        _directory.Dispose();
    }

    [Fact]
    public void WhyUnavailable_NoInterfaceOrAWiredOne_SaysSo()
    {
        Directory.CreateDirectory(_directory.File("eth0"));
        File.WriteAllText(_directory.File("eth0/ifindex"), "2\n");

        Assert.Equal("there is no wireless interface", Source(() => -1).WhyUnavailable());
        Assert.Equal("there is no wireless interface", new WifiRssiSource(_directory.File("none"), "", () => -1).WhyUnavailable());
        Assert.Equal("there is no wireless interface", Assert.Throws<NoiseSourceException>(Source(() => -1).Open).Message);
    }

    [Theory]
    [InlineData("phy80211")]
    [InlineData("wireless")]
    public void WhyUnavailable_Interface_IsNull(string mark)
    {
        AddInterface(mark);

        Assert.Null(Source(() => -1).WhyUnavailable());
    }

    [Fact]
    public void Info_Always_ClaimsNothingAndWaitsToBeAsked()
    {
        var info = new WifiRssiSource().Info;

        Assert.Equal((0.0, null, true), (info.ClaimedMinEntropy, info.TestMinEntropy, info.OptIn));
    }

    [Fact]
    public void Collect_StationsAndSurvey_GivesTheSumOfTheLevels()
    {
        using var kernel = new EmulatedPeer(request => Answers(request));
        Open(kernel);

        var samples = new byte[2];
        CatalogFixture.Fill(_source!, samples);

        Assert.Equal([unchecked((byte)(-47 - 61 - 95)), unchecked((byte)(-47 - 61 - 95))], samples);
    }

    [Fact]
    public void Collect_InSteadyState_AllocatesNothingAndKeepsItsPace()
    {
        using var kernel = new EmulatedPeer(request => Answers(request));
        Open(kernel);
        var samples = new byte[1];
        Assert.Equal(1, _source!.Collect(samples));
        Assert.Equal(1, _source.Collect(samples));
        var (before, start) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());

        var count = _source.Collect(samples) + _source.Collect(samples);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(2, count);
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.FromMilliseconds(100), TimeSpan.MaxValue);
    }

    [Fact]
    public void Collect_Stations_KeepsNothingOfThem()
    {
        using var kernel = new EmulatedPeer(request => Answers(request));
        Open(kernel);
        var levels = (WirelessLevels)Field(_source!, "_levels");
        var datagram = (byte[])Field(levels, "_datagram");
        Assert.True(datagram.AsSpan().ContainsAnyExcept((byte)0)); // which family it is: it is here that the kernel's answers arrive

        Assert.Equal(1, _source!.Collect(new byte[1]));
        Assert.False(datagram.AsSpan().ContainsAnyExcept((byte)0));
    }

    [Fact]
    public void Collect_AnswerAboutStationsBreaksOff_KeepsNothingOfThem()
    {
        using var kernel = new EmulatedPeer(request =>
            request[16] == 3 ? Answers(request) : [NetlinkBytes.Station(Family, Sequence(request), -47), []]
        );
        Open(kernel);
        var datagram = (byte[])Field(Field(_source!, "_levels"), "_datagram");

        Assert.Throws<NoiseSourceException>(() => _source!.Collect(new byte[1]));
        Assert.False(datagram.AsSpan().ContainsAnyExcept((byte)0));
    }

    [Fact]
    public void Close_AfterAnAnswer_KeepsNothingOfIt()
    {
        using var kernel = new EmulatedPeer(request => Answers(request));
        Open(kernel);
        var datagram = (byte[])Field(Field(_source!, "_levels"), "_datagram");
        Assert.True(datagram.AsSpan().ContainsAnyExcept((byte)0));

        _source!.Close();
        Assert.False(datagram.AsSpan().ContainsAnyExcept((byte)0));
    }

    [Fact]
    public void Collect_DriverKeepsNoSurvey_GivesTheSignalsAlone()
    {
        using var kernel = new EmulatedPeer(request =>
            request[16] == 50 ? [NetlinkBytes.Refusal(Sequence(request), 95)] : Answers(request)
        );
        Open(kernel);

        var samples = new byte[1];
        Assert.Equal(1, _source!.Collect(samples));

        Assert.Equal(unchecked((byte)(-47 - 61)), samples[0]);
    }

    [Fact]
    public void Collect_AnswerToAnEarlierRequest_IsPassedOver()
    {
        using var kernel = new EmulatedPeer(request =>
            request[16] == 3 ? Answers(request) : [NetlinkBytes.Station(Family, Sequence(request) - 1, -1), .. Answers(request)]
        );
        Open(kernel);

        var samples = new byte[1];
        Assert.Equal(1, _source!.Collect(samples));

        Assert.Equal(unchecked((byte)(-47 - 61 - 95)), samples[0]);
    }

    [Fact]
    public void Collect_NoStation_ThrowsAndWorksAgainOnceThereIsOne()
    {
        var connected = false;
        using var kernel = new EmulatedPeer(request =>
            request[16] == 3 || Volatile.Read(ref connected) ? Answers(request) : [NetlinkBytes.End(Sequence(request))]
        );
        Open(kernel);

        Assert.Equal(
            "no wireless interface hears a station",
            Assert.Throws<NoiseSourceException>(() => _source!.Collect(new byte[1])).Message
        );

        _source!.Close();
        Volatile.Write(ref connected, true);
        _source.Open();
        Assert.Equal(1, _source.Collect(new byte[1]));
    }

    [Fact]
    public void Collect_InterfaceUnplugged_ThrowsTheKernelsWord()
    {
        using var kernel = new EmulatedPeer(request => request[16] == 3 ? Answers(request) : [NetlinkBytes.Refusal(Sequence(request), 19)]);
        Open(kernel);

        Assert.Contains(
            "No such device",
            Assert.Throws<NoiseSourceException>(() => _source!.Collect(new byte[1])).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Collect_KernelSilent_ThrowsWithinTheDeadline()
    {
        using var kernel = new EmulatedPeer(request => request[16] == 3 ? Answers(request) : []);
        Open(kernel);
        var start = Stopwatch.GetTimestamp();

        Assert.Contains(
            "no answer",
            Assert.Throws<NoiseSourceException>(() => _source!.Collect(new byte[1])).Message,
            StringComparison.Ordinal
        );

        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, _source!.Info.Deadline);
    }

    [Fact]
    public void Collect_AnswerThatNeverEnds_Throws()
    {
        using var kernel = new EmulatedPeer(request =>
            request[16] == 3 ? Answers(request) : Enumerable.Repeat(NetlinkBytes.Station(Family, Sequence(request), -47), 100)
        );
        Open(kernel);

        Assert.Throws<NoiseSourceException>(() => _source!.Collect(new byte[1]));
    }

    [Fact]
    public void Collect_SocketEnds_Throws()
    {
        using var kernel = new EmulatedPeer(request =>
            request[16] == 3
                ? Answers(request)
                :
                [
                    [],
                ]
        );
        Open(kernel);

        Assert.Throws<NoiseSourceException>(() => _source!.Collect(new byte[1]));
    }

    [Fact]
    public void Open_NoFamily_ReadsTheTable()
    {
        AddInterface("wireless");
        using var kernel = new EmulatedPeer(request => [NetlinkBytes.Refusal(Sequence(request), 2)]);
        File.WriteAllText(_directory.File("table"), NetlinkTests.Table(" wlan0: 0000   63.  -47.  -90.       0\n"));
        _source = Source(kernel.Connect);
        _source.Open();

        var samples = new byte[1];
        Assert.Equal(1, _source.Collect(samples));
        Assert.Equal(unchecked((byte)(-47 - 90)), samples[0]);

        File.WriteAllText(_directory.File("table"), "");
        Assert.Throws<NoiseSourceException>(() => _source.Collect(samples));
    }

    [Fact]
    public void Open_NoFamilyAndNoTable_ThrowsAndNamesIt()
    {
        AddInterface("wireless");
        using var kernel = new EmulatedPeer(request => [NetlinkBytes.Refusal(Sequence(request), 2)]);
        _source = Source(kernel.Connect);

        Assert.Contains(_directory.File("table"), Assert.Throws<NoiseSourceException>(_source.Open).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)] // an acknowledgement that names no family
    [InlineData(1)] // not permitted
    public void Open_FamilyRefused_Throws(int error)
    {
        AddInterface("phy80211");
        using var kernel = new EmulatedPeer(request => [NetlinkBytes.Refusal(Sequence(request), error)]);
        _source = Source(kernel.Connect);

        Assert.Throws<NoiseSourceException>(_source.Open);
        Assert.True(kernel.IsClosed());
    }

    [Fact]
    public void Open_ManyTimes_LeavesNoDescriptor()
    {
        using var kernel = new EmulatedPeer(request => Answers(request));
        Open(kernel);
        for (var i = 0; i < 3; i++)
        {
            _source!.Close();
            Assert.True(kernel.IsClosed());
            _source.Open();
        }

        _source!.Close();
        Assert.Throws<NoiseSourceException>(() => _source.Collect(new byte[1]));
    }

    [Fact]
    public void Close_AThousandTimesOpened_LeavesNothingOpen()
    {
        using var kernel = new EmulatedPeer(request => Answers(request));
        AddInterface("phy80211");
        var ours = new List<int>();
        _source = Source(() =>
        {
            ours.Add(kernel.Connect());
            return ours[^1];
        });
        for (var round = 0; round < 1000; round++)
        {
            _source.Open();
            _source.Close();
            Assert.True(kernel.IsClosed());
            kernel.Forget();
        }

        Assert.InRange(ours.Max(), 0, ours[0] + 100); // the kernel hands out the lowest free number, and other tests have some
    }

    private void Open(EmulatedPeer kernel)
    {
        AddInterface("phy80211");
        _source = Source(kernel.Connect);
        _source.Open();
    }

    private WifiRssiSource Source(Func<int> openSocket) => new(_directory.Path, _directory.File("table"), openSocket);

    private void AddInterface(string mark)
    {
        Directory.CreateDirectory(_directory.File($"wlan0/{mark}"));
        File.WriteAllText(_directory.File("wlan0/ifindex"), "7\n");
    }

    private static object Field(object owner, string field) =>
        owner.GetType().GetField(field, BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(owner)!;

    private static IEnumerable<byte[]> Answers(byte[] request) =>
        request[16] switch
        {
            3 => [NetlinkBytes.Family(Sequence(request), Family, "nl80211")],
            17 =>
            [
                [.. NetlinkBytes.Station(Family, Sequence(request), -47), .. NetlinkBytes.Station(Family, Sequence(request), -61)],
                NetlinkBytes.End(Sequence(request)),
            ],
            _ =>
            [
                [
                    .. NetlinkBytes.Survey(Family, Sequence(request), -90, inUse: false),
                    .. NetlinkBytes.Survey(Family, Sequence(request), -95, inUse: true),
                    .. NetlinkBytes.End(Sequence(request)),
                ],
            ],
        };

    private static uint Sequence(byte[] request) => MemoryMarshal.Read<uint>(request.AsSpan(8));
}
