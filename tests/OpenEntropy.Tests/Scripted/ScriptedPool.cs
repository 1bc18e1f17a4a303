using System.Diagnostics;
using OpenEntropy.Drbg;
using OpenEntropy.Health;

namespace OpenEntropy.Tests.Scripted;

/// <summary>A pool of scripted sources whose turns are taken by hand, under a clock that moves by hand.</summary>
internal sealed class ScriptedPool : IAsyncDisposable
{
    /// <summary>More turns than any expectation here needs.</summary>
    private const int ManyTurns = 20_000;

    private static readonly TimeSpan s_bound = TimeSpan.FromSeconds(20);

    /// <summary>A pool of these sources alone.</summary>
    /// <param name="options">Null: the defaults.</param>
    /// <param name="sources">The sources.</param>
    public ScriptedPool(EntropyPoolOptions? options, params ScriptedNoiseSource[] sources)
        : this(options, OsRandom.Fill, sources) { }

    public ScriptedPool(EntropyPoolOptions? options, FillRandom osRandom, params ScriptedNoiseSource[] sources)
    {
        options ??= new EntropyPoolOptions();

        // Selects nothing of the catalog that runs anywhere: the TPM is claimed 0 and stays closed without turns.
        options.Sources.Enabled = "hardware_trng.tpm";
        foreach (var source in sources)
            options.AdditionalSources.Add(source);
        Pool = new EntropyPool(options, Time, osRandom, () => Clocks);
    }

    public EntropyPool Pool { get; }

    public ManualTimeProvider Time { get; } = new();

    /// <summary>What the resume watch reads.</summary>
    public (long Boottime, long Realtime) Clocks { get; set; }

    public EntropySourceStatus this[string name] => Pool.FindSource(name)!;

    /// <summary>Two lively credited sources: enough for blocks.</summary>
    public static ScriptedNoiseSource[] TwoLively() => [new("one"), new("two")];

    /// <summary>Takes turns until a condition holds.</summary>
    /// <returns>False when it never did.</returns>
    public bool HarvestUntil(Func<bool> condition)
    {
        // What held once is the answer: another thread may take a block before it could be looked at again.
        // Only turns taken count: a source's thread may be kept waiting by others for as long as the bound allows.
        var start = Stopwatch.GetTimestamp();
        for (var turns = 0; turns < ManyTurns && Stopwatch.GetElapsedTime(start) < s_bound; )
        {
            if (condition())
                return true;
            if (Pool.Parts.Harvester.RunHarvestTurn())
                turns++;
            else
                Thread.Yield();
        }

        return condition();
    }

    /// <summary>Takes turns until the pool holds that many blocks.</summary>
    public bool HarvestBlocks(int blocks) => HarvestUntil(() => Pool.Status.BlocksAvailable >= blocks);

    public ValueTask DisposeAsync() => Pool.DisposeAsync();
}
