using System.Diagnostics;
using System.Globalization;
using OpenEntropy.Evidence.Sources;
using OpenEntropy.Health;
using OpenEntropy.Noise;

namespace OpenEntropy.Evidence.Switching;

/// <summary>What switching one source on and off many times left behind.</summary>
/// <param name="Rounds">Rounds that were done.</param>
/// <param name="How">How it was switched, a few words.</param>
/// <param name="Before">Held before the first.</param>
/// <param name="After">Held after the last.</param>
/// <param name="Problem">What is left, or why it could not be switched, in one clause; null: all is well.</param>
/// <param name="Asked">Rounds that were asked for.</param>
internal sealed record SwitchResult(int Rounds, string How, ProcessHoldings Before, ProcessHoldings After, string? Problem, int Asked)
{
    /// <summary>The rounds, and of how many where there were fewer.</summary>
    public string RoundsOfAsked =>
        Rounds < Asked
            ? string.Create(CultureInfo.InvariantCulture, $"{Rounds:N0} of {Asked:N0}")
            : Rounds.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>True where all rounds were done and nothing is left.</summary>
    public bool IsComplete => Problem is null && Rounds == Asked;

    /// <summary>What there is to say of it, in clauses.</summary>
    public string Finding => Problem ?? (Rounds < Asked ? "nothing left; the time was over" : "nothing left");
}

/// <summary>Switches a source on and off as the service does, or by itself where that would take too long.</summary>
internal sealed class SwitchRun
{
    /// <summary>The words for switching as the service does.</summary>
    internal const string AsTheService = "enabled, a turn, disabled";

    private const string Directly = "opened, one sample, closed";
    private const int WarmUpRounds = 5;

    private static readonly TimeSpan s_turn = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan s_settling = TimeSpan.FromSeconds(3);

    private readonly NoiseSource _source;
    private readonly int _rounds;
    private readonly TimeSpan _atMost;
    private readonly int _spare;
    private readonly ManualResetEventSlim _finished = new(initialState: false);
    private ProcessHoldings? _middle = ProcessHoldings.None; // nobody looks while it warms up

    private SwitchRun(NoiseSource source, int rounds, TimeSpan atMost, int spare) =>
        (_source, _rounds, _atMost, _spare) = (source, rounds, atMost, spare);

    /// <summary>Switches a source.</summary>
    /// <param name="source">The source, closed and available.</param>
    /// <param name="rounds">How often.</param>
    /// <param name="atMost">How long at most; where the service's way would take longer, the source is opened and closed directly.</param>
    /// <param name="spare">Descriptors, threads and mappings that the process may come to hold for itself meanwhile; a source that leaves one leaves one each round.</param>
    public static SwitchResult Of(NoiseSource source, int rounds, TimeSpan atMost, int spare = 0)
    {
        var run = new SwitchRun(source, rounds, atMost, spare);
        using (run._finished)
            return run.Run();
    }

    private SwitchResult Run()
    {
        // What is compiled, loaded and allocated once is no leftover.
        var start = Stopwatch.GetTimestamp();
        var (warmUps, failure) = Switch(WarmUpRounds, AsTheService);
        if (failure is not null)
            return new SwitchResult(0, AsTheService, ProcessHoldings.None, ProcessHoldings.None, failure, _rounds);
        var perRound = Stopwatch.GetElapsedTime(start) / warmUps;
        var how = perRound * _rounds <= _atMost ? AsTheService : Directly;
        if (how == Directly)
            _ = Switch(WarmUpRounds, how);

        var before = Settled(ProcessHoldings.Now());
        _middle = null;
        var (rounds, problem) = Switch(_rounds, how);
        var after = Settled(before);
        return new SwitchResult(
            rounds,
            how,
            before,
            after,
            problem ?? Leftovers.Of(before, _middle ?? before, after, rounds, _spare),
            _rounds
        );
    }

    private (int Rounds, string? Failure) Switch(int rounds, string how) =>
        how == AsTheService ? SwitchAsTheService(rounds) : SwitchDirectly(rounds);

    /// <summary>
    /// False where the time is over. Half way, by the rounds or by the time, whichever comes first, it looks what is held: a slow source never gets
    /// to half its rounds.
    /// </summary>
    private bool GoesOn(int round, int rounds, long start)
    {
        var elapsed = Stopwatch.GetElapsedTime(start);
        if (round >= rounds / 2 || elapsed > _atMost / 2)
            _middle ??= Collected();
        return elapsed <= _atMost;
    }

    private (int Rounds, string? Failure) SwitchAsTheService(int rounds)
    {
        using var source = new EntropySource(_source, new HealthOptions(), creditVendors: false, selected: false, TimeProvider.System);
        source.Finished = _finished.Set;
        var start = Stopwatch.GetTimestamp();
        var patience = (_source.Info.Deadline * 6) + TimeSpan.FromSeconds(1);
        for (var round = 0; round < rounds; round++)
        {
            if (!GoesOn(round, rounds, start))
                return (round, null);
            source.Enable();
            if (!WaitUntil(() => source.CanTakeTurn(forRaw: false), patience))
                return (round, $"it did not open: {source.Status().Reason}");
            var turn = source.Take(s_turn);
            if (turn.Raw.IsEmpty && source.State == SourceState.Failed)
                return (round, $"it gave no sample: {source.Status().Reason}");
            source.Disable();
            _ = source.CanTakeTurn(forRaw: false); // closes it, as at the harvest's next turn
        }

        return (rounds, null);
    }

    private (int Rounds, string? Failure) SwitchDirectly(int rounds)
    {
        var start = Stopwatch.GetTimestamp();
        using var thread = new SourceThread(_source.Info);
        for (var round = 0; round < rounds; round++)
        {
            if (!GoesOn(round, rounds, start))
                return (round, null);
            if (thread.Do(OpenCollectClose, _source.Info.Deadline * 7) is { } failure)
                return (round, failure);
        }

        return (rounds, null);
    }

    private void OpenCollectClose()
    {
        try
        {
            _source.Open();
            _ = _source.Collect(stackalloc byte[1]);
        }
        finally
        {
            _source.Close();
        }
    }

    private bool WaitUntil(Func<bool> condition, TimeSpan patience)
    {
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < patience; _ = _finished.Wait(s_turn))
        {
            _finished.Reset();
            if (condition())
                return true;
        }

        return false;
    }

    /// <summary>Threads take a moment to go, and what has a finalizer goes with it.</summary>
    private ProcessHoldings Settled(ProcessHoldings expected)
    {
        var now = Collected();
        _ = WaitUntil(
            () =>
            {
                now = Collected();
                return now.Descriptors.Count <= expected.Descriptors.Count + _spare && now.Threads <= expected.Threads + _spare;
            },
            s_settling
        );
        return now;
    }

    private static ProcessHoldings Collected()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return ProcessHoldings.Now();
    }
}
