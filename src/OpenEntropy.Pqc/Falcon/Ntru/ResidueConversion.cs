using OpenEntropy.Pqc.Falcon.Rings;

namespace OpenEntropy.Pqc.Falcon.Ntru;

/// <summary>Large integers to residues and back, by Garner's form of the Chinese remainder theorem. Time depends on degree and limbs only.</summary>
internal static class ResidueConversion
{
    /// <summary>The residues of all coefficients.</summary>
    public static void Reduce(LimbPolynomial polynomial, in PrimeField field, Span<uint> residues)
    {
        // 2^31 < 2 p: a limb is reduced by one subtraction, and the sign, worth −2^31 at the last limb, by p − 2^31 < 0.
        var wrap = (1u << LimbPolynomial.LimbBits) - field.Prime;
        var top = polynomial.Row(polynomial.Words - 1);
        for (var i = 0; i < residues.Length; i++)
            residues[i] = field.Subtract(ReduceLimb(field, top[i]), wrap & (0u - (top[i] >> 30)));
        Horner(polynomial.Limbs, polynomial.Words - 1, field, residues);
    }

    /// <summary>Coefficients from residues: row j holds the residues modulo prime j, and is then limb j.</summary>
    public static void Rebuild(LimbPolynomial polynomial)
    {
        var degree = polynomial.Degree;
        var words = polynomial.Words;
        var limbs = polynomial.Limbs;
        var product = new uint[words]; // of the primes so far
        product[0] = ResiduePrimes.At(0).Field.Prime;
        var current = SecretArray.Of<uint>(degree);
        var carries = SecretArray.Of<ulong>(degree);
        for (var j = 1; j < words; j++)
        {
            ref readonly var field = ref ResiduePrimes.At(j).Field;

            // How many times the product of the earlier primes is to be added.
            current.AsSpan().Clear();
            Horner(limbs, j, field, current);
            var inverse = field.Invert(field.ToMontgomery(ReduceNumber(product.AsSpan(0, j), field)));
            var row = polynomial.Row(j);
            for (var i = 0; i < degree; i++)
                current[i] = field.Multiply(field.Subtract(row[i], current[i]), inverse);

            carries.AsSpan().Clear();
            for (var w = 0; w < j; w++)
            {
                var limb = polynomial.Row(w);
                for (var i = 0; i < degree; i++)
                {
                    var sum = limb[i] + ((ulong)current[i] * product[w]) + carries[i];
                    limb[i] = (uint)sum & LimbPolynomial.Mask;
                    carries[i] = sum >> LimbPolynomial.LimbBits;
                }
            }
            for (var i = 0; i < degree; i++)
                row[i] = (uint)carries[i];
            MultiplySmall(product.AsSpan(0, j + 1), field.Prime);
        }
        Center(polynomial, product);
        SecretArray.Zero(current);
        SecretArray.Zero(carries);
    }

    /// <summary>Subtracts the product of all primes from the coefficients above its half.</summary>
    private static void Center(LimbPolynomial polynomial, ReadOnlySpan<uint> product)
    {
        for (var i = 0; i < polynomial.Degree; i++)
        {
            var limbs = polynomial.Limbs[i..];
            var borrow = 0u; // of (product − 1) / 2 − coefficient
            for (var w = 0; w < product.Length; w++)
            {
                var next = w + 1 < product.Length ? product[w + 1] : 0;
                var half = (product[w] >> 1) | ((next << 30) & LimbPolynomial.Mask);
                borrow = (half - limbs[w * polynomial.Degree] - borrow) >> 31;
            }
            var (mask, carry) = (0u - borrow, 0u);
            for (var w = 0; w < product.Length; w++)
            {
                var difference = limbs[w * polynomial.Degree] - (product[w] & mask) - carry;
                limbs[w * polynomial.Degree] = difference & LimbPolynomial.Mask;
                carry = difference >> 31;
            }
        }
    }

    /// <summary>residues = residues 2^(31 words) + the numbers of that many rows.</summary>
    private static void Horner(ReadOnlySpan<uint> limbs, int words, in PrimeField field, Span<uint> residues)
    {
        var wordsFactor = field.ToMontgomery((1u << LimbPolynomial.LimbBits) - field.Prime);
        for (var w = words - 1; w >= 0; w--)
        {
            var row = limbs.Slice(w * residues.Length, residues.Length);
            for (var i = 0; i < row.Length; i++)
                residues[i] = field.Add(field.Multiply(residues[i], wordsFactor), ReduceLimb(field, row[i]));
        }
    }

    private static uint ReduceNumber(ReadOnlySpan<uint> number, in PrimeField field)
    {
        Span<uint> residue = [0];
        Horner(number, number.Length, field, residue);
        return residue[0];
    }

    private static uint ReduceLimb(in PrimeField field, uint limb) => field.Add(limb, 0);

    private static void MultiplySmall(Span<uint> number, uint factor)
    {
        ulong carry = 0;
        foreach (ref var limb in number)
        {
            carry += (ulong)limb * factor;
            limb = (uint)carry & LimbPolynomial.Mask;
            carry >>= LimbPolynomial.LimbBits;
        }
    }
}
