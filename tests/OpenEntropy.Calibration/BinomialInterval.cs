using OpenEntropy.Assessment.Numerics;

namespace OpenEntropy.Calibration;

/// <summary>The counts that a binomial variable takes but for a probability of at most half the given one on either side, exactly.</summary>
/// <param name="Least">The least count.</param>
/// <param name="Most">The greatest count.</param>
internal readonly record struct BinomialInterval(int Least, int Most)
{
    /// <param name="trials">N.</param>
    /// <param name="probability">Of a success, 0 to 1.</param>
    /// <param name="outside">The probability of all that is outside, at most.</param>
    public static BinomialInterval Of(int trials, double probability, double outside)
    {
        if (probability <= 0)
            return new BinomialInterval(0, 0);
        var counts = DiscreteDistribution.Binomial(trials, probability);
        var least = 0;
        while (1 - counts.UpperTail(least + 1) <= outside / 2)
            least++;
        var most = trials;
        while (most > 0 && counts.UpperTail(most) <= outside / 2)
            most--;
        return new BinomialInterval(least, most);
    }

    public bool Contains(int count) => count >= Least && count <= Most;

    public override string ToString() => $"{Least}–{Most}";
}
