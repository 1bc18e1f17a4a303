using System.Text;
using OpenEntropy.Native.Text;
using Xunit;

namespace OpenEntropy.Native.Tests;

public sealed class OptionsTests
{
    [Fact]
    public void Read_EveryOption_TakesIt()
    {
        var options = OpenRequest.Read(
            """
            {"Sources":{"Enabled":"timing","MayEnable":"all","CreditVendors":true,"LookInterval":"00:00:05",
             "Settings":{"Disk_IO":{"path":"/there"}}},
             "harvest":{"CpuBudget":0.5,"RawCpuBudget":1},"Health":{"IntermittentAlphaExponent":30,"PermanentAlphaExponent":50},
             "Conditioning":{"Hash":"SHA3-512","LeaveOut":2},"Pool":{"Capacity":64},
             "Drbg":{"ReseedInterval":"00:00:02","MaximumSeedAge":"00:01:00","StartTimeout":"00:00:03"},
             "Storage":{"Directory":"/somewhere"},"Personalization":"AQID"}
            """u8
        );
        Assert.Equal(("timing", "all", true), (options.Sources.Enabled, options.Sources.MayEnable, options.Sources.CreditVendors));
        Assert.Equal(TimeSpan.FromSeconds(5), options.Sources.LookInterval);
        Assert.Equal("/there", options.Sources.Settings["disk_io"]["Path"]);
        Assert.Equal((0.5, 1.0), (options.Harvest.CpuBudget, options.Harvest.RawCpuBudget));
        Assert.Equal((30, 50), (options.Health.IntermittentAlphaExponent, options.Health.PermanentAlphaExponent));
        Assert.Equal(("SHA3-512", 2, 64), (options.Conditioning.Hash, options.Conditioning.LeaveOut, options.Pool.Capacity));
        Assert.Equal(
            (2, 60, 3),
            (
                (int)options.Drbg.ReseedInterval.TotalSeconds,
                (int)options.Drbg.MaximumSeedAge.TotalSeconds,
                (int)options.Drbg.StartTimeout.TotalSeconds
            )
        );
        Assert.Equal("/somewhere", options.Storage.Directory);
        Assert.Equal([1, 2, 3], options.Personalization.ToArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"Sources":{}}""")]
    public void Read_NothingSaid_KeepsTheDefaults(string json)
    {
        var (options, defaults) = (OpenRequest.Read(Encoding.UTF8.GetBytes(json)), new EntropyPoolOptions());
        Assert.Equal((defaults.Sources.Enabled, defaults.Pool.Capacity), (options.Sources.Enabled, options.Pool.Capacity));
        Assert.Equal((defaults.Drbg.StartTimeout, defaults.Storage.Directory), (options.Drbg.StartTimeout, options.Storage.Directory));
        Assert.Equal(
            (defaults.Sources.LookInterval, defaults.Conditioning.Hash),
            (options.Sources.LookInterval, options.Conditioning.Hash)
        );
        Assert.Empty(options.Sources.Settings);
    }

    [Theory]
    [InlineData("{", "options: ")]
    [InlineData("null", "options: null is no object")]
    [InlineData("[]", "options: ")]
    [InlineData("""{"Sauces":{}}""", "options: ")]
    [InlineData("""{"Pool":{"Capacity":"many"}}""", "options: ")]
    [InlineData("""{"Pool":{"Capacity":64,"Capacity":65}}""", "options: ")]
    [InlineData("""{"Pool":null}""", "options: ")]
    [InlineData("""{"Personalization":"not base64"}""", "options: ")]
    [InlineData("""{"Pool":{"Capacity":7}}""", "OpenEntropy:Pool:Capacity: ")]
    [InlineData("""{"Conditioning":{"Hash":"MD5"}}""", "OpenEntropy:Conditioning:Hash: ")]
    [InlineData("""{"Sources":{"Enabled":"dist_io"}}""", "OpenEntropy:Sources:Enabled: 'dist_io' names no noise source")]
    [InlineData("""{"Sources":{"Settings":{"disk_io":{"colour":"red"}}}}""", "OpenEntropy:Sources:Settings:disk_io:colour: ")]
    [InlineData("""{"Sources":{"Settings":{"disk_io":{"path":"a","PATH":"b"}}}}""", "OpenEntropy:Sources:Settings:disk_io:PATH: ")]
    [InlineData("""{"Sources":{"Settings":{"disk_io":null}}}""", "OpenEntropy:Sources:Settings:disk_io: is null")]
    [InlineData("""{"Sources":{"Settings":{"disk_io":{"path":null}}}}""", "OpenEntropy:Sources:Settings:disk_io:path: ")]
    [InlineData("""{"Sources":{"Settings":{"disk_io":{},"DISK_IO":{}}}}""", "OpenEntropy:Sources:Settings:DISK_IO: ")]
    [InlineData("""{"Storage":{"Directory":"here"}}""", "OpenEntropy:Storage:Directory: 'here' is not an absolute path")]
    public void Open_OptionsThatCannotWork_NamesThemAndGivesNoHandle(string json, string error)
    {
        Assert.Equal((int)ResultCode.Configuration, Native.Open(Encoding.UTF8.GetBytes(json), out var handle));
        Assert.Equal(0UL, handle);
        Assert.StartsWith(error, Native.Error(), StringComparison.Ordinal);
        Assert.DoesNotContain('\n', Native.Error());
    }

    [Fact]
    public void Open_HostileMemory_IsRefused()
    {
        Assert.Equal((int)ResultCode.InvalidArgument, Native.OpenAt(0, 0, 0));
        Assert.Equal("handle is null", Native.Error());
        Assert.Equal((int)ResultCode.InvalidArgument, Native.Open(new byte[(1 << 20) + 1], out var handle));
        Assert.Equal(0UL, handle);
        Assert.Equal((int)ResultCode.Configuration, Native.Open([0xFF, 0xFE], out _));
    }

    [Fact]
    public void Open_ThisMachine_GivesAHandleThatCanBeClosed()
    {
        Assert.Equal(0, Native.Open("""{"Sources":{"Enabled":"os_rng"}}"""u8, out var handle));
        Assert.NotEqual(0UL, handle);

        // It earns nothing, so that no seed ever comes: said at once, whatever the patience.
        var buffer = HandleTests.Filled(8);
        Assert.Equal((int)ResultCode.NoEntropy, Native.Bytes(handle, buffer, timeout: 60_000));
        HandleTests.AssertZero(buffer);
        Assert.Equal(0, Native.Close(handle));
    }
}
