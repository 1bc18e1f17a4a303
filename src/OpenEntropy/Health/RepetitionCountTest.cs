namespace OpenEntropy.Health;

/// <summary>
/// The repetition count test (SP 800-90B, 4.4.1). Its count runs on past the intermittent cutoff, so that a stuck source reaches the
/// permanent one, and is never reset by recovery.
/// </summary>
/// <param name="intermittent">C at the intermittent α.</param>
/// <param name="permanent">C at the permanent α.</param>
internal struct RepetitionCountTest(int intermittent, int permanent)
{
    private int _last = -1;
    private int _count;

    /// <summary>The run so far against other cutoffs.</summary>
    /// <param name="otherIntermittent">C at the intermittent α.</param>
    /// <param name="otherPermanent">C at the permanent α.</param>
    public readonly RepetitionCountTest With(int otherIntermittent, int otherPermanent) =>
        new(otherIntermittent, otherPermanent) { _last = _last, _count = _count };

    /// <summary>Tests the next sample.</summary>
    /// <param name="sample">The sample.</param>
    public TestOutcome Next(byte sample)
    {
        if (sample != _last)
        {
            _last = sample;
            _count = 1;
            return TestOutcome.Pass;
        }

        // Saturates: what counts is that it stays above the cutoff.
        _count = Math.Min(_count + 1, permanent + 1);
        return TestOutcomes.At(_count, intermittent, permanent);
    }
}

/// <summary>The rule both tests share: a count against two cutoffs.</summary>
internal static class TestOutcomes
{
    /// <summary>The outcome of a count that has just grown by one.</summary>
    /// <param name="count">The count.</param>
    /// <param name="intermittent">C at the intermittent α.</param>
    /// <param name="permanent">C at the permanent α.</param>
    public static TestOutcome At(int count, int intermittent, int permanent)
    {
        if (count < intermittent)
            return TestOutcome.Pass;
        if (count == permanent)
            return TestOutcome.Permanent;
        return count == intermittent ? TestOutcome.Intermittent : TestOutcome.StillFailing;
    }
}
