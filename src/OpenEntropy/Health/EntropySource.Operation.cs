namespace OpenEntropy.Health;

/// <content>The doors for operators, for assessments and for the accounts; for any thread.</content>
internal sealed partial class EntropySource
{
    /// <summary>
    /// Switches the source on, also after a permanent failure; it must pass its start-up test. Whatever its speed, the operator's word stands. Where
    /// the machine lacked its phenomenon, it looks again: a device may have been plugged in. Where it still lacks it, nothing changes.
    /// </summary>
    public void Enable()
    {
        if (State == SourceState.Unavailable)
        {
            // Without the lock: nobody else should have to wait.
            _look.Begin();
            _look.Wait(s_lookPatience);
        }

        lock (_gate)
        {
            if (State == SourceState.Unavailable)
            {
                _wanted = _selected;
                return;
            }

            if (State is SourceState.Disabled or SourceState.PermanentlyFailed)
                _lastCame = _time.GetTimestamp();
            _speed.Keep();
            _speed.Restart();
            _judge.Enable();
        }

        Changed?.Invoke();
    }

    /// <summary>Switches the source off; the harvest then closes its device. Where the machine lacks it, it stays off should it come.</summary>
    public void Disable()
    {
        lock (_gate)
        {
            _wanted = false;
            _judge.Disable();
        }

        Changed?.Invoke();
    }

    /// <summary>On-demand test (SP 800-90B, 4.3).</summary>
    public void Retest()
    {
        lock (_gate)
        {
            _speed.Restart();
            _judge.Retest();
        }

        Changed?.Invoke();
    }

    /// <summary>Takes note of an assessment, which may lower the claim and so ask for other tests.</summary>
    /// <param name="bitsPerSample">Assessed min-entropy (SP 800-90B, 6), bits per sample.</param>
    public void Assess(double bitsPerSample)
    {
        lock (_gate)
        {
            if (_claim.Assess(bitsPerSample, _options) is { } cutoffs)
                _judge.Replace(cutoffs);
        }
    }

    /// <summary>True once after an assessment lowered the claim: what the source earned in the open block is to be revoked.</summary>
    public bool TakeLowering() => _claim.TakeLowering();

    /// <summary>Accounts for what became of a turn's samples.</summary>
    /// <param name="credit">Min-entropy with which they entered the conditioner, bits.</param>
    /// <param name="diverted">Samples that went to raw output or to a recording instead and earned nothing.</param>
    public void Account(double credit, int diverted)
    {
        lock (_gate)
        {
            _ledger.CreditedBits += credit;
            _ledger.RawSamples += diverted;
        }
    }

    /// <summary>The source at this moment.</summary>
    public EntropySourceStatus Status()
    {
        lock (_gate)
        {
            var status = _ledger.Status(Info, _judge);
            var reason = status.State switch
            {
                SourceState.Unavailable => _look.WhyNoAnswer ?? status.Reason,
                SourceState.Starting or SourceState.Failed => WhyNotYet(status.Reason),
                SourceState.Healthy when IsTooLong && MinEntropy > 0 =>
                    "one measurement takes longer than the harvest waits: it earns nothing",
                _ => status.Reason,
            };
            return _claim.Complete(
                status with
                {
                    Reason = reason,
                    IsTooLong = IsTooLong,
                    Platforms = _platforms,
                    Speed = _speed.Speed,
                    SecondsPerStartup = _speed.SecondsPerStartup,
                    CreditedBitsPerSecond = Rate(status.CreditedBits, _time.GetElapsedTime(_made)),
                }
            );
        }
    }

    private static double Rate(double bits, TimeSpan elapsed) => elapsed > TimeSpan.Zero ? bits / elapsed.TotalSeconds : 0;

    private string? WhyNotYet(string? reason) =>
        (_thread.OpenError is { } error && Exercise is { } exercise ? $"{exercise.Words}: {error}" : _thread.OpenError)
        ?? (_thread.IsSilent ? $"it is open and waits for something to happen; {reason}" : reason);
}
