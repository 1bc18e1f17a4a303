using OpenEntropy.Receipts;
using OpenEntropy.Server.Audit;
using OpenEntropy.Server.Receipts;
using OpenEntropy.Server.Security;
using Xunit;

namespace OpenEntropy.Server.Tests.Audit;

/// <summary>The log while the service runs: no act without an entry, and none lost that was done.</summary>
public sealed class AuditLogTests : IDisposable
{
    private static readonly Caller s_key = new(CallerKind.Key, "k1");

    private readonly AuditBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Begin_ThenEnd_AreTwoEntriesThatBelongTogether()
    {
        using var log = _bench.Log();

        await using (var act = await log.BeginAsync(AuditAct.BundleMint, s_key, subject: null, CancellationToken.None))
        {
            Assert.Equal(("begun", (long?)null), (_bench.Lines()[0].Entry.Outcome, _bench.Lines()[0].Entry.Begun));
            Assert.Equal([1L], _bench.Verify().Open);
            await act.EndAsync(AuditOutcome.Done, 201, "id", AuditQuality.Drbg, 96);
            await act.EndAsync(AuditOutcome.Failed); // an end has no other
        }

        var (begun, done) = (_bench.Lines()[0], _bench.Lines()[1]);
        Assert.Equal(2, _bench.Lines().Count);
        Assert.Equal((new AuditParty("key", "k1"), "bundle_mint"), (begun.Entry.Party, begun.Entry.Act));
        Assert.Equal(
            begun.Entry with
            {
                Outcome = "done",
                Status = 201,
                Subject = "id",
                Quality = "drbg",
                Bytes = 96,
                Begun = 1,
            },
            done.Entry
        );
        Assert.Empty(_bench.Verify().Open);
        Assert.Equal((2L, 2L, null), (log.State.Head.Sequence, log.State.Entries, log.State.Problem));
    }

    [Fact]
    public async Task Dispose_OfAnActWithoutAnEnd_EntersThatItFailed()
    {
        using var log = _bench.Log();

        await (await log.BeginAsync(AuditAct.DrillBegin, caller: null, "x", CancellationToken.None)).DisposeAsync();

        Assert.Equal(["begun", "failed"], _bench.Lines().Select(line => line.Entry.Outcome));
        Assert.Equal(AuditParty.Service, _bench.Lines()[0].Entry.Party);
    }

    [Fact]
    public async Task Begin_NoRoom_RefusesUntilThereIsRoomAndSaysSo()
    {
        using var log = _bench.Log();
        await log.EnterAllAsync(AuditBench.Entry("start"));
        _bench.Disk.Room = 10;

        for (var i = 0; i < 3; i++)
        {
            var refusal = await Assert.ThrowsAsync<AuditUnavailableException>(async () =>
                await log.BeginAsync(AuditAct.SourceDisable, s_key, "x", CancellationToken.None)
            );
            Assert.EndsWith("no space is left on its device", refusal.Message, StringComparison.Ordinal);
        }

        Assert.Equal((1L, 3L), (log.State.Head.Sequence, log.State.Failures));
        Assert.Contains("privileged acts are refused", Assert.Single(log.State.Deviations), StringComparison.Ordinal);
        Assert.Single(_bench.Logs.Errors); // told once, and not at every attempt
        _bench.Disk.Room = null;
        await using (await log.BeginAsync(AuditAct.SourceEnable, s_key, "x", CancellationToken.None)) { }

        Assert.Equal(["source_retest", "log_gap", "source_enable", "source_enable"], _bench.Lines().Select(line => line.Entry.Act));
        Assert.Equal((null, 0), (log.State.Problem, log.State.Deviations.Count));
        Assert.Contains("written again", _bench.Logs.Text, StringComparison.Ordinal);
        Assert.True(_bench.Verify().IsWhole);
    }

