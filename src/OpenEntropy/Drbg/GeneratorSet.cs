using System.Security.Cryptography;

namespace OpenEntropy.Drbg;

/// <summary>One generator per core. A caller takes its core's, or another that is free, so that requests share no lock.</summary>
internal sealed class GeneratorSet : IDisposable
{
    private readonly Slot[] _slots;
    private volatile bool _disposed;

    /// <summary>Generators without seeds: each takes its first when it is first used.</summary>
    /// <param name="count">How many.</param>
    /// <param name="create">Makes one.</param>
    public GeneratorSet(int count, Func<int, Generator> create)
    {
        _slots = [.. Enumerable.Range(0, count).Select(i => new Slot(create(i)))];
    }

    /// <summary>How many there are.</summary>
    public int Count => _slots.Length;

    /// <summary>Fills with output of one generator.</summary>
    /// <param name="destination">Any length; zeroed on failure.</param>
    /// <param name="fresh">With prediction resistance.</param>
    /// <returns>False when no generator has or gets the seed it needs.</returns>
    public bool TryFill(Span<byte> destination, bool fresh)
    {
        var own = Thread.GetCurrentProcessorId() % _slots.Length;
        for (var i = 0; i < _slots.Length; i++)
        {
            var slot = _slots[(own + i) % _slots.Length];
            if (!Monitor.TryEnter(slot))
                continue;
            try
            {
                if (!_disposed && slot.Generator.TryFill(destination, fresh))
                    return true;
            }
            finally
            {
                Monitor.Exit(slot);
            }
        }

        return FillWaiting(destination, fresh, own);
    }

    /// <summary>What the generators show of themselves, summed up.</summary>
    public GeneratorCounts Counts()
    {
        var counts = new GeneratorCounts(0, null, 0, new long[Enum.GetValues<SeedCause>().Length]);
        foreach (var slot in _slots)
        {
            lock (slot)
                counts = counts.With(slot.Generator);
        }

        return counts;
    }

    /// <summary>Forgets every seed; a call under way ends first.</summary>
    public void Dispose()
    {
        _disposed = true;
        foreach (var slot in _slots)
        {
            lock (slot)
                slot.Generator.Dispose();
        }
    }

    /// <summary>Every free generator lacked a seed, or none was free: now each is waited for.</summary>
    private bool FillWaiting(Span<byte> destination, bool fresh, int own)
    {
        for (var i = 0; i < _slots.Length; i++)
        {
            var slot = _slots[(own + i) % _slots.Length];
            lock (slot)
            {
                if (!_disposed && slot.Generator.TryFill(destination, fresh))
                    return true;
            }
        }

        CryptographicOperations.ZeroMemory(destination);
        return false;
    }

    private sealed class Slot(Generator generator)
    {
        public Generator Generator { get; } = generator;
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
