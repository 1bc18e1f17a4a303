using System.Diagnostics;
using OpenEntropy.Noise;
using OpenEntropy.Noise.Silicon;
using Xunit;

namespace OpenEntropy.Tests.Noise.Silicon;

[Collection(HardwareAlone.Name)]
public sealed class ContendingPartnerTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    public static TheoryData<string> Sources() => ["cache_contention", "cas_contention", "tlb_shootdown"];

    [TwoProcessorsTheory]
    [MemberData(nameof(Sources))]
    public void Collect_WhenThePartnerIsGone_ThrowsWithinTheDeadlineAndReopens(string name)
    {
        var source = Create(name);
        source.Open();
        StopPartner(source);

        var start = Stopwatch.GetTimestamp();
        var exception = Assert.Throws<NoiseSourceException>(() => source.Collect(new byte[64]));
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, source.Info.Deadline);
        Assert.Contains("partner", exception.Message, StringComparison.Ordinal);
        source.Close();

        source.Open();
        Assert.Equal(64, source.Collect(new byte[64]));
        source.Close();
        Assert.Throws<NoiseSourceException>(() => source.Collect(new byte[1]));
    }

    [TwoProcessorsTheory]
    [MemberData(nameof(Sources))]
    public void Close_AfterOpen_LetsTheThreadRunWhereItCouldBefore(string name)
    {
        var before = LinuxProcessors.Allowed(thread: 0);
        var source = Create(name);

        try
        {
            source.Open();
            Assert.Equal(1, LinuxProcessors.Count(LinuxProcessors.Allowed(thread: 0)));
        }
        finally
        {
            source.Close();
        }

        Assert.Equal(before, LinuxProcessors.Allowed(thread: 0));
    }

    [TwoProcessorsFact]
    public void End_BetweenCollections_PartnerSleeps()
    {
        var spells = 0;
        string? thread = null;
        var partner = new ContendingPartner(
            "test",
            self =>
            {
                Volatile.Write(ref thread, new FileInfo("/proc/thread-self").LinkTarget);
                _ = Interlocked.Increment(ref spells);
                while (self.IsWanted)
                    Volatile.Write(ref self.Progress, self.Progress + 1);
                _ = Interlocked.Increment(ref spells);
            }
        );
        partner.Begin();
        _ = ContendingPartner.AwaitChange(ref partner.Progress, 0);
        partner.End();

        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref spells) == 2, s_patience)); // it left its work
        Assert.True(SpinWait.SpinUntil(() => IsAsleep(thread!), s_patience));
        var run = TimesRun(thread!);
        Assert.All(Enumerable.Range(0, 100), _ => Assert.True(IsAsleep(thread!)));
        Assert.Equal(run, TimesRun(thread!)); // and was not woken in between
        var progress = Volatile.Read(ref partner.Progress);
        partner.Begin();
        _ = ContendingPartner.AwaitChange(ref partner.Progress, progress); // and takes it up again
        Assert.True(partner.Stop());
        Assert.False(partner.IsAlive);
    }

    [TwoProcessorsFact]
    public void Stop_OfAPartnerThatHangs_StillEndsItOnceItGoesOn()
    {
        using var working = new ManualResetEventSlim();
        using var hang = new ManualResetEventSlim();
        var partner = new ContendingPartner(
            "test",
            _ =>
            {
                working.Set();
                hang.Wait();
            }
        );
        partner.Begin();
        Assert.True(working.Wait(s_patience));

        Assert.False(partner.Stop());
        hang.Set();
        Assert.True(SpinWait.SpinUntil(() => !partner.IsAlive, s_patience));
    }

    [LinuxFact]
    public void WhyUnavailable_OneProcessorAllowed_SaysSo()
    {
        var all = LinuxProcessors.Allowed(thread: 0);

        Assert.Equal(1, LinuxProcessors.Count(LinuxProcessors.First(all)));
        Assert.Equal(1, LinuxProcessors.Count(LinuxProcessors.Last(all)));
        Assert.Equal(LinuxProcessors.Count(all) == 1, LinuxProcessors.First(all).SequenceEqual(LinuxProcessors.Last(all)));

        Assert.Contains("two processors", ContendingPartner.WhyUnavailable(processors: 1), StringComparison.Ordinal);
        Assert.Null(ContendingPartner.WhyUnavailable(processors: 2));
        Assert.Equal(
            ContendingPartner.WhyUnavailable(LinuxProcessors.Count(LinuxProcessors.Allowed(Environment.ProcessId))),
            ContendingPartner.WhyUnavailable()
        );
    }

    /// <summary>A thread that waits in the kernel: proc(5), /proc/pid/stat, the field after the name.</summary>
    private static bool IsAsleep(string thread)
    {
        var status = File.ReadAllText($"/proc/{thread}/stat");
        return status[status.LastIndexOf(')') + 2] == 'S';
    }

    /// <summary>How often a thread was given a processor: the third field of /proc/pid/schedstat.</summary>
    private static string TimesRun(string thread) => File.ReadAllText($"/proc/{thread}/schedstat").Split(' ')[2];

    private static NoiseSource Create(string name) =>
        name switch
        {
            "cache_contention" => new CacheContentionSource(),
            "cas_contention" => new CasContentionSource(),
            _ => new TlbShootdownSource(),
        };

    private static void StopPartner(NoiseSource source)
    {
        switch (source)
        {
            case CacheContentionSource cache:
                cache.StopPartner();
                break;
            case CasContentionSource cas:
                cas.StopPartner();
                break;
            case TlbShootdownSource tlb:
                tlb.StopPartner();
                break;
        }
    }

    /// <summary>A fact about two threads that run at once, skipped where there is one processor.</summary>
    private sealed class TwoProcessorsFactAttribute : FactAttribute
    {
        public TwoProcessorsFactAttribute() => Skip = ContendingPartner.WhyUnavailable();
    }

    /// <summary>As <see cref="TwoProcessorsFactAttribute"/>, of several sources.</summary>
    private sealed class TwoProcessorsTheoryAttribute : TheoryAttribute
    {
        public TwoProcessorsTheoryAttribute() => Skip = ContendingPartner.WhyUnavailable();
    }
}
