using OpenEntropy.Assessment.NonIid;
using Xunit;

namespace OpenEntropy.Assessment.Tests.NonIid;

public sealed class BisectionTests
{
    [Theory]
    [InlineData(0.9)]
    [InlineData(0.50000001)]
    [InlineData(0.3)]
    public void Solve_OfAFallingLine_FindsTheRoot(double root) =>
        Assert.Equal(root, Bisection.Solve(p => -p, -root, 0.25, double.NaN), 1e-15);

    [Fact]
    public void Solve_AboveEverywhere_IsOne() => Assert.Equal(1.0, Bisection.Solve(_ => 1, 0, 0.5, 0.5));

    [Fact]
    public void Solve_BelowEverywhere_IsNextToTheLowEnd() => Assert.Equal(Math.BitIncrement(0.5), Bisection.Solve(_ => -1, 0, 0.5, 0.5));

    [Fact]
    public void Solve_WithoutAValue_GivesTheAnswerForThat() => Assert.Equal(0.125, Bisection.Solve(_ => double.NaN, 0, 0.5, 0.125));

    [Fact]
    public void Solve_WhereTheFunctionRises_StopsAtTheUpperEnd() =>
        Assert.Equal(0.75, Bisection.Solve(p => p < 0.7 ? -2 : -1, 0, 0.5, 0.5));

    [Theory]
    [InlineData(1.0, 1.0, true)]
    [InlineData(1.0, 1.0000000000000002, true)]
    [InlineData(1.0, 1.0000000000000009, true)]
    [InlineData(1.0, 1.0000000000000011, false)]
    [InlineData(-1.0, 1.0, false)]
    [InlineData(0.0, 1e-309, true)]
    [InlineData(0.0, 1e-300, false)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity, true)]
    [InlineData(double.PositiveInfinity, 1.0, false)]
    [InlineData(double.NaN, double.NaN, false)]
    public void AreAlike_OfNeighbours_IsTrue(double a, double b, bool expected)
    {
        Assert.Equal(expected, Bisection.AreAlike(a, b));
        Assert.Equal(expected, Bisection.AreAlike(b, a));
    }
}
