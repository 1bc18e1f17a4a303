using System.Runtime.InteropServices;
using OpenEntropy.Noise;
using OpenEntropy.Noise.Hardware;
using OpenEntropy.Noise.Silicon;
using OpenEntropy.Noise.Timing;
using Xunit;

namespace OpenEntropy.Tests.Noise;

/// <summary>
/// The sources that other systems than Linux have too, measured here by the way they go there, as far as that way is .NET's own or POSIX's.
/// </summary>
[Collection(HardwareAlone.Name)]
public sealed class PortableSourcesTests(CatalogFixture catalog) : IClassFixture<CatalogFixture>, IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public static TheoryData<string> Portable() =>
        [
            "clock_jitter",
            "sleep_jitter",
            "os_rng",
            "dns_timing",
            "disk_io",
            "dram_row_buffer",
            "speculative_execution",
            "dispatch_queue",
            "hash_timing",
        ];

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("clock_jitter", "")]
    [InlineData("sleep_jitter", "linux macos windows")]
    [InlineData("os_rng", "")]
    [InlineData("dns_timing", "")]
    [InlineData("disk_io", "linux windows")]
    [InlineData("dyld_timing", "linux windows")]
    [InlineData("memory_timing", "linux macos windows")]
    [InlineData("vm_page_timing", "linux macos windows")]
    [InlineData("dram_row_buffer", "")]
    [InlineData("speculative_execution", "")]
    [InlineData("dispatch_queue", "")]
    [InlineData("hash_timing", "")]
    public void Of_PortableSource_IsEverySystemOrTheseSystems(string name, string systems) =>
        Assert.Equal(systems, string.Join(' ', SourcePlatforms.Of(catalog[name].GetType())));

    [Theory]
    [Trait("Category", "Hardware")]
    [MemberData(nameof(Portable))]
    public void Collect_TheWayOfOtherSystems_FillsWhatIsAskedAfterEachOfTwoOpeningsAndAllocatesNothing(string name)
    {
        using var resolver = new Network.LoopbackResolver(query => [Network.LoopbackResolver.Answer(query)]);
        var source = AsElsewhere(name, resolver);
        for (var opening = 0; opening < 2; opening++)
        {
            try
            {
                Assert.Null(source.WhyUnavailable());
                source.Open();
                var samples = new byte[32];
                CatalogFixture.Fill(source, samples);

                var before = GC.GetAllocatedBytesForCurrentThread();
                var count = source.Collect(samples);
                Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
                Assert.InRange(count, 1, samples.Length);
            }
            finally
            {
                source.Close();
            }
        }
    }

    [Theory]
    [InlineData("clock_jitter")]
    [InlineData("sleep_jitter")]
    [InlineData("disk_io")]
    [InlineData("dram_row_buffer")]
    public void Info_AnotherMechanismThanWasAssessed_ClaimsNothing(string name)
    {
        using var resolver = new Network.LoopbackResolver(_ => []);
        var info = AsElsewhere(name, resolver).Info;

        Assert.Equal((name, 0.0), (info.Name, info.ClaimedMinEntropy));
        Assert.StartsWith("No claim", info.ClaimBasis, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dispatch_queue")]
    [InlineData("spotlight_timing")]
    [InlineData("dyld_timing")]
    [InlineData("memory_timing")]
    [InlineData("vm_page_timing")]
    public void ClaimedOnLinuxAlone_Elsewhere_ClaimsNothingAndTestsByTheClaim(string name)
    {
        var info = catalog[name].Info;

        Assert.Equal(info, info.ClaimedOnLinuxAlone(isLinux: true));
        AssertClaimsNothingAndTestsByTheClaimOf(info, info.ClaimedOnLinuxAlone(isLinux: false));
    }

    [Theory]
    [InlineData("compression_timing")]
    public void ClaimedOnX64LinuxAlone_ElsewhereOrOnAnotherProcessor_ClaimsNothingAndTestsByTheClaim(string name)
    {
        var info = catalog[name].Info;

        Assert.Equal(info, info.ClaimedOnX64LinuxAlone(isLinux: true, Architecture.X64));
        AssertClaimsNothingAndTestsByTheClaimOf(info, info.ClaimedOnX64LinuxAlone(isLinux: false, Architecture.X64));
        AssertClaimsNothingAndTestsByTheClaimOf(info, info.ClaimedOnX64LinuxAlone(isLinux: true, Architecture.Arm64));
    }

    [Fact]
    public void Measure_SleepByPosix_IsNeverShorterThanAsked()
    {
        var source = new SleepJitterSource(() => new PosixSleep(), isAssessed: false);
        var values = new long[50];
        source.Open();
        _ = source.Measure(values);
        source.Close();

        Assert.All(values, value => Assert.InRange(value, 1, long.MaxValue));
        Assert.Throws<NoiseSourceException>(() => source.Measure(values));
    }

    [Fact]
    public void Collect_UnbufferedFileBecameShorter_ThrowsAndIsWrittenAnewWhenReopened()
    {
        var source = new DiskIoSource(Context(), isDirect: false);
        source.Open();
        File.WriteAllBytes(source.FilePath, []);
        Assert.Throws<NoiseSourceException>(() => source.Collect(new byte[1]));
        source.Close();

        source.Open();
        Assert.Equal(1, source.Collect(new byte[1]));
        source.Close();

        Assert.Equal(DiskBlocks.Blocks * DiskBlocks.BlockBytes, new FileInfo(source.FilePath).Length);
        Assert.Equal(0, OpenFiles.CountOf(source.FilePath));
        Assert.Throws<NoiseSourceException>(() => source.Collect(new byte[1]));
    }

    [Fact]
    public void Open_UnbufferedFileCannotBeMade_ThrowsAndNamesThePath()
    {
        File.WriteAllText(_directory.File("sources"), "in the way");
        var source = new DiskIoSource(Context(), isDirect: false);

        Assert.Contains(_directory.Path, Assert.Throws<NoiseSourceException>(source.Open).Message, StringComparison.Ordinal);
        source.Close();
    }

    private static void AssertClaimsNothingAndTestsByTheClaimOf(NoiseSourceInfo assessed, NoiseSourceInfo elsewhere)
    {
        Assert.True(assessed.ClaimedMinEntropy > 0 || RuntimeInformation.ProcessArchitecture != Architecture.X64);
        Assert.Equal((0.0, assessed.ClaimedMinEntropy), (elsewhere.ClaimedMinEntropy, elsewhere.TestMinEntropy));
        Assert.StartsWith("No claim yet", elsewhere.ClaimBasis, StringComparison.Ordinal);
    }

    private NoiseSource AsElsewhere(string name, Network.LoopbackResolver resolver) =>
        name switch
        {
            "clock_jitter" => new ClockJitterSource(isLinux: false),
            "sleep_jitter" => new SleepJitterSource(() => new PosixSleep(), isAssessed: false),
            "disk_io" => new DiskIoSource(Context(), isDirect: false),
            "dram_row_buffer" => new DramRowBufferSource(flushes: false),
            "dns_timing" => new OpenEntropy.Noise.Network.DnsTimingSource(
                Context(("dns_timing:Server", resolver.EndPoint.ToString()), ("dns_timing:QueriesPerSecond", "100"))
            ),
            _ => catalog[name],
        };

    private NoiseContext Context(params (string Key, string Value)[] settings) =>
        new(_directory.Path, settings.ToDictionary(setting => setting.Key, setting => setting.Value, StringComparer.OrdinalIgnoreCase));
}
