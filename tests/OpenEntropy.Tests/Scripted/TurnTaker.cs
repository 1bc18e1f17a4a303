using System.Diagnostics;
using OpenEntropy.Health;
using OpenEntropy.Noise;
using Xunit;

namespace OpenEntropy.Tests.Scripted;

/// <summary>Takes the turns of one source by hand and adds up what they give.</summary>
internal sealed class TurnTaker : IDisposable
{
    /// <summary>Bounds a wait for another thread; no expectation depends on it.</summary>
    private static readonly TimeSpan s_bound = TimeSpan.FromSeconds(20);

    public TurnTaker(NoiseSource noise, bool creditVendors = false, SourceSpeed onlyIf = SourceSpeed.Unknown, bool mayBeDrilled = false)
    {
        Source = new EntropySource(noise, new HealthOptions(), creditVendors, selected: true, Time, onlyIf, mayBeDrilled);
        Source.AwaitLook(s_bound);
    }

    public EntropySource Source { get; }

    public ManualTimeProvider Time { get; } = new();

    public EntropySourceStatus Status => Source.Status();

    /// <summary>Samples that the tests saw: collected and not disturbed by this machine.</summary>
    public long Tested
    {
        get
        {
            var status = Status;
            return status.Samples - status.Dropped["garbage_collection"] - status.Dropped["clock_jump"] - status.Dropped["stop"];
        }
    }

    public double Credit { get; private set; }

    public long Usable { get; private set; }

    public long Raw { get; private set; }

    /// <summary>One attempt at a turn.</summary>
    /// <returns>False when the source could not take one.</returns>
    public bool Turn(int atMost, bool forRaw = false)
    {
        if (!Source.CanTakeTurn(forRaw))
            return false;
        var turn = Source.Take(TimeSpan.FromMilliseconds(1), atMost);
        Credit += turn.Credit;
        Usable += turn.Usable.Length;
        Raw += turn.Raw.Length;
        return true;
    }

    /// <summary>Takes turns until a condition holds.</summary>
    public void Until(Func<bool> condition, int atMost = 4096, bool forRaw = false)
    {
        var start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < s_bound, $"still {Status.State}: {Status.Reason}");
            if (!Turn(atMost, forRaw))
                Thread.Yield();
        }
    }

    /// <summary>Takes turns of one sample until the tests have seen that many.</summary>
    public void UntilTested(long samples, bool forRaw = false) => Until(() => Tested >= samples, atMost: 1, forRaw);

    public void Dispose() => Source.Dispose();
}
