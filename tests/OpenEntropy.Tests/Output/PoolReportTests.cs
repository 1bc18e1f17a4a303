using OpenEntropy.Health;
using OpenEntropy.Noise;
using OpenEntropy.Output;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Tests.Output;

public sealed class PoolReportTests
{
    private const string Incomplete =
        "1 credited noise source is selected and working, and a block needs 2 while OpenEntropy:Conditioning:LeaveOut is 1: "
        + "select more with OpenEntropy:Sources:Enabled (--sources)";

    [Fact]
    public async Task Status_BeforeTheFirstBlock_IsStarting()
    {
        await using var scripted = new ScriptedPool(null, ScriptedPool.TwoLively());
        Assert.Equal(
            (PoolState.Starting, "no seed yet: the noise sources are in their start-up tests"),
            (scripted.Pool.Status.State, scripted.Pool.Status.Reason)
        );
    }

    [Fact]
    public async Task Status_WithABlockAndHealthySources_IsHealthy()
    {
        await using var scripted = new ScriptedPool(null, ScriptedPool.TwoLively());
        Assert.True(scripted.HarvestUntil(() => scripted.Pool.Status.State == PoolState.Healthy));
        Assert.Null(scripted.Pool.Status.Reason);
    }

    [Fact]
    public async Task Status_EarningSourceSwitchedOff_NamesItUntilItIsOnAgain()
    {
        await using var scripted = new ScriptedPool(null, ScriptedPool.TwoLively());
        Assert.True(scripted.HarvestUntil(() => scripted.Pool.Status.State == PoolState.Healthy));
        scripted.Pool.Disable("two");
        Assert.Equal(
            (PoolState.Degraded, $"{Incomplete}; two: disabled by the operator"),
            (scripted.Pool.Status.State, scripted.Pool.Status.Reason)
        );
        scripted.Pool.Enable("two");
        Assert.True(scripted.HarvestUntil(() => scripted.Pool.Status.State == PoolState.Healthy));
    }

    [Fact]
    public async Task Status_LoweredSourceSwitchedOff_IsNamedAsWell()
    {
        await using var scripted = new ScriptedPool(null, ScriptedPool.TwoLively());
        Assert.True(scripted.HarvestUntil(() => scripted.Pool.Status.State == PoolState.Healthy));
        Assert.True(scripted.Pool.Assess("two", 0.5));
        scripted.Pool.Disable("two");
        Assert.Equal(
            $"{Incomplete}; two: disabled by the operator; assessed at 0.5 bits per sample, which lowered its claim to 0.25",
            scripted.Pool.Status.Reason
        );
    }

    [Fact]
    public async Task Status_OneOfThreeSourcesFailed_IsDegradedAndNamesIt()
    {
        var three = new ScriptedNoiseSource("three");
        await using var scripted = new ScriptedPool(null, [.. ScriptedPool.TwoLively(), three]);
        Assert.True(scripted.HarvestUntil(() => scripted.Pool.Status.State == PoolState.Healthy));
        three.Failure = new InvalidOperationException("the script says so");
        Assert.True(scripted.HarvestUntil(() => scripted.Pool.Status.State == PoolState.Degraded));
        Assert.StartsWith("three: ", scripted.Pool.Status.Reason, StringComparison.Ordinal);
        Assert.Null(scripted.Pool.TryGetBytes(new byte[16]));
    }

    [Fact]
    public async Task Status_SourceAssessedUnderTwiceItsClaim_IsDegradedAndStaysSoAfterABetterAssessment()
    {
        await using var scripted = new ScriptedPool(null, [.. ScriptedPool.TwoLively(), new ScriptedNoiseSource("three")]);
        Assert.True(scripted.HarvestUntil(() => scripted.Pool.Status.State == PoolState.Healthy));
        Assert.True(scripted.Pool.Assess("three", 0.5));
        Assert.True(scripted.Pool.Assess("three", 6.6));
        Assert.True(scripted.HarvestUntil(() => scripted["three"].Healthy));
        var status = scripted.Pool.Status;
        Assert.Equal(
            (PoolState.Degraded, "three: assessed at 0.5 bits per sample, which lowered its claim to 0.25"),
            (status.State, status.Reason)
        );
        Assert.Null(scripted.Pool.TryGetBytes(new byte[16]));
    }

