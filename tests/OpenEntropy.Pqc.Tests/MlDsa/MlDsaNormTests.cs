using OpenEntropy.Pqc.Hashing;
using OpenEntropy.Pqc.MlDsa;
using Xunit;

namespace OpenEntropy.Pqc.Tests.MlDsa;

// A signature whose hash is right but whose z is too long must be refused for that alone: such ones are made here with the key.
public class MlDsaNormTests
{
    private const int Size = NumberTheoreticTransform.Size;

    [Theory]
    [InlineData("ML-DSA-44")]
    [InlineData("ML-DSA-65")]
    [InlineData("ML-DSA-87")]
    public void Verify_ResponseOfBoundOrMore_IsRefusedAlthoughTheHashIsRight(string name)
    {
        var parameters = MlDsaParameters.All.Single(each => each.Name == name);
        using var key = MlDsaPrivateKey.Generate(parameters, new ScriptedBytes($"norm {name}").Fill);
        var bound = parameters.Gamma1 - parameters.Beta;
        var representative = new ScriptedBytes("representative").Next(64);

        var (good, bad) = (0, 0);
        for (var counter = 0; good < 3 || bad < 20; counter += parameters.Columns)
        {
            if (TrySign(key, representative, counter) is not var (signature, longest))
                continue;
            Assert.Equal(longest < bound, key.PublicKey.Verifier.VerifyRepresentative(representative, signature));
            good += longest < bound ? 1 : 0;
            bad += longest < bound ? 0 : 1;
        }
    }

    // Algorithm 7 without the check on z.
    private static (byte[] Signature, int Longest)? TrySign(MlDsaPrivateKey key, byte[] representative, int counter)
    {
        var parameters = key.Parameters;
        var (columns, rows, rounding) = (parameters.Columns * Size, parameters.Rows * Size, new Rounding(parameters));
        var expanded = new byte[parameters.ExpandedKeyBytes];
        key.ExportExpanded(expanded);
        var secrets = new int[columns + (2 * rows)];
        ExpandedKey.ReadSecrets(parameters, expanded, secrets);
        PolynomialVector.Transform(secrets);

        var z = new int[columns];
        SecretSampling.ExpandMask(parameters, new byte[64], counter, z);
        var (transformed, w, signature) = (z.ToArray(), new int[rows], new byte[parameters.SignatureBytes]);
        PolynomialVector.Transform(transformed);
        PolynomialVector.MultiplyMatrix(key.PublicKey.Verifier.Matrix, transformed, w);
        var hash = signature.AsSpan(0, parameters.ChallengeHashBytes);
        Hash(parameters, representative, [.. w.Select(value => rounding.HighBits(ModQ.Canonical(value)))], hash);
        var challenge = new int[Size];
        Challenge.Sample(parameters, hash, challenge);
        NumberTheoreticTransform.Forward(challenge);

        Add(z, Product(challenge, secrets.AsSpan(0, columns)), 1);
        z = [.. z.Select(ModQ.Centred)];
        Add(w, Product(challenge, secrets.AsSpan(columns, rows)), -1);
        var before = w.Select(value => rounding.Decompose(ModQ.Canonical(value))).ToList();
        Add(w, Product(challenge, secrets.AsSpan(columns + rows)), 1);
        var hint = w.Select((value, at) => (byte)(rounding.HighBits(ModQ.Canonical(value)) == before[at].High ? 0 : 1)).ToArray();
        if (before.Exists(value => Math.Abs(value.Low) >= parameters.Gamma2 - parameters.Beta) || hint.Sum(bit => bit) > parameters.Omega)
            return null;

        for (var column = 0; column < parameters.Columns; column++)
        {
            var packed = signature.AsSpan(hash.Length + (column * BitPacking.Bytes(parameters.ResponseBits)));
            BitPacking.PackBelow(z.AsSpan(column * Size, Size), parameters.Gamma1, parameters.ResponseBits, packed);
        }

        HintPacking.Pack(hint, parameters.Omega, signature.AsSpan()[^(parameters.Omega + parameters.Rows)..]);
        return z.Max() > parameters.Gamma1 || z.Min() <= -parameters.Gamma1 ? null : (signature, z.Max(Math.Abs));
    }

    private static void Hash(MlDsaParameters parameters, byte[] representative, int[] high, Span<byte> hash)
    {
        var sponge = Sponge.Shake256();
        sponge.Absorb(representative);
        for (var row = 0; row < parameters.Rows; row++)
        {
            var packed = new byte[BitPacking.Bytes(parameters.HighBits)];
            BitPacking.Pack(high.AsSpan(row * Size, Size), parameters.HighBits, packed);
            sponge.Absorb(packed);
        }

        sponge.Squeeze(hash);
    }

    private static int[] Product(int[] challenge, ReadOnlySpan<int> vector)
    {
        var product = new int[vector.Length];
        for (var index = 0; index < vector.Length / Size; index++)
        {
            PolynomialVector.Multiply(challenge, PolynomialVector.At(vector, index), PolynomialVector.At(product.AsSpan(), index));
            NumberTheoreticTransform.Inverse(PolynomialVector.At(product.AsSpan(), index));
        }

        return product;
    }

    private static void Add(int[] target, int[] other, int sign)
    {
        for (var at = 0; at < target.Length; at++)
            target[at] += sign * other[at];
    }
}
