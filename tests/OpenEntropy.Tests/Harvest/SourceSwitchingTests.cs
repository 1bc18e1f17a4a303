using OpenEntropy.Health;
using OpenEntropy.Noise;
using OpenEntropy.Tests.Noise;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests.Harvest;

/// <summary>Sources that are switched on and off, and devices that come and go.</summary>
public sealed class SourceSwitchingTests
{
    /// <summary>Bounds a wait for another thread; no expectation depends on it.</summary>
    private static readonly TimeSpan s_bound = TimeSpan.FromSeconds(20);

    [LinuxFact]
    public async Task EnableAndDisable_AThousandRounds_LeaveNoDescriptorAndNoThread()
    {
        var path = Path.GetTempFileName();
        try
        {
            var device = new DeviceSource(path);
            var options = new EntropyPoolOptions();
            options.Sources.Enabled = "hardware_trng.tpm";
            options.AdditionalSources.Add(device);
            await using var pool = new EntropyPool(options);
            var harvester = pool.Parts.Harvester;
            Rounds(3);
            var threads = Threads();
            Rounds(1000);
            Assert.Equal((0, 0), (OpenFiles.CountOf(path), device.Partners));

            // The runtime starts threads of its own when it likes, for the tests beside: far fewer than one in ten rounds.
            Assert.InRange(Threads(), 0, threads + 100);
            Assert.Equal((1003, 1003), (device.Opened, device.Closed));

            void Rounds(int count)
            {
                for (var i = 0; i < count; i++)
                {
                    var (opened, samples) = (device.Opened, pool.FindSource("device")!.Samples);
                    pool.Enable("device");
                    Turns(() => device.Opened > opened && pool.FindSource("device")!.Samples > samples);
                    pool.Disable("device");
                    Turns(() => device.Closed == device.Opened);
                }
            }

            void Turns(Func<bool> until) =>
                Assert.True(
                    SpinWait.SpinUntil(
                        () =>
                        {
                            if (!harvester.RunHarvestTurn())
                                Thread.Yield();
                            return until();
                        },
                        s_bound
                    )
                );
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task Enable_OfWhatTheMachineLackedAtTheStart_LooksAgain()
    {
        var noise = new ScriptedNoiseSource("s") { Unavailable = "there is no /dev/s" };
        await using var pool = new ScriptedPool(null, [.. ScriptedPool.TwoLively(), noise]);
        pool.Pool.Enable("s");
        Assert.Equal((SourceState.Unavailable, "there is no /dev/s"), StateOf());

        noise.Unavailable = "/dev/s is in use";
        pool.Pool.Enable("s");
        Assert.Equal((SourceState.Unavailable, "/dev/s is in use"), StateOf());

        noise.Unavailable = null;
        pool.Pool.Enable("s");
        Assert.Equal((SourceState.Starting, "it came after the start"), StateOf());

        (SourceState, string?) StateOf() => pool.Pool.FindSource("s") is { } status ? (status.State, status.Reason) : default;
    }

    [Fact]
    public async Task EnableDisableEnable_WithoutTurnsBetween_NeitherLeaksNorWedges()
    {
        var noise = new ScriptedNoiseSource("s");
        await using var pool = new ScriptedPool(null, [.. ScriptedPool.TwoLively(), noise]);
        for (var round = 0; round < 200; round++)
        {
            pool.Pool.Disable("s");
            if (round % 2 == 0)
                pool.Pool.Parts.Harvester.RunHarvestTurn();
            pool.Pool.Enable("s");
            if (round % 3 == 0)
                pool.Pool.Parts.Harvester.RunHarvestTurn();
        }

        Assert.True(pool.HarvestUntil(() => pool["s"].Healthy));
        Assert.Equal(1, noise.Opened - noise.Closed);
        pool.Pool.Disable("s");
        Assert.True(pool.HarvestUntil(() => noise.Opened == noise.Closed));
        Assert.Equal(0, pool["s"].Failures["total_failure"]);
    }

    [Fact]
    public async Task Disable_PoolFullAndTheHarvestPausing_ClosesTheDevice()
    {
        // After a turn of a second's work the harvest pauses for a quarter of an hour.
        var noise = new ScriptedNoiseSource("s") { Claim = 0, TestEntropy = 1 };
        var options = new EntropyPoolOptions();
        options.Pool.Capacity = 8;
        options.Harvest.CpuBudget = 0.001;
        await using var pool = new ScriptedPool(options, [.. ScriptedPool.TwoLively(), noise]);
        Assert.True(pool.HarvestUntil(() => !pool.Pool.Parts.Pool.WantsBlocks && pool["s"].Healthy));
        using var worked = new ManualResetEventSlim();
        noise.Busy = begins =>
        {
            if (begins)
                SpinWait.SpinUntil(() => false, TimeSpan.FromSeconds(1));
            else
                worked.Set();
        };
        using var stop = new CancellationTokenSource();
        var harvest = pool.Pool.RunAsync(stop.Token);
        Assert.True(worked.Wait(s_bound));
        pool.Pool.Disable("s");
        Assert.True(SpinWait.SpinUntil(() => noise.Closed == 1, s_bound));
        noise.Busy = null;
        pool.Pool.Enable("s");
        Assert.True(SpinWait.SpinUntil(() => noise.Opened == 2, s_bound));
        await stop.CancelAsync();
        await harvest;
    }

    [Fact]
    public async Task RunHarvestTurn_DeviceVanishesInMidReadAndReturns_SaysSoPausesAndRecovers()
    {
        var noise = new ScriptedNoiseSource("s");
        await using var pool = new ScriptedPool(null, [.. ScriptedPool.TwoLively(), noise]);
        Assert.True(pool.HarvestUntil(() => pool["s"].Healthy));
        noise.Failure = new NoiseSourceException("the device was unplugged");
        noise.OpenFailure = new NoiseSourceException("there is no such device");
        Assert.True(pool.HarvestUntil(() => pool["s"].State == SourceState.Failed && pool.Time.PendingTimers == 1));
        Assert.Equal(("the device was unplugged; next attempt in 1 s", 1), (pool["s"].Reason, noise.Closed));

        foreach (var (seconds, failures) in new[] { (1, 2), (2, 3), (4, 4) })
        {
            var opened = noise.Opened;
            pool.Time.Advance(TimeSpan.FromSeconds(seconds));
            Assert.True(pool.HarvestUntil(() => noise.Closed > opened && pool.Time.PendingTimers == 1 && Failures() == failures));
            Assert.Equal($"there is no such device; next attempt in {seconds * 2} s", pool["s"].Reason);
        }

        var credited = pool["s"].CreditedBits;
        (noise.Failure, noise.OpenFailure) = (null, null);
        pool.Time.Advance(TimeSpan.FromSeconds(8));
        Assert.True(pool.HarvestUntil(() => pool["s"].Healthy));
        Assert.Equal(4L, Failures());
        Assert.True(pool.HarvestUntil(() => pool["s"].CreditedBits > credited));

        long Failures() => pool["s"].Failures["total_failure"];
    }

    private static int Threads() => Directory.GetDirectories("/proc/self/task").Length;

    /// <summary>Holds a descriptor and a thread while it is open.</summary>
    private sealed class DeviceSource(string path) : NoiseSource
    {
        private FileStream? _file;
        private ManualResetEventSlim? _end;
        private Thread? _partner;
        private long _position;
        private int _partners;

        public int Opened { get; private set; }

        public int Closed { get; private set; }

        public int Partners => Volatile.Read(ref _partners);

        public override NoiseSourceInfo Info { get; } =
            new()
            {
                Name = "device",
                Category = NoiseCategory.Hardware,
                Mechanism = "A script.",
                ClaimedMinEntropy = 1.0 / 3,
                ClaimBasis = "none: it is a script",
                Threads = 2,
            };

        protected internal override void Open()
        {
            Opened++;
            _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var end = _end = new ManualResetEventSlim();
            _partner = new Thread(() =>
            {
                Interlocked.Increment(ref _partners);
                end.Wait();
                Interlocked.Decrement(ref _partners);
            });
            _partner.Start();
        }

        protected internal override int Collect(Span<byte> samples)
        {
            foreach (ref var sample in samples)
                sample = ScriptedNoiseSource.Lively(_position++);
            return samples.Length;
        }

        protected internal override void Close()
        {
            _end?.Set();
            _partner?.Join();
            _end?.Dispose();
            _file?.Dispose();
            Closed++;
        }
    }
}
