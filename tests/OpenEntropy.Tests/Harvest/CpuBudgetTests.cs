using OpenEntropy.Harvest;
using Xunit;

namespace OpenEntropy.Tests.Harvest;

public sealed class CpuBudgetTests
{
    [Theory]
    [InlineData(0.02, 1, 49)]
    [InlineData(0.5, 1, 1)]
    [InlineData(1, 1, 0)]
    [InlineData(0.001, 2, 1998)]
    public void Spend_CostAndShare_TheRestOfThePeriodIsPause(double share, int costMinutes, int waitMinutes)
    {
        // Minutes, so that the time this test takes is nothing beside them.
        var budget = new CpuBudget(share);
        Assert.Equal(TimeSpan.Zero, budget.Wait);
        budget.Spend(TimeSpan.FromMinutes(costMinutes));
        Assert.InRange(budget.Wait.TotalMinutes, Math.Max(0, waitMinutes - 0.5), waitMinutes);
    }

    [Fact]
    public void AddAndSpend_WhatIsPutOff_ComesLaterAndNeverSooner()
    {
        var budget = new CpuBudget(0.5);
        budget.Add(TimeSpan.FromMinutes(1));
        Assert.InRange(budget.Wait.TotalMinutes, 1.5, 2);
        budget.Add(TimeSpan.FromMinutes(1));
        Assert.InRange(budget.Wait.TotalMinutes, 3.5, 4);
        budget.Spend(TimeSpan.FromMinutes(1));
        Assert.InRange(budget.Wait.TotalMinutes, 3.5, 4);
        budget.Spend(TimeSpan.FromMinutes(10));
        Assert.InRange(budget.Wait.TotalMinutes, 9.5, 10);
    }
}
