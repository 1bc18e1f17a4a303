using OpenEntropy.Pqc.Falcon.Rings;

namespace OpenEntropy.Pqc.Falcon.Ntru;

/// <summary>
/// The primes below 2^31 that are 1 modulo 2048, greatest first: as many as the greatest numbers of the NTRU solver need. Computed when first used.
/// </summary>
internal static class ResiduePrimes
{
    /// <summary>
    /// How many primes there are. The greatest coefficients, of F and G at the last level but one of Falcon-1024, have some 9600 bits.
    /// </summary>
    public const int Count = 352;

    // 352 primes in steps of 2048 are all above 2^31 − 2^24, so that each holds more than 30.98 bits.
    private const int BitsOfHundredPrimes = 3098;

    private static readonly (PrimeField Field, uint Root)[] Primes = Find();

    /// <summary>Prime j: its field and a root of unity of order 2048 in Montgomery's form.</summary>
    public static ref readonly (PrimeField Field, uint Root) At(int j) => ref Primes[j];

    /// <summary>How many primes have a product above 2^(bits + 1): they determine a number of [−2^bits, 2^bits].</summary>
    public static int Needed(int bits) => ((bits + 2) * 100 / BitsOfHundredPrimes) + 1;

    private static (PrimeField, uint)[] Find()
    {
        var primes = new (PrimeField, uint)[Count];
        var found = 0;
        for (var candidate = (1u << 31) - 2047; found < Count; candidate -= 2048)
        {
            var field = new PrimeField(candidate);
            if (IsPrime(field))
                primes[found++] = (field, field.FindRootOfUnity());
        }
        return primes;
    }

    /// <summary>Miller's test with the bases 2, 3, 5 and 7, which decide for every number below 3,215,031,751.</summary>
    private static bool IsPrime(PrimeField field)
    {
        var odd = field.Prime - 1;
        var halvings = int.TrailingZeroCount((int)odd);
        odd >>= halvings;
        ReadOnlySpan<uint> bases = [2, 3, 5, 7];
        foreach (var candidate in bases)
        {
            var power = field.Power(field.ToMontgomery(candidate), odd);
            var passes = power == field.One || power == field.Prime - field.One;
            for (var i = 1; i < halvings && !passes; i++)
            {
                power = field.Multiply(power, power);
                passes = power == field.Prime - field.One;
            }
            if (!passes)
                return false;
        }
        return true;
    }
}
