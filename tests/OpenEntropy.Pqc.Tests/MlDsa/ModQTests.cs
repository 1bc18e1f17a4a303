using System.Numerics;
using OpenEntropy.Pqc.MlDsa;
using Xunit;

namespace OpenEntropy.Pqc.Tests.MlDsa;

public class ModQTests
{
    [Fact]
    public void Constants_Derived_AreThoseUsed()
    {
        Assert.Equal((1 << 23) - (1 << 13) + 1, ModQ.Q);
        Assert.Equal(1, unchecked(ModQ.Q * ModQ.InverseOfQ));
    }

    [Fact]
    public void ReduceMontgomery_AtItsBoundsAndBetween_IsTheProductWithTheInverseRadix()
    {
        const long Bound = (long)ModQ.Q << 31;
        var inverse = BigInteger.ModPow(BigInteger.Pow(2, 32), ModQ.Q - 2, ModQ.Q);
        var script = new ScriptedBytes("montgomery");
        long[] values = [0, 1, -1, ModQ.Q, -ModQ.Q, Bound - 1, -Bound, int.MaxValue, int.MinValue, 1L << 31, 1L << 32, -(1L << 32)];
        foreach (var value in values.Concat(Enumerable.Range(0, 20_000).Select(_ => BitConverter.ToInt64(script.Next(8)) % Bound)))
        {
            var reduced = ModQ.ReduceMontgomery(value);

            Assert.InRange(reduced, -ModQ.Q + 1, ModQ.Q - 1);
            Assert.Equal(Residue(value * inverse), Residue(reduced));
        }
    }

    [Fact]
    public void ReduceCanonicalCentred_AtTheirBoundsAndBetween_GiveTheSameResidueInTheirRange()
    {
        const int Limit = int.MaxValue - (1 << 22);
        var script = new ScriptedBytes("reduce");
        int[] values = [0, 1, -1, ModQ.Q, -ModQ.Q, ModQ.Q - 1, ModQ.Q / 2, (ModQ.Q / 2) + 1, -(ModQ.Q / 2), Limit, int.MinValue];
        foreach (var value in values.Concat(Enumerable.Range(0, 20_000).Select(_ => Math.Min(BitConverter.ToInt32(script.Next(4)), Limit))))
        {
            var residue = Residue(value);

            Assert.InRange(ModQ.Reduce(value), -(3 * (ModQ.Q / 4)) - 1, (3 * (ModQ.Q / 4)) + 1);
            Assert.Equal(residue, Residue(ModQ.Reduce(value)));
            Assert.Equal(residue, ModQ.Canonical(value));
            Assert.Equal(residue > ModQ.Q / 2 ? residue - ModQ.Q : residue, ModQ.Centred(value));
        }
    }

    [Fact]
    public void MaskOfAtLeast_AroundTheBound_TellsByTheAbsoluteValue()
    {
        foreach (var bound in new[] { 1, 2, 78, 130_994, 1 << 19, 1 << 30 })
        {
            foreach (var value in new[] { 0, 1, bound - 2, bound - 1, bound, Math.Min(bound + 1, 1 << 30) })
            {
                Assert.Equal(Math.Abs(value) >= bound ? -1 : 0, ModQ.MaskOfAtLeast(value, bound));
                Assert.Equal(Math.Abs(value) >= bound ? -1 : 0, ModQ.MaskOfAtLeast(-value, bound));
            }
        }
    }

    private static int Residue(BigInteger value) => (int)(((value % ModQ.Q) + ModQ.Q) % ModQ.Q);
}
