using OpenEntropy.Evidence.Switching;
using OpenEntropy.Noise;
using OpenEntropy.Tests.Noise;
using Xunit;

namespace OpenEntropy.Tests.Evidence;

/// <summary>
/// Every source that this machine has, enabled and disabled many times by the way the service does it: no descriptor, thread or mapping is left. Memory
/// is counted by <c>switch</c>, in a process of its own.
/// </summary>
[Collection(HardwareAlone.Name)]
public sealed class SwitchedSourcesTests(CatalogFixture catalog) : IClassFixture<CatalogFixture>
{
    private const int UsualRounds = 1000;

    /// <summary>A round leaves one of something or nothing; the runtime and the test runner open and end some of their own meanwhile.</summary>
    private const int RoundsPerSpare = 10;

    private const string SparesTheDevice = "each opening writes blocks to the device, of which no more than 16,384 are stored";
    private const string TakesLong = "an opening warms up for milliseconds";

    /// <summary>Never reached: it bounds a hang, and tells where a source is opened directly.</summary>
    private static readonly TimeSpan s_bound = TimeSpan.FromMinutes(10);

    /// <summary>Those of which 1,000 rounds would take too long for a test, with how many there are and why.</summary>
    private static readonly Dictionary<string, (int Rounds, string Why)> s_fewer = new(StringComparer.Ordinal)
    {
        ["clock_jitter"] = (250, TakesLong),
        ["mach_timing"] = (250, TakesLong),
        ["timer_events"] = (250, TakesLong),
        ["thread_lifecycle"] = (250, TakesLong),
        ["fsync_journal"] = (250, SparesTheDevice),
        ["memory_timing"] = (250, TakesLong),
        ["cache_contention"] = (250, TakesLong),
        ["cas_contention"] = (250, TakesLong),
        ["denormal_timing"] = (250, TakesLong),
        ["dram_row_buffer"] = (250, TakesLong),
        ["tlb_shootdown"] = (250, TakesLong),
        ["cpu_io_beat"] = (250, SparesTheDevice),
        ["multi_domain_beat"] = (250, TakesLong),
        ["dispatch_queue"] = (250, TakesLong),
        ["dyld_timing"] = (250, TakesLong),
        ["hash_timing"] = (250, TakesLong),
    };

    /// <summary>Of the opt-in ones, some would listen to whoever is near.</summary>
    public static TheoryData<string> Switched() =>
        [
            .. NoiseSourceCatalog
                .Create(new NoiseContext("/unused", new Dictionary<string, string>(StringComparer.Ordinal)))
                .Where(source => SourcePlatforms.WhyUnavailable(source) is null && !source.Info.OptIn)
                .Select(source => source.Info.Name),
        ];

    [LinuxTheory]
    [MemberData(nameof(Switched))]
    public void EnableAndDisable_OfEverySourceThatThereIs_LeavesNothing(string name)
    {
        var (rounds, _) = s_fewer.GetValueOrDefault(name, (UsualRounds, ""));

        var result = SwitchRun.Of(catalog[name], rounds, s_bound, spare: rounds / RoundsPerSpare);

        Assert.True(result.IsComplete, $"{name}: {result.RoundsOfAsked} rounds, {result.Finding}");
        Assert.Equal(SwitchRun.AsTheService, result.How);
    }

    [Fact]
    public void Fewer_Rounds_AreOfSourcesThatThereAreAndSayWhy()
    {
        Assert.Subset(
            CatalogFixture.AllInfos().Select(info => info.Name).ToHashSet(StringComparer.Ordinal),
            s_fewer.Keys.ToHashSet(StringComparer.Ordinal)
        );
        Assert.All(s_fewer.Values, each => Assert.NotEmpty(each.Why));
    }
}
