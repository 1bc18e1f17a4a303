using System.Buffers;
using System.Security.Cryptography;
using OpenEntropy.Drills;
using OpenEntropy.Pool;

namespace OpenEntropy.Drbg;

/// <summary>One generator per core. A caller takes its core's, or another that is free, so that requests share no lock.</summary>
internal sealed class GeneratorSet : IDisposable
{
    private readonly Generator[] _generators;
    private readonly Withholding? _withholding;
    private volatile bool _disposed;

    /// <summary>Generators without seeds: each takes its first when it is first used.</summary>
    /// <param name="count">How many.</param>
    /// <param name="create">Makes one.</param>
    /// <param name="withholding">Says when no output is given; null: it always may be.</param>
    public GeneratorSet(int count, Func<int, Generator> create, Withholding? withholding = null)
    {
        _withholding = withholding;
        _generators = [.. Enumerable.Range(0, count).Select(create)];
    }

    private bool MayGive => !_disposed && _withholding?.SelfTest is null;

    /// <summary>How many there are.</summary>
    public int Count => _generators.Length;

    /// <summary>Fills with output of one generator.</summary>
    /// <param name="destination">Any length; zeroed on failure.</param>
    /// <returns>False when no generator has or gets the seed it needs.</returns>
    public bool TryFill(Span<byte> destination)
    {
        if (TryUse(destination, static (generator, destination) => generator.TryFill(destination)))
            return true;
        CryptographicOperations.ZeroMemory(destination);
        return false;
    }

    /// <summary>Writes the output of one generate call of one generator, in place.</summary>
    /// <param name="writer">Receives it.</param>
    /// <param name="length">Bytes, at most <see cref="CtrDrbg.MaximumRequestBytes"/>.</param>
    /// <param name="piece">What is asked of the writer at once, bytes: a block of the cipher at least.</param>
    /// <returns>False when no generator has or gets the seed it needs, and nothing is written.</returns>
    public bool TryWrite(IBufferWriter<byte> writer, int length, int piece) =>
        TryUse((writer, length, piece), static (generator, output) => generator.TryWrite(output.writer, output.length, output.piece));

    /// <summary>Fills with output of one generator, with prediction resistance. Only one is tried: its seeds are used up.</summary>
    /// <param name="destination">Any length; zeroed on failure.</param>
    /// <param name="seeds">A seed for each generate call.</param>
    /// <returns>False when the machine was resumed since the seeds were taken, or after disposal.</returns>
    public bool TryFillFresh(Span<byte> destination, ReservedBlocks seeds)
    {
        var own = Thread.GetCurrentProcessorId() % _generators.Length;
        var generator = Array.Find(_generators, Monitor.TryEnter);
        if (generator is null)
            Monitor.Enter(generator = _generators[own]);
        try
        {
            if (MayGive && generator.TryFillFresh(destination, seeds))
                return true;
        }
        finally
        {
            Monitor.Exit(generator);
        }

        CryptographicOperations.ZeroMemory(destination);
        return false;
    }

    /// <summary>What the generators show of themselves, summed up.</summary>
    public GeneratorCounts Counts()
    {
        var counts = new GeneratorCounts(0, null, 0, new long[Enum.GetValues<SeedCause>().Length]);
        foreach (var generator in _generators)
        {
            lock (generator)
                counts = counts.With(generator);
        }

        return counts;
    }

    /// <summary>Forgets every seed; a call under way ends first.</summary>
    public void Dispose()
    {
        _disposed = true;
        foreach (var generator in _generators)
        {
            lock (generator)
                generator.Dispose();
        }
    }

    private bool TryUse<TOutput>(TOutput output, Func<Generator, TOutput, bool> use)
        where TOutput : allows ref struct
    {
        var own = Thread.GetCurrentProcessorId() % _generators.Length;
        for (var i = 0; i < _generators.Length; i++)
        {
            var generator = _generators[(own + i) % _generators.Length];
            if (!Monitor.TryEnter(generator))
                continue;
            try
            {
                if (MayGive && use(generator, output))
                    return true;
            }
            finally
            {
                Monitor.Exit(generator);
            }
        }

        // Every free generator lacked a seed, or none was free: now each is waited for.
        for (var i = 0; i < _generators.Length; i++)
        {
            var generator = _generators[(own + i) % _generators.Length];
            lock (generator)
            {
                if (MayGive && use(generator, output))
                    return true;
            }
        }

        return false;
    }
}

/// <summary>The generators' counts at one moment.</summary>
/// <param name="Seeded">Generators that may give output.</param>
/// <param name="SeedAge">Age of the youngest seed among them.</param>
/// <param name="GenerateCalls">Since the start.</param>
/// <param name="Seedings">Since the start, indexed by <see cref="SeedCause"/>.</param>
internal sealed record GeneratorCounts(int Seeded, TimeSpan? SeedAge, long GenerateCalls, long[] Seedings)
{
    /// <summary>The counts with one more generator.</summary>
    public GeneratorCounts With(Generator generator)
    {
        var age = generator.SeedAge;
        return new GeneratorCounts(
            Seeded + (age is null ? 0 : 1),
            age is null || SeedAge < age ? SeedAge : age,
            GenerateCalls + generator.GenerateCalls,
            [.. Seedings.Zip(generator.Seedings, (a, b) => a + b)]
        );
    }
}
