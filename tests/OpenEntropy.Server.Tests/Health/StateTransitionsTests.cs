using OpenEntropy.Health;
using OpenEntropy.Server.Health;
using Xunit;

namespace OpenEntropy.Server.Tests.Health;

public sealed class StateTransitionsTests
{
    [Fact]
    public void Observe_FirstLook_TellsTheWholeAndTheSourcesThatFailedBefore()
    {
        var (sources, pool) = new StateTransitions().Observe(SampleStatus.Pool(PoolState.Starting));

        Assert.Equal(("page_fault_timing", 3), (sources[0].Name, sources[0].PassedFailures)); // it has recovered since
        var change = Assert.Single(sources.Skip(1));
        Assert.Equal(("disk_io", null, SourceState.PermanentlyFailed, true), (change.Name, change.Before, change.After, change.IsFailure));
        Assert.Equal(0, change.PassedFailures);
        Assert.Equal(new PoolTransition(null, PoolState.Starting, "disk_io has failed"), pool);
    }

    [Fact]
    public void Observe_NothingChanged_TellsNothing()
    {
        var transitions = new StateTransitions();
        transitions.Observe(SampleStatus.Pool());

        var (sources, pool) = transitions.Observe(SampleStatus.Pool());

        Assert.Empty(sources);
        Assert.Null(pool);
    }

    [Fact]
    public void Observe_SourceFails_TellsItOnce()
    {
        var transitions = new StateTransitions();
        var failed = SampleStatus.Pool(PoolState.Degraded, SampleStatus.Source(state: SourceState.Failed));
        transitions.Observe(SampleStatus.Pool(PoolState.Healthy, SampleStatus.Source()));

        var (sources, pool) = transitions.Observe(failed);
        var (again, poolAgain) = transitions.Observe(failed);

        var change = Assert.Single(sources);
        Assert.Equal(
            new SourceTransition("page_fault_timing", SourceState.Healthy, SourceState.Failed, "the repetition count test failed"),
            change
        );
        Assert.True(change.IsFailure);
        Assert.True(pool?.IsFailure);
        Assert.Empty(again);
        Assert.Null(poolAgain);
    }

    [Theory]
    [InlineData(SourceState.Healthy)]
    [InlineData(SourceState.Starting)]
    public void Observe_SourceFailsAndRecoversBetweenTwoLooks_IsToldByItsCount(SourceState before)
    {
        var transitions = new StateTransitions();
        transitions.Observe(SampleStatus.Pool(PoolState.Healthy, With(before, failures: 3)));

        var (sources, _) = transitions.Observe(SampleStatus.Pool(PoolState.Healthy, With(SourceState.Healthy, failures: 5)));
        var (again, _) = transitions.Observe(SampleStatus.Pool(PoolState.Healthy, With(SourceState.Healthy, failures: 5)));

        var change = Assert.Single(sources);
        Assert.Equal(2, change.PassedFailures);
        Assert.True(change.IsFailure);
        Assert.Empty(again);
    }

    [Fact]
    public void Observe_FailedSourceFailsAgain_IsNotRepeated()
    {
        var transitions = new StateTransitions();
        transitions.Observe(SampleStatus.Pool(PoolState.Degraded, With(SourceState.Failed, failures: 1)));

        var (sources, _) = transitions.Observe(SampleStatus.Pool(PoolState.Degraded, With(SourceState.Failed, failures: 2)));

        Assert.Empty(sources);
    }

    private static EntropySourceStatus With(SourceState state, long failures) =>
        SampleStatus.Source(state: state) with
        {
            Failures = new Dictionary<string, long>(StringComparer.Ordinal) { ["rct"] = failures },
        };

    [Fact]
    public void Observe_SourceRecovers_IsNoFailure()
    {
        var transitions = new StateTransitions();
        transitions.Observe(SampleStatus.Pool(PoolState.Degraded, SampleStatus.Source(state: SourceState.Failed)));

        var (sources, pool) = transitions.Observe(SampleStatus.Pool(PoolState.Healthy, SampleStatus.Source()));

        Assert.False(Assert.Single(sources).IsFailure);
        Assert.Equal(new PoolTransition(PoolState.Degraded, PoolState.Healthy, null), pool);
    }
}