    [Fact]
    public async Task Status_AssessmentTookTheCreditThatABlockNeeds_NamesTheSourceAndTheFigureAlsoWithoutSeeds()
    {
        const string Reason = Incomplete + "; two: assessed at 0.1 bits per sample, which lowered its claim to 0";
        await using var scripted = new ScriptedPool(null, ScriptedPool.TwoLively());
        Assert.True(scripted.HarvestUntil(() => scripted.Pool.Status.State == PoolState.Healthy));
        Assert.True(scripted.Pool.Assess("two", 0.1));
        Assert.Equal((PoolState.Degraded, Reason), (scripted.Pool.Status.State, scripted.Pool.Status.Reason));
        scripted.Time.Advance(TimeSpan.FromMinutes(10) + TimeSpan.FromTicks(1));
        Assert.Equal((PoolState.Unhealthy, Reason), (scripted.Pool.Status.State, scripted.Pool.Status.Reason));
    }

    [Fact]
    public async Task WhyNoSeed_SourceLostItsCreditWhileOthersSuffice_NamesItAndTheFigure()
    {
        await using var scripted = new ScriptedPool(null, [.. ScriptedPool.TwoLively(), new ScriptedNoiseSource("three")]);
        Assert.True(scripted.Pool.Assess("three", 0.1));
        var refused = scripted.Pool.TryGetBytes(new byte[16]);
        Assert.Equal(RefusalReason.Starting, refused?.Reason);
        Assert.Contains("; three: ", refused!.Message, StringComparison.Ordinal);
        Assert.EndsWith("assessed at 0.1 bits per sample, which lowered its claim to 0", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_TooFewSourcesLeft_IsDegradedWhileThereAreSeedsThenUnhealthy()
    {
        var two = new ScriptedNoiseSource("two");
        await using var scripted = new ScriptedPool(null, new ScriptedNoiseSource("one"), two);
        Assert.True(scripted.HarvestUntil(() => scripted.Pool.Status.State == PoolState.Healthy));
        two.Override = _ => 7;
        Assert.True(scripted.HarvestUntil(() => scripted["two"].State == SourceState.PermanentlyFailed));
        Assert.Equal((PoolState.Degraded, Incomplete), (scripted.Pool.Status.State, scripted.Pool.Status.Reason));
        scripted.Time.Advance(TimeSpan.FromMinutes(10) + TimeSpan.FromTicks(1));
        Assert.Equal((PoolState.Unhealthy, Incomplete), (scripted.Pool.Status.State, scripted.Pool.Status.Reason));
    }

    [Fact]
    public async Task Status_SelectionThatCannotCompleteABlock_IsUnhealthyAndSaysWhatToSet()
    {
        await using var scripted = new ScriptedPool(null, new ScriptedNoiseSource("one"));
        Assert.Equal((PoolState.Unhealthy, Incomplete), (scripted.Pool.Status.State, scripted.Pool.Status.Reason));
        var refused = scripted.Pool.TryGetBytes(new byte[16]);
        Assert.Equal((RefusalReason.NoEntropy, Incomplete), (refused?.Reason, refused?.Message));
    }

    [Fact]
    public async Task Status_SingleSourceWithLeaveOut0_CompletesBlocksAndListsTheDeviation()
    {
        var options = new EntropyPoolOptions();
        options.Conditioning.LeaveOut = 0;
        await using var scripted = new ScriptedPool(options, new ScriptedNoiseSource("one"));
        Assert.True(scripted.HarvestBlocks(1));
        Assert.Contains(scripted.Pool.Status.Deviations, text => text.Contains("LeaveOut is 0", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Status_NoCreditedSourceOpens_IsUnhealthyAndSaysWhy()
    {
        var sources = ScriptedPool.TwoLively();
        await using var scripted = new ScriptedPool(null, sources);
        sources[0].OpenFailure = new NoiseSourceException("it is away");
        Assert.True(scripted.HarvestUntil(() => scripted["one"].State == SourceState.Failed));
        Assert.Equal(PoolState.Starting, scripted.Pool.Status.State);
        Assert.Contains("one: it is away", scripted.Pool.Status.Reason, StringComparison.Ordinal);
        sources[1].Failure = new InvalidOperationException("it broke");
        Assert.True(scripted.HarvestUntil(() => scripted["two"].State == SourceState.Failed));
        Assert.Equal(PoolState.Unhealthy, scripted.Pool.Status.State);
        Assert.StartsWith("no credited noise source works: one: it is away", scripted.Pool.Status.Reason, StringComparison.Ordinal);
        Assert.Contains("; two: ", scripted.Pool.Status.Reason, StringComparison.Ordinal);
        Assert.Equal(RefusalReason.NoEntropy, scripted.Pool.TryGetBytes(new byte[16])?.Reason);
    }

    [Fact]
    public async Task Status_FailureToOpenIsToldBeforeTheNextAttemptIsPlanned_SaysWhyInTheSameWords()
    {
        using var planned = new ManualResetEventSlim();
        var sources = ScriptedPool.TwoLively();
        await using var scripted = new ScriptedPool(null, sources);
        sources[0].OpenFailure = new ReadOnceException("it is away", planned);
        Assert.True(scripted.HarvestUntil(() => scripted["one"].State == SourceState.Failed));
        Assert.EndsWith("; one: it is away", scripted.Pool.Status.Reason, StringComparison.Ordinal);
        planned.Set();
        Assert.True(
            scripted.HarvestUntil(() =>
                scripted.Pool.Status.Reason!.EndsWith("; one: it is away; next attempt in 1 s", StringComparison.Ordinal)
            )
        );
    }

    [Fact]
    public void Deviations_OlderSeedsAndUnlockedMemory_AreListed()
    {
        var options = new EntropyPoolOptions();
        Assert.Equal(OperatingSystem.IsLinux() ? 0 : 1, PoolDeviations.Of(options, (true, true)).Count);
        Assert.Equal(
            2,
            PoolDeviations.Of(options, (false, false)).Count(text => text.StartsWith("the pool's memory", StringComparison.Ordinal))
        );
        options.Drbg.MaximumSeedAge = TimeSpan.FromMinutes(11);
        options.Drbg.ReseedInterval = TimeSpan.FromSeconds(2);
        var deviations = PoolDeviations.Of(options, (true, true));
        Assert.Contains(deviations, text => text.StartsWith("OpenEntropy:Drbg:MaximumSeedAge is 00:11:00", StringComparison.Ordinal));
        Assert.Contains(deviations, text => text.StartsWith("OpenEntropy:Drbg:ReseedInterval is 00:00:02", StringComparison.Ordinal));
    }

    [Fact]
    public async Task WhyPoolDry_AtAMeasuredRate_ComputesRetryAfterFromIt()
    {
        var options = new EntropyPoolOptions();
        options.Pool.Capacity = 65_536;
        await using var scripted = new ScriptedPool(options, ScriptedPool.TwoLively());
        Assert.True(scripted.HarvestBlocks(2));
        var (rate, available) = (scripted.Pool.Status.BlocksPerSecond, scripted.Pool.Status.BlocksAvailable);
        var refused = scripted.Pool.Parts.Report.WhyPoolDry(1_000_000_000);
        var seconds = Math.Min(3_600, Math.Ceiling((1_000_000_000 - available) / rate));
        Assert.Equal((RefusalReason.PoolDry, TimeSpan.FromSeconds(seconds)), (refused.Reason, refused.RetryAfter));
        Assert.Equal($"the pool holds {available} of the 1000000000 seed blocks this needs", refused.Message);
        Assert.Equal(TimeSpan.FromSeconds(1), scripted.Pool.Parts.Report.WhyPoolDry(available).RetryAfter);
    }

    [Fact]
    public async Task WhyNoSeed_OneBlockOfTheTwoAShortHashNeeds_IsStillStarting()
    {
        var options = new EntropyPoolOptions();
        options.Conditioning.Hash = "SHA-256";
        await using var scripted = new ScriptedPool(options, ScriptedPool.TwoLively());
        scripted.Pool.Parts.Pool.Add(new byte[32], epoch: 0);
        Assert.Equal(RefusalReason.Starting, scripted.Pool.TryGetBytes(new byte[16])?.Reason);
        Assert.Equal(1, scripted.Pool.Status.BlocksAvailable);
        scripted.Pool.Parts.Pool.Add(new byte[32], epoch: 0);
        Assert.Null(scripted.Pool.TryGetBytes(new byte[16]));
    }

    /// <summary>Its message can be read once; whoever reads it again waits.</summary>
    private sealed class ReadOnceException(string message, ManualResetEventSlim again) : Exception
    {
        private int _reads;

        public override string Message
        {
            get
            {
                if (Interlocked.Increment(ref _reads) > 1)
                    again.Wait();
                return message;
            }
        }
    }
}
