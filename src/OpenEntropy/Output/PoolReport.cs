using OpenEntropy.Conditioning;
using OpenEntropy.Drbg;
using OpenEntropy.Health;

namespace OpenEntropy.Output;

/// <summary>Reads the accounts, and says in a sentence why nothing can be given.</summary>
internal sealed class PoolReport(EntropyPoolParts parts, EntropyPoolOptions options, Conditioner conditioner, TimeProvider time)
{
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_late = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_selfTest = TimeSpan.FromSeconds(5);
    private static readonly string[] s_uncredited =
    [
        "operating system randomness (32 bytes per block)",
        "machine, boot and process identity",
    ];

    private readonly SourceFaults _faults = new(parts, options.Conditioning.LeaveOut);
    private readonly long _started = time.GetTimestamp();

    /// <summary>The accounts at this moment.</summary>
    public EntropyPoolStatus Status()
    {
        EntropySourceStatus[] sources = [.. parts.Sources.Select(source => source.Status())];
        var blocks = parts.Pool.Counts;
        var generators = parts.Generators.Counts();
        var (state, reason) = State(sources, generators);
        var bits = conditioner.Counts;
        var blockBits = parts.Pool.BlockBytes * 8;
        return new EntropyPoolStatus
        {
            State = state,
            Reason = reason,
            Uptime = time.GetElapsedTime(_started),
            RawBytes = sources.Sum(source => source.Samples),
            DrbgBytes = parts.Output.Drbg,
            LimitedBytes = parts.Output.Limited,
            RawOutputBytes = parts.Tap.Delivered,
            Hash = options.Conditioning.Hash,
            LeaveOut = options.Conditioning.LeaveOut,
            UncreditedInputs = s_uncredited,
            Capacity = parts.Pool.Capacity,
            BlocksAvailable = blocks.Available,
            BlockBits = blockBits,
            BlockRequirementBits = conditioner.RequirementBits,
            AssessedBitsIn = bits.In,
            AssessedBitsPending = bits.Pending,
            AssessedBitsDiscarded = bits.Discarded,
            BlocksProduced = blocks.Produced,
            BlocksUsed = blocks.Used,
            BlocksReplaced = blocks.Replaced,
            BlocksExpired = blocks.Expired,
            BlocksDiscarded = blocks.Discarded,
            ExtractionRatio = bits.InBlocks > 0 ? blocks.Produced * blockBits / bits.InBlocks : 0,
            BlocksPerSecond = parts.Harvester.BlocksPerSecond,
            Generators = parts.Generators.Count,
            GeneratorsSeeded = generators.Seeded,
            SeedAge = generators.SeedAge,
            GenerateCalls = generators.GenerateCalls,
            Reseeds = ReseedCauses.Named(generators.Seedings),
            ResumeSigns = parts.Watch.Signs,
            Deviations = PoolDeviations.Of(options, parts.Pool.Protection),
            Sources = sources,
        };
    }

    /// <summary>The pool holds a seed, or a generator has one, and no self-test has failed.</summary>
    public bool CanServe => parts.Withholding.SelfTest is null && (HoldsSeed || parts.Generators.Counts().Seeded > 0);

    /// <summary>Assessed entropy that a block needs after the leave-out, bits.</summary>
    public int BlockRequirementBits => conditioner.RequirementBits;

    /// <summary>Largest contributors left out of a block's count.</summary>
    public int LeaveOut => options.Conditioning.LeaveOut;

    /// <summary>Null until the pool is disposed, and while no self-test has failed.</summary>
    public EntropyRefusal? WhyStopped() =>
        parts.IsDisposed ? new EntropyRefusal(RefusalReason.Stopped, "the service is stopping", s_soon)
        : parts.Withholding.SelfTest is { } failed ? new EntropyRefusal(RefusalReason.SelfTestFailed, failed, s_selfTest)
        : null;

