using OpenEntropy.Pqc.MlDsa;
using Xunit;

namespace OpenEntropy.Pqc.Tests.MlDsa;

public class RoundingTests
{
    // Algorithm 36 with division, for every residue.
    [Theory]
    [InlineData("ML-DSA-44")]
    [InlineData("ML-DSA-65")]
    public void Decompose_EveryResidue_AgreesWithTheDefinition(string name)
    {
        var parameters = MlDsaParameters.All.Single(each => each.Name == name);
        var rounding = new Rounding(parameters);
        var wrong = 0;
        for (var r = 0; r < ModQ.Q; r++)
        {
            if (rounding.Decompose(r) != Defined(r, parameters.Gamma2))
                wrong++;
        }

        Assert.Equal(0, wrong);
    }

    // Algorithm 35 with division, for every residue.
    [Fact]
    public void Power2Round_EveryResidue_AgreesWithTheDefinition()
    {
        var wrong = 0;
        for (var r = 0; r < ModQ.Q; r++)
        {
            var low = r % 8192 > 4096 ? (r % 8192) - 8192 : r % 8192;
            if (Rounding.Power2Round(r) != ((r - low) / 8192, low))
                wrong++;
        }

        Assert.Equal(0, wrong);
    }

    // FIPS 204, 7.4: UseHint(MakeHint(z, r), r) = HighBits(r + z) for |z| up to γ2.
    [Theory]
    [InlineData("ML-DSA-44")]
    [InlineData("ML-DSA-87")]
    public void UseHint_HintOfAChange_GivesTheHighBitsOfTheChangedNumber(string name)
    {
        var parameters = MlDsaParameters.All.Single(each => each.Name == name);
        var rounding = new Rounding(parameters);
        var script = new ScriptedBytes($"hint {name}");
        var hints = 0;
        for (var round = 0; round < 200_000; round++)
        {
            var r = script.NextBelow(ModQ.Q);
            var z = script.NextBelow((2 * parameters.Gamma2) + 1) - parameters.Gamma2;
            var changed = rounding.HighBits(ModQ.Canonical(r + z));
            var hint = changed == rounding.HighBits(r) ? 0 : 1;
            hints += hint;

            Assert.Equal(changed, rounding.UseHint(hint, r));
        }

        Assert.InRange(hints, 45_000, 55_000); // one in four, if z is even and r is too
    }

    private static (int High, int Low) Defined(int r, int gamma2)
    {
        var low = r % (2 * gamma2);
        if (low > gamma2)
            low -= 2 * gamma2;
        return r - low == ModQ.Q - 1 ? (0, low - 1) : ((r - low) / (2 * gamma2), low);
    }
}
