namespace OpenEntropy.Pqc.Falcon.Rings;

/// <summary>
/// The number-theoretic transform of Z_p[x]/(x^n + 1): a polynomial's values at the odd powers of a root of unity of order 2n, in bit-reversed order,
/// so that the elements 2k and 2k + 1 are the values at w and −w, and (their product being a polynomial in x²) element k of half the size is at w².
/// Elements in and out are plain numbers below p. No branch and no address depends on an element.
/// </summary>
internal sealed class NumberTheoreticTransform
{
    private readonly PrimeField _field;
    private readonly uint[] _zetas;

    /// <summary>Computes the powers of the root.</summary>
    /// <param name="field">Modulo a prime that is 1 modulo 2048.</param>
    /// <param name="root">A root of unity of order 2048 in Montgomery's form.</param>
    /// <param name="logDegree">log2 of the greatest degree, 0 to 10.</param>
    public NumberTheoreticTransform(PrimeField field, uint root, int logDegree)
    {
        _field = field;
        _zetas = new uint[1 << logDegree];
        _zetas[0] = field.One;

        // Element k is root^(bit-reversed k): of k + m, for a power m of two above k, it is that of k times a square root of that of m / 2.
        for (int m = 1, order = 512; m < _zetas.Length; m *= 2, order /= 2)
        {
            var factor = field.Power(root, (uint)order);
            for (var k = 0; k < m; k++)
                _zetas[m + k] = field.Multiply(_zetas[k], factor);
        }
    }

    /// <summary>The field of the elements.</summary>
    public PrimeField Field => _field;

    /// <summary>Coefficients to values, in place; n is the length, any power of two up to the greatest degree.</summary>
    public void Forward(Span<uint> a)
    {
        var field = _field;
        for (int blocks = 1, half = a.Length / 2; half > 0; blocks *= 2, half /= 2)
        {
            for (var block = 0; block < blocks; block++)
            {
                var zeta = _zetas[blocks + block];
                var low = a.Slice(2 * block * half, half);
                var high = a.Slice((2 * block * half) + half, half)[..low.Length];
                for (var j = 0; j < low.Length; j++)
                {
                    var product = field.Multiply(zeta, high[j]);
                    high[j] = field.Subtract(low[j], product);
                    low[j] = field.Add(low[j], product);
                }
            }
        }
    }

    /// <summary>Values to coefficients, in place; n is the length.</summary>
    public void Inverse(Span<uint> a)
    {
        var field = _field;
        for (int blocks = a.Length / 2, half = 1; blocks > 0; blocks /= 2, half *= 2)
        {
            for (var block = 0; block < blocks; block++)
            {
                var zeta = _zetas[(2 * blocks) - 1 - block]; // the negative of the inverse of that of Forward
                var low = a.Slice(2 * block * half, half);
                var high = a.Slice((2 * block * half) + half, half)[..low.Length];
                for (var j = 0; j < low.Length; j++)
                {
                    var difference = field.Subtract(high[j], low[j]);
                    low[j] = field.Add(low[j], high[j]);
                    high[j] = field.Multiply(zeta, difference);
                }
            }
        }
        var scale = field.InverseOfPowerOfTwo(int.Log2(a.Length));
        foreach (ref var element in a)
            element = field.Multiply(element, scale);
    }
}
