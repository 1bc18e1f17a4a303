using Xunit;

namespace OpenEntropy.Tests.Noise;

/// <summary>
/// Every claim is at most 1/3 bit and at most an eighth of the lowest figure ever assessed for its mechanism with the ten estimators of
/// SP 800-90B, 6.3. The figures stand here, apart from the sources, so that a claim cannot be raised by changing one number.
/// </summary>
public sealed class ClaimTests(CatalogFixture catalog) : IClassFixture<CatalogFixture>
{
    private const double General = 1.0 / 3;
    private const double Share = 1.0 / 8;
    private const double Rounding = 1e-12;

    /// <summary>
    /// Lowest assessments of bare mechanisms, bits per sample: 1,000,000 samples each, the low 8 bits in steps of the counter, of one or more
    /// recordings on a virtual machine of two cores.
    /// </summary>
    private static readonly (string Source, double BitsPerSample, string Mechanism)[] s_mechanisms =
    [
        ("mach_timing", 1.439, "lfsr_loop"),
        ("sleep_jitter", 6.391, "nanosleep"),
        ("tcp_connect_timing", 7.354, "tcp_connect_lo"),
        ("disk_io", 7.354, "pread_odirect"),
        ("memory_timing", 4.704, "pagefault_mmap"),
        ("dram_row_buffer", 4.038, "clflush_dram, second recording"),
        ("cache_flush", 4.038, "clflush_dram, second recording"),
        ("cache_contention", 1.625, "cas_contend, second recording"),
        ("cas_contention", 1.625, "cas_contend, second recording"),
        ("page_fault_timing", 4.569, "madvise_fault"),
        ("speculative_execution", 4.442, "branch"),
        ("compression_timing", 5.152, "zlib_496B, second recording"),
        ("hash_timing", 1.764, "sha256_64_tsc"),
        ("dispatch_queue", 7.375, "thread_handoff"),
        ("vm_page_timing", 6.280, "mprotect_tlb"),
        ("tlb_shootdown", 6.280, "mprotect_tlb"),
        ("pipe_buffer", 2.505, "eventfd_rt"),
        ("thread_lifecycle", 6.978, "thread_create"),
        ("fsync_journal", 7.233, "fsync"),
        ("denormal_timing", 2.631, "denormal"),
        ("vm_exit", 2.531, "cpuid_vmexit"),
        ("dyld_timing", 2.953, "dlsym"),
    ];

    /// <summary>Lowest assessments of the sources themselves, bits per sample, where no bare mechanism was assessed: source, figure, recording.</summary>
    private static readonly (string Source, double BitsPerSample, string Recording)[] s_recordings = [];

    private static ILookup<string, double> Figures { get; } =
        s_mechanisms.Concat(s_recordings).ToLookup(row => row.Source, row => row.BitsPerSample, StringComparer.Ordinal);

    public static TheoryData<string> ClaimingNames() =>
        [.. CatalogFixture.AllInfos().Where(info => info.ClaimedMinEntropy > 0).Select(info => info.Name)];

    [Theory]
    [MemberData(nameof(ClaimingNames))]
    public void ClaimedMinEntropy_OfEverySourceThatClaims_RestsOnAFigure(string name) => Assert.True(Figures.Contains(name), name);

    [Theory]
    [MemberData(nameof(CatalogFixture.AllNames), MemberType = typeof(CatalogFixture))]
    public void ClaimedMinEntropy_OfEverySource_IsAtMostAnEighthOfTheLowestFigureAndAThird(string name)
    {
        var most = Figures[name].Select(figure => figure * Share).Append(General).Min();

        Assert.InRange(catalog[name].Info.ClaimedMinEntropy, 0, most + Rounding);
    }

    [Fact]
    public void Figures_OfBothTables_AreBitsOfAnEightBitSample() =>
        Assert.All(s_mechanisms.Concat(s_recordings), row => Assert.InRange(row.BitsPerSample, 0, 8));
}
