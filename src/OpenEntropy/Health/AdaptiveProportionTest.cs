namespace OpenEntropy.Health;

/// <summary>
/// The adaptive proportion test (SP 800-90B, 4.4.2) for 8-bit samples: windows of W samples that do not overlap, the first sample of each
/// the reference. A window is never cut short, by recovery or by the end of a batch.
/// </summary>
/// <param name="intermittent">C at the intermittent α.</param>
/// <param name="permanent">C at the permanent α.</param>
internal struct AdaptiveProportionTest(int intermittent, int permanent)
{
    private byte _reference;
    private int _count;
    private int _position;

    /// <summary>The window so far against other cutoffs.</summary>
    /// <param name="otherIntermittent">C at the intermittent α.</param>
    /// <param name="otherPermanent">C at the permanent α.</param>
    public readonly AdaptiveProportionTest With(int otherIntermittent, int otherPermanent) =>
        new(otherIntermittent, otherPermanent)
        {
            _reference = _reference,
            _count = _count,
            _position = _position,
        };

    /// <summary>Tests the next sample.</summary>
    /// <param name="sample">The sample.</param>
    public TestOutcome Next(byte sample)
    {
        if (_position == 0)
        {
            _reference = sample;
            _count = 0;
        }

        _position = (_position + 1) % HealthCutoffs.Window;
        if (sample == _reference)
        {
            _count++;
            return TestOutcomes.At(_count, intermittent, permanent);
        }

        return _count < intermittent ? TestOutcome.Pass : TestOutcome.StillFailing;
    }
}