    [Fact]
    public async Task End_NoRoom_IsWrittenFirstOnceThereIs()
    {
        using var log = _bench.Log();
        var act = await log.BeginAsync(AuditAct.KeyRevoke, s_key, "k2", CancellationToken.None);
        _bench.Disk.Room = 0;

        await act.EndAsync(AuditOutcome.Done, 200); // it was done, and so it is answered

        Assert.Single(_bench.Lines());
        Assert.NotNull(log.State.Problem);
        _bench.Disk.Room = null;
        await log.EnterAllAsync(); // as every few seconds while nothing can be written
        Assert.Equal(["begun", "done", "done"], _bench.Lines().Select(line => line.Entry.Outcome));
        Assert.Equal(["key_revoke", "key_revoke", "log_gap"], _bench.Lines().Select(line => line.Entry.Act));
        Assert.Null(log.State.Problem);
    }

    [Fact]
    public async Task End_MoreThanMayWait_AreCountedAndEnteredAsLost()
    {
        using var log = _bench.Log();
        _bench.Disk.Room = 0;
        for (var i = 0; i < AuditLog.MostOwed + 3; i++)
        {
            await log.EndAsync(AuditBench.Entry($"{i}"));
        }

        _bench.Disk.Room = null;
        await log.EnterAllAsync();

        var lines = _bench.Lines();
        Assert.Equal(AuditLog.MostOwed + 1, lines.Count);
        Assert.Equal(("log_gap", 3L), (lines[^1].Entry.Act, lines[^1].Entry.Count));
    }

    [Fact]
    public async Task Begin_ManyAtOnce_AreOneChain()
    {
        using var log = _bench.Log();
        await Task.WhenAll(
            Enumerable
                .Range(0, 50)
                .Select(async i =>
                {
                    await using var act = await log.BeginAsync(AuditAct.SourceRetest, s_key, $"{i}", CancellationToken.None);
                    await act.EndAsync(AuditOutcome.Done, 200);
                })
        );

        var found = _bench.Verify();
        Assert.Equal((true, 100L, 0), (found.IsWhole, found.Entries, found.Open.Count));
        Assert.All(
            _bench.Lines().Where(line => line.Entry.Begun is not null),
            line => Assert.Equal(_bench.Lines()[(int)line.Entry.Begun! - 1].Entry.Subject, line.Entry.Subject)
        );
    }

    [Fact]
    public async Task Count_OverAMinute_IsALineForEachCallerQualityAndStatus()
    {
        using var log = _bench.Log();
        await log.EnterAllAsync(AuditBench.Entry("start"));
        var began = _bench.Time.GetUtcNow();
        Draw(log, s_key, AuditQuality.Drbg, 10, times: 3);
        Draw(log, s_key, AuditQuality.Limited, 96, times: 1);
        log.Count(AuditAct.SourceDisable, s_key, AuditOutcome.Refused, 401);
        log.Count(AuditAct.SourceDisable, s_key, AuditOutcome.Refused, 401);
        _bench.Time.Advance(TimeSpan.FromMinutes(1));

        await log.EnterAllAsync();
        await log.EnterAllAsync(); // nothing was counted since

        var sums = _bench.Lines().Skip(1).Select(line => line.Entry).OrderBy(entry => entry.Act).ThenBy(entry => entry.Quality).ToList();
        Assert.Equal(
            [("output", "drbg", 3, 30L, null), ("output", "limited", 1, 96L, null), ("source_disable", null, 2, null, 401)],
            sums.Select(entry => (entry.Act, entry.Quality, (int)entry.Count, entry.Bytes, entry.Status))
        );
        Assert.All(sums, entry => Assert.Equal((began, new AuditParty("key", "k1")), (entry.Since, entry.Party)));
    }

    [Fact]
    public async Task Count_NoRoom_GoesOnCountingAndIsWrittenWithItsTime()
    {
        using var log = _bench.Log();
        await log.EnterAllAsync(AuditBench.Entry("start"));
        var began = _bench.Time.GetUtcNow();
        _bench.Disk.Room = 0;
        for (var i = 0; i < 3; i++)
        {
            Draw(log, s_key, AuditQuality.Raw, 5, times: 2);
            _bench.Time.Advance(TimeSpan.FromMinutes(1));
            await log.EnterAllAsync();
        }

        _bench.Disk.Room = null;
        await log.EnterAllAsync();

        var sum = Assert.Single(_bench.Lines(), line => line.Entry.Act == "output").Entry;
        Assert.Equal((6L, (long?)30, (DateTimeOffset?)began), (sum.Count, sum.Bytes, sum.Since));
    }