    /// <summary>Why no generator has a seed.</summary>
    public EntropyRefusal WhyNoSeed()
    {
        if (WhyStopped() is { } stopped)
            return stopped;
        if ((parts.Harvest.Ended ?? _faults.WhyNoBlock()) is { } hopeless)
            return new EntropyRefusal(RefusalReason.NoEntropy, hopeless, s_late);
        var failing = _faults.Failing(out var hopelessly);
        var because = failing.Length > 0 ? $"; {failing}" : "";

        // The attempt failed a moment ago: a block that came since is no old seed, and whoever waits for the first has it.
        if (CanServe)
            return new EntropyRefusal(RefusalReason.Starting, "no seed was there yet: one has come since", s_soon);
        if (!IsStarting && parts.Withholding.WhyDrilled is { } drilled)
            return new EntropyRefusal(RefusalReason.SeedTooOld, $"no generator has a seed it may use; {drilled}", AfterDrill());
        if (!IsStarting)
        {
            return new EntropyRefusal(
                RefusalReason.SeedTooOld,
                $"no seed is younger than {options.Drbg.MaximumSeedAge} and the pool is empty{because}",
                RetryAfter(Generator.BlocksPerSeed(parts.Pool.BlockBytes))
            );
        }

        if (hopelessly)
            return new EntropyRefusal(RefusalReason.NoEntropy, $"no credited noise source works: {failing}", s_soon);
        var why =
            parts.Watch.Signs > 0
                ? "no seed yet: the machine was resumed or cloned or its clock was set, and what was gathered before is not used"
                : "no seed yet: the noise sources are in their start-up tests";
        return new EntropyRefusal(RefusalReason.Starting, why + because, s_soon);
    }

    /// <summary>Why the pool gave too few blocks in time.</summary>
    public EntropyRefusal WhyPoolDry(int blocks) => WhyPoolDry(blocks, parts.Pool.Counts.Available);

    /// <summary>The same where the pool holds too few now; null where it holds enough.</summary>
    public EntropyRefusal? FindShortage(int blocks) =>
        parts.Pool.Counts.Available is var available && available < blocks ? WhyPoolDry(blocks, available) : null;

    private EntropyRefusal WhyPoolDry(int blocks, int available)
    {
        if (WhyStopped() is { } stopped)
            return stopped;
        if (parts.Withholding.WhyDrilled is { } drilled && !IsStarting)
        {
            return new EntropyRefusal(
                RefusalReason.PoolDry,
                $"the pool holds {available} of the {blocks} seed blocks this needs; {drilled}",
                AfterDrill()
            );
        }

        if (parts.Harvest.Ended is not null || _faults.WhyNoBlock() is not null || IsStarting)
            return WhyNoSeed();
        return new EntropyRefusal(
            RefusalReason.PoolDry,
            $"the pool holds {available} of the {blocks} seed blocks this needs",
            RetryAfter(blocks - available)
        );
    }

    /// <summary>True until the first seed could be had, also after a resume.</summary>
    public bool IsStarting => parts.Pool.AddedInEpoch < Generator.BlocksPerSeed(parts.Pool.BlockBytes);

    private bool HoldsSeed => parts.Pool.Counts.Available >= Generator.BlocksPerSeed(parts.Pool.BlockBytes);

    private (PoolState State, string? Reason) State(EntropySourceStatus[] sources, GeneratorCounts generators)
    {
        if (parts.Withholding.SelfTest is { } failed)
            return (PoolState.Unhealthy, failed);
        if (generators.Seeded == 0 && !HoldsSeed)
        {
            var refusal = WhyNoSeed();
            return (refusal.Reason == RefusalReason.Starting ? PoolState.Starting : PoolState.Unhealthy, refusal.Message);
        }

        if ((parts.Harvest.Ended ?? _faults.WhyNoBlock()) is { } sentence)
            return (PoolState.Degraded, sentence);
        if (parts.Withholding.WhyDrilled is { } drilled)
            return (PoolState.Degraded, drilled);
        var bad = Array.FindAll(sources, SourceFaults.IsBad);
        return bad.Length == 0
            ? (PoolState.Healthy, null)
            : (PoolState.Degraded, string.Join("; ", bad.Select(source => $"{source.Info.Name}: {source.Reason}")));
    }

    private TimeSpan AfterDrill() => parts.Withholding.Left is { } left && left > s_soon ? left : s_soon;

    private TimeSpan RetryAfter(int blocks)
    {
        var rate = parts.Harvester.BlocksPerSecond;
        if (rate <= 0)
            return s_soon;
        var seconds = Math.Ceiling(Math.Max(0, blocks) / rate);
        return TimeSpan.FromSeconds(Math.Clamp(seconds, s_soon.TotalSeconds, TimeSpan.FromHours(1).TotalSeconds));
    }
}
