namespace OpenEntropy.Continuity;

/// <summary>
/// Notices signs that the machine was suspended, resumed from a snapshot, cloned, or had its clock set, after which its state may exist
/// twice. Each sign starts a new epoch: what was gathered before must not be used after. A clone that shows no sign is not noticed.
/// </summary>
internal sealed class ResumeWatch
{
    /// <summary>A change of CLOCK_BOOTTIME − CLOCK_MONOTONIC beyond this is a suspension, nanoseconds.</summary>
    private const long SuspensionNanoseconds = 10_000_000;

    /// <summary>A step of CLOCK_REALTIME − CLOCK_MONOTONIC between two looks beyond this is a clock that was set, nanoseconds.</summary>
    private const long StepNanoseconds = 1_000_000_000;

    /// <summary>A drift worth following, nanoseconds: small, yet beyond the noise of reading, so that readers seldom write.</summary>
    private const long SlewNanoseconds = 1_000_000;

    private readonly Lock _gate = new();
    private readonly Func<(long Boottime, long Realtime)> _clocks;
    private long _boottime;
    private long _realtime;
    private volatile int _epoch;
    private volatile int _signs;

    /// <summary>A watch that compares with this moment.</summary>
    /// <param name="clocks">The clocks' offsets, nanoseconds.</param>
    public ResumeWatch(Func<(long Boottime, long Realtime)> clocks)
    {
        _clocks = clocks;
        (_boottime, _realtime) = clocks();
    }

    /// <summary>Raised in a new epoch, by whoever noticed it, before anyone else sees it.</summary>
    public Action<int>? Resumed { get; set; }

    /// <summary>Epochs begun so far: one by each sign and each renewal.</summary>
    public int Epoch => _epoch;

    /// <summary>Signs seen so far.</summary>
    public int Signs => _signs;

    /// <summary>Looks at the clocks.</summary>
    /// <returns>The epoch, new if they jumped.</returns>
    public int Look()
    {
        var (boottime, realtime) = _clocks();
        if (
            Math.Abs(boottime - Volatile.Read(ref _boottime)) <= SuspensionNanoseconds
            && Math.Abs(realtime - Volatile.Read(ref _realtime)) <= StepNanoseconds
        )
        {
            // Slewing is followed, so that it never adds up to a step.
            if (Math.Abs(realtime - Volatile.Read(ref _realtime)) > SlewNanoseconds)
                Volatile.Write(ref _realtime, realtime);
            return _epoch;
        }

        lock (_gate)
        {
            (boottime, realtime) = _clocks();
            if (Math.Abs(boottime - _boottime) > SuspensionNanoseconds || Math.Abs(realtime - _realtime) > StepNanoseconds)
            {
                StartEpoch_NeedsLock();
                _signs++;
            }

            Volatile.Write(ref _boottime, boottime);
            Volatile.Write(ref _realtime, realtime);
            return _epoch;
        }
    }

    /// <summary>Somebody else saw a sign, such as the kernel's event of a new virtual machine generation.</summary>
    public void Sign()
    {
        lock (_gate)
        {
            StartEpoch_NeedsLock();
            _signs++;
        }
    }

    /// <summary>What was gathered and seeded before must not be used after, for another reason than a sign.</summary>
    public void Renew()
    {
        lock (_gate)
            StartEpoch_NeedsLock();
    }

    private void StartEpoch_NeedsLock()
    {
        // State is zeroed before the new epoch shows, so that whoever sees the epoch finds nothing of the old one.
        Resumed?.Invoke(_epoch + 1);
        _epoch++;
    }
}
