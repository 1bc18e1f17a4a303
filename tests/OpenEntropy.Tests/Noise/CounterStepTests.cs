using OpenEntropy.Noise;
using Xunit;

namespace OpenEntropy.Tests.Noise;

public sealed class CounterStepTests
{
    [Theory]
    [InlineData(10.0187)] // 100 MHz behind a conversion to nanoseconds
    [InlineData(41.6667)] // 24 MHz
    [InlineData(18.5185)] // 54 MHz
    [InlineData(32)]
    [InlineData(100)]
    public void Estimate_OfACounterThatMovesInSteps_FindsTheStep(double step) =>
        Assert.InRange(CounterStep.Estimate(Deltas(step)), step * 0.995, step * 1.005);

    [Theory]
    [InlineData(1)]
    [InlineData(0.4)] // a counter finer than its ticks
    public void Estimate_OfACounterThatMovesByTicks_IsOne(double step) => Assert.Equal(1, CounterStep.Estimate(Deltas(step)));

    [Fact]
    public void Estimate_WithInterruptedReadings_FindsTheStep()
    {
        var deltas = Deltas(10.0187);
        for (var i = 0; i < deltas.Length; i += 20)
            deltas[i] += 50_003;

        Assert.InRange(CounterStep.Estimate(deltas), 9.96, 10.07);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(10.0187, 0)]
    [InlineData(100, 0)] // 10 MHz: the performance counter of some systems
    [InlineData(30_517.578, 1)] // 32,768 Hz: the rounding would hide the step from the divisor
    [InlineData(100_000, 1)]
    [InlineData(10_000_000, 2)] // a timer tick's clock: no step within the measurement
    public void WhyUseless_OfAStep_RefusesTheCoarseAndTheFrozen(double step, int expected) =>
        Assert.Equal(
            new[] { null, "the clock moves in steps too coarse to time anything short", "the clock stands still" }[expected],
            CounterStep.WhyUseless(Deltas(step))
        );

    [Fact]
    public void Digitize_ByAUselessCounter_ThrowsItsReason() =>
        Assert.Equal(
            "the clock stands still",
            Assert.Throws<NoiseSourceException>(() => TickCounter.Digitize(0, 1, "the clock stands still")).Message
        );

    [Fact]
    public void Measure_OnThisMachine_FindsAStepThatMeasures()
    {
        TickCounter.Measure();
        Assert.Null(TickCounter.WhyUseless);
        Assert.InRange(TickCounter.Granularity, 1, 1000);
    }

    [Fact]
    public void Estimate_OfACounterThatStands_IsOne() => Assert.Equal(1, CounterStep.Estimate(new long[1024]));

    [Fact]
    public void Digitize_OfWholeSteps_CountsThemModulo256()
    {
        for (var steps = 0; steps < 1000; steps++)
            Assert.Equal((byte)steps, TickCounter.Digitize((long)Math.Round(steps * TickCounter.Granularity)));
    }

    /// <summary>What readings a workload of evenly spread lengths takes from a counter that moves by <paramref name="step"/> and shows whole ticks.</summary>
    private static long[] Deltas(double step)
    {
        var deltas = new long[1024];
        var time = 12_345.678;
        for (var i = 0; i < deltas.Length; i++)
        {
            var start = Reading(time, step);
            time += 25 + (i * 0.81);
            deltas[i] = Reading(time, step) - start;
            time += 31.7;
        }

        return deltas;
    }

    private static long Reading(double time, double step) => (long)(Math.Floor(time / step) * step);
}
