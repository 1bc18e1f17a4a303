using OpenEntropy.Drbg;

namespace OpenEntropy;

/// <content>The wait for the first seed, for callers with a patience of their own.</content>
public sealed partial class EntropyPool
{
    /// <summary>Waits until bytes can be given, at the start and after a resume. Nothing is taken for the answer.</summary>
    /// <param name="timeout">How long at most: 0 to one day.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Null when bytes can be given, otherwise why not; where waiting is in vain, at once.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is out of its range.</exception>
    public async ValueTask<EntropyRefusal?> WaitForSeedAsync(TimeSpan timeout, CancellationToken cancellation)
    {
        timeout = Checked(timeout);
        var refusal = WhyNotYet();
        if (refusal?.Reason != RefusalReason.Starting)
            return refusal;
        await _parts.Pool.WaitAsync(Generator.BlocksPerSeed(_parts.Pool.BlockBytes), timeout, cancellation);
        return WhyNotYet();
    }

    private EntropyRefusal? WhyNotYet() => _parts.Report.WhyStopped() ?? (CanServe ? null : _parts.Report.WhyNoSeed());
}
