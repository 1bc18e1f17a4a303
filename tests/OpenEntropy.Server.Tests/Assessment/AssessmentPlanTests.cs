using OpenEntropy.Health;
using OpenEntropy.Noise;
using OpenEntropy.Server.Assessment;
using Xunit;

namespace OpenEntropy.Server.Tests.Assessment;

public sealed class AssessmentPlanTests : IDisposable
{
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);
    private static readonly DateTimeOffset s_now = DateTimeOffset.UnixEpoch.AddDays(20_000);

    private readonly AssessmentBoard _board = new();
    private readonly AssessmentPlan _plan;

    public AssessmentPlanTests() => _plan = new AssessmentPlan(s_hour, new AssessmentHistory(new HistoryFile("/nowhere")), _board);

    public void Dispose() => _plan.Dispose();

    [Fact]
    public void Next_NothingTriedYet_TakesCreditedSourcesFirstThenMeasuredOnesAndNoOthers()
    {
        EntropySourceStatus[] sources =
        [
            Source("modest", claim: 0),
            Source("kernel", claim: 0, NoiseOrigin.OperatingSystem),
            Source("vendor", claim: 0, NoiseOrigin.Vendor),
            Source("counter", claim: 0, NoiseOrigin.Counter),
            Source("off", state: SourceState.Disabled),
            Source("missing", state: SourceState.Unavailable),
            Source("slow") with
            {
                CollectionSeconds = 1000,
            },
            Source("one"),
            Source("two"),
        ];
        var order = new List<string>();
        while (_plan.Next(sources, s_now) is var (source, trigger))
        {
            Assert.Equal(AssessmentTrigger.Automatic, trigger);
            order.Add(source);
            Attempt(source, s_now);
        }

        Assert.Equal(["one", "two", "slow", "modest"], order);
    }

    [Fact]
    public void Next_AfterAnAttempt_ComesAgainAfterTheIntervalAndUncreditedEightTimesLater()
    {
        EntropySourceStatus[] sources = [Source("one"), Source("modest", claim: 0)];
        Attempt("one", s_now);
        Attempt("modest", s_now);

        Assert.Null(_plan.Next(sources, s_now + s_hour - TimeSpan.FromTicks(1)));
        Assert.Equal("one", _plan.Next(sources, s_now + s_hour)?.Source);
        Attempt("one", s_now + (7.5 * s_hour));
        Assert.Null(_plan.Next(sources, s_now + (7.9 * s_hour)));
        Assert.Equal("modest", _plan.Next(sources, s_now + (8 * s_hour))?.Source);
    }

    [Fact]
    public void Next_CreditedSourcesAlwaysDue_DoNotKeepOthersAway()
    {
        EntropySourceStatus[] sources = [Source("one"), Source("modest", claim: 0)];
        Attempt("one", s_now);
        Attempt("modest", s_now);
        var taken = new List<string>();
        for (var now = s_now; now < s_now + (100 * s_hour); now += 2 * s_hour)
        {
            if (_plan.Next(sources, now) is var (source, _))
            {
                taken.Add(source);
                Attempt(source, now);
            }
        }

        // Twice overdue like the other after sixteen hours, it comes next.
        Assert.InRange(taken.Count(source => source == "modest"), 4, 6);
    }

    [Fact]
    public void Next_ClockThatWentBack_DoesNotPutOffForever()
    {
        Attempt("one", s_now + TimeSpan.FromDays(1000));

        Assert.Equal("one", _plan.Next([Source("one")], s_now)?.Source);
    }

    [Fact]
    public void TryRequest_Several_GoBeforeAllOthersInTheirOrderAndNoMoreThanFourWait()
    {
        Assert.Equal(RequestResult.Accepted, Request("b"));
        Assert.Equal(RequestResult.UnderWay, Request("b"));
        Assert.Equal(RequestResult.Accepted, Request("c"));
        Assert.Equal(RequestResult.Accepted, Request("d"));
        Assert.Equal(RequestResult.Accepted, Request("e"));
        Assert.Equal(RequestResult.Full, Request("f"));
        Assert.Equal(["b", "c", "d", "e"], _plan.Requests);
        Assert.Equal(("b", AssessmentTrigger.Requested), _plan.Next([Source("a")], s_now));
        Assert.Equal(RequestResult.UnderWay, Request("b"));
        Assert.Equal(RequestResult.Accepted, Request("f"));
        Assert.Equal(StandingState.Queued, _board["f"].State);
    }

    [Theory]
    [InlineData(nameof(AssessorState.Recording))]
    [InlineData(nameof(AssessorState.Assessing))]
    public void TryRequest_SourceAtWork_IsUnderWay(string state)
    {
        _board.Work("a", Enum.Parse<AssessorState>(state), () => 5);

        Assert.Equal(RequestResult.UnderWay, Request("a"));
        Assert.Equal(5, _board.Recorded("a"));
        Assert.Equal(0, _board.Recorded("b"));
    }

    [Fact]
    public void Next_RequestsThatNeverEnd_LeaveEveryOtherTurnToACreditedSourceThatIsDue()
    {
        EntropySourceStatus[] sources = [Source("one"), Source("two"), Source("modest", claim: 0), Source("asked", claim: 0)];
        var taken = new List<string>();
        for (var (now, turn) = (s_now, 0); turn < 6; now += s_hour, turn++)
        {
            Assert.Equal(RequestResult.Accepted, Request("asked", now));
            while (_plan.Next(sources, now) is var (source, _))
            {
                taken.Add(source);
                Attempt(source, now);
                if (source != "asked")
                {
                    break;
                }
            }
        }

        Assert.Equal(["asked", "one", "asked", "two"], taken[..4]);
        Assert.Contains("one", taken[4..], StringComparer.Ordinal);
    }

    [Fact]
    public void Next_OwedTurn_DoesNotMakeRoomAndAnUnaskedOneDoes()
    {
        EntropySourceStatus[] sources = [Source("one"), Source("b"), Source("c")];
        Assert.Equal("one", _plan.Next(sources, s_now)?.Source);
        Assert.False(_plan.ShouldGiveWay);
        Request("b");
        Assert.True(_plan.ShouldGiveWay);
        Assert.True(_plan.TryGiveWay());
        Assert.Equal(StandingState.Never, _board["one"].State);

        Assert.Equal(("b", AssessmentTrigger.Requested), _plan.Next(sources, s_now));
        Attempt("b", s_now);
        Request("c");
        Assert.Equal(("one", AssessmentTrigger.Automatic), _plan.Next(sources, s_now));
        Assert.False(_plan.ShouldGiveWay);
        Attempt("one", s_now);
        Assert.Equal(("c", AssessmentTrigger.Requested), _plan.Next(sources, s_now));
    }

    [Fact]
    public void TryRequest_SourceRecordedUnasked_BecomesTheRequestedOne()
    {
        _plan.Next([Source("one")], s_now);

        Assert.Equal(RequestResult.Joined, Request("one"));
        Assert.False(_plan.TryGiveWay());
        Assert.Equal(RequestResult.UnderWay, Request("one"));
        Assert.Equal(AssessmentTrigger.Requested, _plan.BeginAssessing("one"));
        Assert.Equal(StandingState.Assessing, _board["one"].State);
    }

    [Fact]
    public void TryRequest_AgainWithinTheInterval_IsTooSoonAndTellsTheWait()
    {
        Request("a");
        _plan.Next([], s_now);
        Attempt("a", s_now);
        var early = _plan.TryRequest("a", s_now + (0.25 * s_hour));

        Assert.Equal((RequestResult.TooSoon, 0.75 * s_hour), (early.Result, early.Wait));
        Assert.Equal(RequestResult.Accepted, Request("b"));
        Assert.Equal(RequestResult.Accepted, Request("a", s_now + s_hour));
    }

    [Fact]
    public void TryRequest_WhileOneIsAtWork_CountsItAmongThoseAhead()
    {
        Request("a");
        _plan.Next([], s_now);

        Assert.Equal(["a"], _plan.TryRequest("b", s_now).Ahead);
        Assert.Equal(["a", "b"], _plan.TryRequest("c", s_now).Ahead);
    }

    [Fact]
    public void End_QueuedAndAtWork_StandAsNotAssessedAndNoMoreIsTaken()
    {
        Request("a");
        Request("b");
        _plan.Next([], s_now);

        _plan.End(AssessorState.Failed, "it broke");

        Assert.All(
            ["a", "b"],
            source => Assert.Equal((StandingState.NotAssessed, "it broke"), (_board[source].State, _board[source].Reason))
        );
        Assert.Empty(_plan.Requests);
        Assert.Equal(AssessorState.Failed, _board.State);
        Assert.Equal(RequestResult.Ended, Request("c"));
    }

    private RequestResult Request(string source, DateTimeOffset? now = null) => _plan.TryRequest(source, now ?? s_now).Result;

    private void Attempt(string source, DateTimeOffset when) =>
        _board.Change(source, standing => standing with { State = StandingState.Assessed, Attempted = when });

    private static EntropySourceStatus Source(
        string name,
        double claim = 0.25,
        NoiseOrigin origin = NoiseOrigin.Measured,
        SourceState state = SourceState.Healthy
    )
    {
        var status = SampleStatus.Source(name, state);
        return status with { Info = status.Info with { ClaimedMinEntropy = claim, Origin = origin } };
    }
}
