using OpenEntropy.Health;
using OpenEntropy.Server.Health;
using Xunit;

namespace OpenEntropy.Server.Tests.Health;

public sealed class StateTransitionsTests
{
    [Fact]
    public void Observe_FirstLook_TellsTheWholeAlone()
    {
        var (sources, pool) = new StateTransitions().Observe(SampleStatus.Pool(PoolState.Starting));

        Assert.Empty(sources);
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