    [Fact]
    public async Task Checkpoint_BySomeKey_SignsAllBeforeItAndOnlyOnce()
    {
        var scalar = new byte[32];
        scalar[31] = 7;
        using var key = SigningKey.FromScalar(scalar);
        Assert.True(ReceiptPublicKey.TryParse(key.Pem, out var known));
        using var log = _bench.Log();
        await log.EnterAllAsync(AuditBench.Entry("a"));

        Assert.True(await log.TryEnterCheckpointAsync(key));
        Assert.True(await log.TryEnterCheckpointAsync(key)); // nothing is new
        await log.EnterAllAsync(AuditBench.Entry("b"));

        var found = AuditVerifier.Verify(_bench.Files, from: null, known);
        Assert.Equal((true, 3L, (long?)2, 0), (found.IsWhole, found.Entries, found.SignedUpTo, found.Forged.Count));
        Assert.Equal(("log_checkpoint", key.KeyId), (_bench.Lines()[1].Entry.Act, _bench.Lines()[1].Entry.Subject));
        Assert.Null(AuditVerifier.Verify(_bench.Files, from: null).SignedUpTo);

        // Written anew by who has not the key: a chain that is whole, and a checkpoint that is not.
        var forged = _bench.Lines()[1] with
        {
            Previous = AuditHead.After(1, [1]).Hash,
        };
        var file = Path.Combine(_bench.Storage, "forged");
        await File.WriteAllBytesAsync(file, forged.ToBytes());
        var other = AuditVerifier.Verify([file], from: null, known);
        Assert.Equal((false, (long?)null), (other.IsWhole, other.SignedUpTo));
        Assert.Equal([2L], other.Forged);
    }

    [Fact]
    public async Task Checkpoint_NoRoom_SaysSoAndIsEnteredOnceWhenTriedAgain()
    {
        var scalar = new byte[32];
        scalar[31] = 7;
        using var key = SigningKey.FromScalar(scalar);
        using var log = _bench.Log();
        await log.EnterAllAsync(AuditBench.Entry("a"));
        _bench.Disk.Room = 0;

        Assert.False(await log.TryEnterCheckpointAsync(key));
        Assert.False(await log.TryEnterCheckpointAsync(key));
        Assert.Single(_bench.Lines());
        _bench.Disk.Room = null;
        Assert.True(await log.TryEnterCheckpointAsync(key));

        Assert.Equal(["source_retest", "log_gap", "log_checkpoint"], _bench.Lines().Select(line => line.Entry.Act));
    }

    [Fact]
    public async Task Begin_AnotherProcessHasTheLog_IsRefusedUntilItEnds()
    {
        using var other = _bench.Open();
        other.Append([AuditBench.Entry("other")]);
        using var log = _bench.Log();

        await Assert.ThrowsAsync<AuditUnavailableException>(async () =>
            await log.BeginAsync(AuditAct.SourceDisable, s_key, "x", CancellationToken.None)
        );
        Assert.Contains("in use by another process", log.State.Problem, StringComparison.Ordinal);
        other.Dispose();
        await using (await log.BeginAsync(AuditAct.SourceDisable, s_key, "x", CancellationToken.None)) { }

        Assert.True(_bench.Verify().IsWhole);
    }

    private static void Draw(AuditLog log, Caller caller, AuditQuality quality, int bytes, int times)
    {
        for (var i = 0; i < times; i++)
        {
            log.Output.Add(new AuditCountKey(caller, AuditAct.Output, quality, AuditOutcome.Done, 0), new AuditSum(1, bytes));
        }
    }
}
