using OpenEntropy.Pqc.MlDsa;

namespace OpenEntropy.Pqc.Tests.MlDsa;

/// <summary>One try of FIPS 204, Algorithm 7, that refuses nothing and tells what there would be to refuse.</summary>
/// <param name="Signature">The signature; without a hint that does not fit.</param>
/// <param name="Response">The greatest absolute value in z.</param>
/// <param name="LowBits">That in the low bits of w - c·s2.</param>
/// <param name="Product">That in c·t0.</param>
/// <param name="Ones">Ones in the hint.</param>
internal sealed record SignatureAttempt(byte[] Signature, int Response, int LowBits, int Product, int Ones)
{
    private const int Size = NumberTheoreticTransform.Size;

    /// <summary>Whether Algorithm 7 takes it, and if not, why.</summary>
    public string Verdict(MlDsaParameters parameters) =>
        Response >= parameters.Gamma1 - parameters.Beta ? "z"
        : LowBits >= parameters.Gamma2 - parameters.Beta ? "r0"
        : Product >= parameters.Gamma2 ? (Ones > parameters.Omega ? "ct0 and hint" : "ct0")
        : Ones > parameters.Omega ? "hint"
        : "taken";

    /// <summary>Steps 11 to 26 and 33.</summary>
    /// <param name="parameters">The parameter set.</param>
    /// <param name="matrix">The matrix, transformed.</param>
    /// <param name="secrets">s1, s2 and t0.</param>
    /// <param name="representative">μ.</param>
    /// <param name="seed">ρ''.</param>
    /// <param name="counter">κ.</param>
    public static SignatureAttempt Make(
        MlDsaParameters parameters,
        int[] matrix,
        int[] secrets,
        byte[] representative,
        byte[] seed,
        int counter
    )
    {
        var (columns, rows, rounding) = (parameters.Columns * Size, parameters.Rows * Size, new Rounding(parameters));
        var mask = new int[columns];
        SecretSampling.ExpandMask(parameters, seed, counter, mask);
        var (transformed, w, signature) = (mask.ToArray(), new int[rows], new byte[parameters.SignatureBytes]);
        PolynomialVector.Transform(transformed);
        PolynomialVector.MultiplyMatrix(matrix, transformed, w);

        var hash = Hash(parameters, representative, [.. w.Select(value => rounding.HighBits(ModQ.Canonical(value)))]);
        hash.CopyTo(signature, 0);
        var challenge = new int[Size];
        Challenge.Sample(parameters, hash, challenge);
        var products = Products(challenge, secrets);

        int[] z = [.. mask.Zip(products[..columns], (y, product) => ModQ.Centred(y + product))];
        int[] reduced = [.. w.Zip(products.Skip(columns), (value, product) => ModQ.Canonical(value - product))];
        int[] last = [.. products.Skip(columns + rows).Select(ModQ.Centred)];
        byte[] hint =
        [
            .. reduced.Zip(
                last,
                (value, product) => (byte)(rounding.HighBits(value) == rounding.HighBits(ModQ.Canonical(value + product)) ? 0 : 1)
            ),
        ];

        var ones = hint.Sum(bit => bit);
        Write(parameters, signature, z, ones <= parameters.Omega ? hint : new byte[rows]);
        var low = reduced.Max(value => Math.Abs(rounding.Decompose(value).Low));
        return new SignatureAttempt(signature, z.Max(Math.Abs), low, last.Max(Math.Abs), ones);
    }

    private static void Write(MlDsaParameters parameters, byte[] signature, int[] z, byte[] hint)
    {
        for (var column = 0; column < parameters.Columns; column++)
        {
            var packed = signature.AsSpan(parameters.ChallengeHashBytes + (column * BitPacking.Bytes(parameters.ResponseBits)));
            int[] inRange =
            [
                .. z.Skip(column * Size).Take(Size).Select(value => Math.Clamp(value, -parameters.Gamma1 + 1, parameters.Gamma1)),
            ];
            BitPacking.PackBelow(inRange, parameters.Gamma1, parameters.ResponseBits, packed);
        }

        HintPacking.Pack(hint, parameters.Omega, signature.AsSpan()[^(parameters.Omega + parameters.Rows)..]);
    }

    private static byte[] Hash(MlDsaParameters parameters, byte[] representative, int[] high)
    {
        var width = BitPacking.Bytes(parameters.HighBits);
        var packed = new byte[parameters.Rows * width];
        for (var row = 0; row < parameters.Rows; row++)
            BitPacking.Pack(high.AsSpan(row * Size, Size), parameters.HighBits, packed.AsSpan(row * width, width));
        return System.Security.Cryptography.Shake256.HashData([.. representative, .. packed], parameters.ChallengeHashBytes);
    }

    private static int[] Products(int[] challenge, int[] secrets)
    {
        var (factor, products) = (challenge.ToArray(), secrets.ToArray());
        NumberTheoreticTransform.Forward(factor);
        PolynomialVector.Transform(products);
        for (var index = 0; index < products.Length / Size; index++)
        {
            var product = products.AsSpan(index * Size, Size);
            PolynomialVector.Multiply(factor, product, product);
            NumberTheoreticTransform.Inverse(product);
        }

        return products;
    }
}
