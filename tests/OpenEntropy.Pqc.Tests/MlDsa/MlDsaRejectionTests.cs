using System.Security.Cryptography;
using OpenEntropy.Pqc.MlDsa;
using Xunit;

namespace OpenEntropy.Pqc.Tests.MlDsa;

// What Algorithm 7 refuses and what Algorithm 8 refuses although its hash is right: some of it is too rare to be met by chance, and is made here.
public class MlDsaRejectionTests
{
    private const int Size = NumberTheoreticTransform.Size;

    [Theory]
    [InlineData("ML-DSA-44")]
    [InlineData("ML-DSA-65")]
    [InlineData("ML-DSA-87")]
    public void Verify_ResponseTooLong_IsRefusedAlthoughTheHashIsRight(string name)
    {
        var parameters = Set(name);
        using var key = MlDsaPrivateKey.Generate(parameters, new ScriptedBytes($"norm {name}").Fill);
        var (secrets, representative) = (SecretsOf(key), new ScriptedBytes("representative").Next(64));
        var verdicts = new Dictionary<string, int>(StringComparer.Ordinal) { ["z"] = 0, ["taken"] = 0 };
        for (var counter = 0; verdicts["taken"] < 3 || verdicts["z"] < 20; counter += parameters.Columns)
        {
            var matrix = key.PublicKey.Verifier.Matrix;
            var attempt = SignatureAttempt.Make(parameters, matrix, secrets, representative, new byte[64], counter);
            var verdict = attempt.Verdict(parameters);
            if (
                attempt.LowBits >= parameters.Gamma2 - parameters.Beta
                || attempt.Ones > parameters.Omega
                || attempt.Response >= parameters.Gamma1
            )
                continue; // nothing that can be written, or another reason besides
            Assert.Equal(verdict == "taken", key.PublicKey.Verifier.VerifyRepresentative(representative, attempt.Signature));
            verdicts[verdict]++;
        }
    }

    // γ1 - β itself is too long. Found by a search that stops at the first.
    [Fact]
    public void Verify_ResponseOfTheBoundExactly_IsRefused()
    {
        var parameters = MlDsaParameters.MlDsa44;
        using var key = MlDsaPrivateKey.Generate(parameters, new ScriptedBytes("exact").Fill);
        var (secrets, representative) = (SecretsOf(key), new ScriptedBytes("representative").Next(64));
        for (var bound = parameters.Gamma1 - parameters.Beta - 1; bound <= parameters.Gamma1 - parameters.Beta; bound++)
        {
            SignatureAttempt attempt;
            var counter = 0;
            do
            {
                var matrix = key.PublicKey.Verifier.Matrix;
                attempt = SignatureAttempt.Make(parameters, matrix, secrets, representative, new byte[64], counter);
                counter += parameters.Columns;
            } while (
                attempt.Response != bound || attempt.LowBits >= parameters.Gamma2 - parameters.Beta || attempt.Ones > parameters.Omega
            );

            Assert.Equal(
                bound < parameters.Gamma1 - parameters.Beta,
                key.PublicKey.Verifier.VerifyRepresentative(representative, attempt.Signature)
            );
        }
    }

    // Some polynomials of t0 as great as can be, the others zero: with one, c·t0 is too great now and then and the hint still fits, which with a real
    // key hardly ever comes about; with more there are too many hints now and then.
    [Theory]
    [InlineData("ML-DSA-44", 1, "ct0")]
    [InlineData("ML-DSA-44", 3, "hint")]
    [InlineData("ML-DSA-65", 5, "hint")]
    [InlineData("ML-DSA-87", 6, "hint")]
    public void Sign_EveryReasonToRefuse_GivesTheFirstTryWithoutOne(string name, int polynomials, string rare)
    {
        var parameters = Set(name);
        using var key = MlDsaPrivateKey.Generate(parameters, new ScriptedBytes($"reasons {name}").Fill);
        var (secrets, matrix, expanded) = (SecretsOf(key), key.PublicKey.Verifier.Matrix, WithGreatT0(key, polynomials));
        ExpandedKey.ReadSecrets(parameters, expanded, secrets);
        using var signer = new MlDsaSigner(parameters, expanded, matrix);
        var script = new ScriptedBytes("reasons");
        var verdicts = new Dictionary<string, int>(StringComparer.Ordinal)
        {
            ["z"] = 0,
            ["r0"] = 0,
            [rare] = 0,
        };
        for (var round = 0; verdicts.ContainsValue(0) || round < 10; round++)
        {
            var (representative, random) = (script.Next(64), script.Next(32));
            var seed = Shake256.HashData([.. expanded[32..64], .. random, .. representative], 64);
            var counter = 0;
            SignatureAttempt attempt;
            string verdict;
            do
            {
                attempt = SignatureAttempt.Make(parameters, matrix, secrets, representative, seed, counter);
                verdict = attempt.Verdict(parameters);
                verdicts[verdict] = verdicts.GetValueOrDefault(verdict) + 1;
                counter += parameters.Columns;
            } while (verdict != "taken");

            var signature = new byte[parameters.SignatureBytes];
            signer.Sign(representative, random, signature);
            Assert.Equal(attempt.Signature, signature);
        }
    }

    private static int[] SecretsOf(MlDsaPrivateKey key)
    {
        var secrets = new int[(key.Parameters.Columns + (2 * key.Parameters.Rows)) * Size];
        ExpandedKey.ReadSecrets(key.Parameters, Expanded(key), secrets);
        return secrets;
    }

    // t0 is the end of the key. Its signs are scattered, so that the coefficients of c·t0 have little to do with each other.
    private static byte[] WithGreatT0(MlDsaPrivateKey key, int polynomials)
    {
        const int Greatest = 1 << (MlDsaParameters.DroppedBits - 1);
        var (expanded, script, width) = (Expanded(key), new ScriptedBytes("signs"), BitPacking.Bytes(MlDsaParameters.DroppedBits));
        for (var row = 0; row < key.Parameters.Rows; row++)
        {
            int[] t0 = [.. script.NextPolynomial(2).Select(bit => row >= polynomials ? 0 : (bit * ((2 * Greatest) - 1)) - Greatest + 1)];
            var packed = expanded.AsSpan(expanded.Length - ((key.Parameters.Rows - row) * width), width);
            BitPacking.PackBelow(t0, Greatest, MlDsaParameters.DroppedBits, packed);
        }

        return expanded;
    }

    private static byte[] Expanded(MlDsaPrivateKey key)
    {
        var expanded = new byte[key.Parameters.ExpandedKeyBytes];
        key.ExportExpanded(expanded);
        return expanded;
    }

    private static MlDsaParameters Set(string name) => MlDsaParameters.All.Single(parameters => parameters.Name == name);
}
