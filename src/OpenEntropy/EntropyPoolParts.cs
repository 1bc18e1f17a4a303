using OpenEntropy.Conditioning;
using OpenEntropy.Continuity;
using OpenEntropy.Drbg;
using OpenEntropy.Harvest;
using OpenEntropy.Health;
using OpenEntropy.Noise;
using OpenEntropy.Output;
using OpenEntropy.Pool;

namespace OpenEntropy;

/// <summary>The parts of a pool, put together in the order in which a sample passes them.</summary>
internal sealed class EntropyPoolParts : IDisposable
{
    private readonly EntropyPoolOptions _options;
    private readonly Dictionary<string, EntropySource> _byName;
    private readonly Conditioner _conditioner;
    private volatile bool _disposed;

    /// <summary>Makes every part; nothing runs and no device is opened.</summary>
    public EntropyPoolParts(EntropyPoolOptions options, TimeProvider time, FillRandom osRandom, Func<(long Boottime, long Realtime)> clocks)
    {
        EntropyPoolOptionsCheck.Check(options);
        _options = options;

        // (1), (2)
        Sources = SourceAssembly.Create(options, time);
        SourceInfos = [.. Sources.Select(source => source.Info)];
        _byName = Sources.ToDictionary(source => source.Info.Name, StringComparer.Ordinal);

        // (3), (4)
        var identity = MachineIdentity.Read();
        Watch = new ResumeWatch(clocks);
        _conditioner = new Conditioner(options.Conditioning, SourceInfos.Select(info => info.Name), identity, osRandom);
        Pool = new SeedPool(options.Pool.Capacity, _conditioner.BlockBytes, options.Drbg.MaximumSeedAge, time);
        Watch.Resumed = Pool.Discard;
        Tap = new RawTap();
        Harvester = new Harvester(Sources, _conditioner, Pool, Tap, Watch, options.Harvest);

        // (5)
        Generators = new GeneratorSet(
            Environment.ProcessorCount,
            i => new Generator(Pool, Watch, options.Drbg, MachineIdentity.Personalization(identity, i), osRandom, time)
        );

        Output = new OutputCounts();
        Report = new PoolReport(this, options, _conditioner, time);
        Raw = new RawOutput(Sources, Tap, Report, time);
        Fresh = new FreshOutput(Generators, Pool, Output, Report, time);
        Limited = new LimitedOutput(Generators, Pool, Watch, Output, Report, time);
    }

    /// <summary>The sources, in catalog order.</summary>
    public IReadOnlyList<EntropySource> Sources { get; }

    /// <summary>What is fixed about them, in the same order.</summary>
    public IReadOnlyList<NoiseSourceInfo> SourceInfos { get; }

    /// <summary>Notices resumes and clones.</summary>
    public ResumeWatch Watch { get; }

    /// <summary>The seed blocks.</summary>
    public SeedPool Pool { get; }

    /// <summary>Diverts raw samples.</summary>
    public RawTap Tap { get; }

    /// <summary>Gives the sources their turns.</summary>
    public Harvester Harvester { get; }

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

    /// <summary>True once disposed.</summary>
    public bool IsDisposed => _disposed;

    /// <summary>A source by name.</summary>
    /// <param name="name">Its name.</param>
    public EntropySource? FindSource(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Waits until a first seed can be had, at most <see cref="DrbgOptions.StartTimeout"/>.</summary>
    public bool WaitForFirstSeed() =>
        Pool.WaitAsync(Generator.BlocksPerSeed(Pool.BlockBytes), _options.Drbg.StartTimeout, CancellationToken.None)
            .AsTask()
            .GetAwaiter()
            .GetResult();

    /// <summary>Closes every source and zeroes all state. The harvest has ended.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        foreach (var source in Sources)
            source.Dispose();
        Harvester.Dispose();
        Generators.Dispose();
        _conditioner.Dispose();
        Pool.Dispose();
    }
}
