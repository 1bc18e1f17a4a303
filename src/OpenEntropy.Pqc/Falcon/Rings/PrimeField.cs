using System.Runtime.CompilerServices;

namespace OpenEntropy.Pqc.Falcon.Rings;

/// <summary>
/// Arithmetic modulo an odd prime below 2^31, in Montgomery's form with R = 2^32: the product of a and b is a b / R, so that of a plain number and
/// one in Montgomery's form is plain. Every number is below the prime. No branch and no address depends on a number.
/// </summary>
internal readonly struct PrimeField
{
    private readonly uint _negativeInverse;
    private readonly uint _squareOfR;

    /// <summary>Precomputes for a prime.</summary>
    public PrimeField(uint prime)
    {
        Prime = prime;
        var inverse = prime; // p p = 1 mod 8: three bits are right, and each step doubles them
        for (var step = 0; step < 4; step++)
            inverse *= 2 - (prime * inverse);
        _negativeInverse = 0u - inverse;
        _squareOfR = (uint)((ulong.MaxValue % prime) + 1) % prime;
        One = (uint)((1UL << 32) % prime);
    }

    /// <summary>The modulus.</summary>
    public uint Prime { get; }

    /// <summary>1 in Montgomery's form.</summary>
    public uint One { get; }

    /// <summary>a + b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Add(uint a, uint b)
    {
        var sum = a + b - Prime;
        return sum + (Prime & (uint)((int)sum >> 31));
    }

    /// <summary>a − b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Subtract(uint a, uint b)
    {
        var difference = a - b;
        return difference + (Prime & (uint)((int)difference >> 31));
    }

    /// <summary>a b / R.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Multiply(uint a, uint b)
    {
        var product = (ulong)a * b;
        var multiple = (uint)product * _negativeInverse;
        var reduced = (uint)((product + ((ulong)multiple * Prime)) >> 32) - Prime;
        return reduced + (Prime & (uint)((int)reduced >> 31));
    }

    /// <summary>The Montgomery form of a number.</summary>
    public uint ToMontgomery(uint a) => Multiply(a, _squareOfR);

    /// <summary>The plain form of a number in Montgomery's.</summary>
    public uint FromMontgomery(uint a) => Multiply(a, 1);

    /// <summary>A number of [−p, p) as one of [0, p).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint FromSigned(int a) => (uint)a + (Prime & (uint)(a >> 31));

    /// <summary>The representative in (−p/2, p/2).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int ToSigned(uint a)
    {
        var half = (int)(Prime >> 1);
        return (int)a - (int)(Prime & (uint)((half - (int)a) >> 31));
    }

    /// <summary>a to a public exponent, a and the result in Montgomery's form.</summary>
    public uint Power(uint a, uint exponent)
    {
        var result = One;
        for (; exponent != 0; exponent >>= 1)
        {
            if ((exponent & 1) != 0)
                result = Multiply(result, a);
            a = Multiply(a, a);
        }
        return result;
    }

    /// <summary>1/a by Fermat, a and the result in Montgomery's form; 0 of 0.</summary>
    public uint Invert(uint a) => Power(a, Prime - 2);

    /// <summary>2^−k in Montgomery's form.</summary>
    public uint InverseOfPowerOfTwo(int k)
    {
        var result = One;
        for (; k > 0; k--)
            result = (result + (Prime & (0u - (result & 1)))) >> 1;
        return result;
    }

    /// <summary>A primitive root of unity of order 2048 in Montgomery's form, the first that small bases give; the prime is 1 modulo 2048.</summary>
    public uint FindRootOfUnity()
    {
        for (uint candidate = 2; ; candidate++)
        {
            var root = Power(ToMontgomery(candidate), (Prime - 1) / 2048);
            if (Power(root, 1024) == Prime - One)
                return root;
        }
    }
}
