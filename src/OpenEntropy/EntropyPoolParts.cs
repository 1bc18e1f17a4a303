using OpenEntropy.Conditioning;
using OpenEntropy.Continuity;
using OpenEntropy.Drbg;
using OpenEntropy.Drills;
using OpenEntropy.Harvest;
using OpenEntropy.Health;
using OpenEntropy.Noise;
using OpenEntropy.Output;
using OpenEntropy.Pool;

namespace OpenEntropy;

/// <summary>The parts of a pool, put together in the order in which a sample passes them.</summary>
internal sealed class EntropyPoolParts
{
    /// <summary>How long the closing of the sources is waited for, all together; one that hangs keeps its thread until the process ends.</summary>
    private static readonly TimeSpan s_closing = TimeSpan.FromSeconds(5);

    private readonly EntropyPoolOptions _options;
    private readonly Dictionary<string, EntropySource> _byName;

    /// <summary>What holds state, in the order in which it was made.</summary>
    private readonly Stack<IDisposable> _secrets = new();
    private volatile bool _stopping;

    /// <summary>Makes every part; nothing runs and no device is opened.</summary>
    public EntropyPoolParts(EntropyPoolOptions options, TimeProvider time, FillRandom osRandom, Func<(long Boottime, long Realtime)> clocks)
    {
        // What the caller changes later changes nothing: the copy is checked and used.
        _options = options = EntropyPoolOptionsCopy.Of(options);
        EntropyPoolOptionsCheck.Check(options);

        // (1), (2)
        Sources = SourceAssembly.Create(options, time);
        SourceInfos = [.. Sources.Select(source => source.Info)];
        OptIn = OptInSources.Of(options.Sources, [.. SourceInfos.SkipLast(options.AdditionalSources.Count)]);
        _byName = Sources.ToDictionary(source => source.Info.Name, StringComparer.Ordinal);
        try
        {
            // (3), (4)
            var identity = Identity = MachineIdentity.With(MachineIdentity.Read(), options.Personalization.Span);
            Watch = new ResumeWatch(clocks);
            var contributors = Contributors.Of([.. SourceInfos.Select(info => info.SharesCredit)]);
            var names = SourceInfos.Select(info => info.Name);
            var conditioner = Owned(new Conditioner(options.Conditioning, names, identity, osRandom, contributors));
            Withholding = new Withholding(time);
            Pool = Owned(
                new SeedPool(options.Pool.Capacity, conditioner.BlockBytes, options.Drbg.MaximumSeedAge, time, withholding: Withholding)
            );
            Watch.Resumed = Pool.Discard;
            Withholding.Renewing = Watch.Renew;
            Tap = new RawTap();
            Recordings = Owned(new RecordingTap());
            Earning = new EarningSources(Sources, contributors, options.Conditioning.LeaveOut);
            Harvester = Owned(
                new Harvester(
                    Sources,
                    Earning,
                    conditioner,
                    Pool,
                    Tap,
                    Recordings,
                    Watch,
                    options.Harvest,
                    options.Sources.LookInterval,
                    options.AllowDrills
                )
            );
            Harvest = Owned(new HarvestRun(Harvester, Watch));

            // (5)
            Generators = Owned(
                new GeneratorSet(
                    Environment.ProcessorCount,
                    i => new Generator(Pool, Watch, options.Drbg, MachineIdentity.Personalization(identity, i), osRandom, time),
                    Withholding
                )
            );

            // (6), (7)
            Output = new OutputCounts();
            Report = new PoolReport(this, options, conditioner, time);
            Raw = new RawOutput(Sources, Tap, Report, time);
            Fresh = new FreshOutput(Generators, Pool, Watch, Output, Report, time);
            Limited = new LimitedOutput(Generators, Pool, Watch, Output, Report, time);
        }
        catch
        {
            Zero();
            throw;
        }
    }

    /// <summary>The sources, in catalog order.</summary>
    public IReadOnlyList<EntropySource> Sources { get; }

    /// <summary>Whether drills are allowed.</summary>
    public bool AllowsDrills => _options.AllowDrills;

    /// <summary>What is fixed about them, in the same order.</summary>
    public IReadOnlyList<NoiseSourceInfo> SourceInfos { get; }

    /// <summary>What the configuration says of opt-in sources.</summary>
    public OptInSources OptIn { get; }

    /// <summary>What is absorbed with every block, and is in every generator's personalization string. No secret.</summary>
    public byte[] Identity { get; }

    /// <summary>Notices resumes and clones.</summary>
    public ResumeWatch Watch { get; }

    /// <summary>What is there and not given.</summary>
    public Withholding Withholding { get; }

    /// <summary>The seed blocks.</summary>
    public SeedPool Pool { get; }

    /// <summary>Diverts raw samples.</summary>
    public RawTap Tap { get; }

    /// <summary>Diverts raw samples to recordings.</summary>
    public RecordingTap Recordings { get; }

    /// <summary>Whether enough sources may earn credit.</summary>
    public EarningSources Earning { get; }

    /// <summary>Gives the sources their turns.</summary>
    public Harvester Harvester { get; }

    /// <summary>Runs the harvester.</summary>
    public HarvestRun Harvest { get; }

    /// <summary>One generator per core.</summary>
    public GeneratorSet Generators { get; }

    /// <summary>Bytes given out.</summary>
    public OutputCounts Output { get; }

    /// <summary>The accounts.</summary>
    public PoolReport Report { get; }

    /// <summary>Raw output.</summary>
    public RawOutput Raw { get; }

    /// <summary>Output with prediction resistance.</summary>
    public FreshOutput Fresh { get; }

    /// <summary>Entropy-limited output.</summary>
    public LimitedOutput Limited { get; }

    /// <summary>True once its disposal has begun.</summary>
    public bool IsDisposed => _stopping;

    /// <summary>A source by name.</summary>
    /// <param name="name">Its name.</param>
    public EntropySource? FindSource(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Waits until a first seed can be had, at most <see cref="DrbgOptions.StartTimeout"/>.</summary>
    public bool WaitForFirstSeed() =>
        Pool.WaitAsync(Generator.BlocksPerSeed(Pool.BlockBytes), _options.Drbg.StartTimeout, CancellationToken.None)
            .AsTask()
            .GetAwaiter()
            .GetResult();

    /// <summary>Tells those who wait for raw samples, ends the harvest, zeroes all state and then closes every source. Called once.</summary>
    public async Task DisposeAsync()
    {
        _stopping = true;
        Tap.Close();
        await Harvest.EndAsync();
        Zero();
        var closing = Sources.Select(source => Task.Factory.StartNew(source.Dispose, TaskCreationOptions.LongRunning));
        await Task.WhenAll(closing).WaitAsync(s_closing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private T Owned<T>(T part)
        where T : IDisposable
    {
        _secrets.Push(part);
        return part;
    }

    /// <summary>Last made, first zeroed: the generators, then what fills the pool, then the pool.</summary>
    private void Zero()
    {
        while (_secrets.TryPop(out var part))
            part.Dispose();
    }
}
