using System.Net;
using OpenEntropy.Drills;
using OpenEntropy.Server.Audit;
using OpenEntropy.Server.Drills;
using OpenEntropy.Server.Tests.Audit;
using Xunit;

namespace OpenEntropy.Server.Tests.Drills;

/// <summary>What of drills and self-tests is in the audit log.</summary>
public sealed class DrillAuditTests
{
    [Fact]
    public async Task Drill_EndsByTime_IsEnteredAndSoIsASelfTestThatFailedMeanwhile()
    {
        await using var service = await DrilledService.StartAsync();
        await service.BeginAsync("kind=known-answer&seconds=10");

        using (var answer = await service.Client.PostAsync(new Uri("/self-tests", UriKind.Relative), content: null))
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        service.Time.Advance(TimeSpan.FromSeconds(10));
        await ServerFactory.UntilAsync(() => Task.FromResult(Lines(service).Any(line => line.Entry.Act == "drill_end")));

        var failed = Assert.Single(Lines(service), line => line.Entry is { Act: "self_test", Begun: not null }).Entry;
        Assert.Equal(("failed", (int?)200), (failed.Outcome, failed.Status));
        Assert.NotNull(failed.Subject);
        var ended = Assert.Single(Lines(service), line => line.Entry.Act == "drill_end").Entry;
        Assert.Equal((AuditParty.Service, "done", "known-answer"), (ended.Party, ended.Outcome, ended.Subject));
    }

    [Fact]
    public async Task Take_AnEndWhileNothingCanBeWritten_IsOwedAndEnteredOnceItCanBe()
    {
        using var bench = new AuditBench();
        using var log = bench.Log();
        var audit = new DrillAudit(log);
        bench.Disk.Room = 0;

        audit.Take(DrillEvent.Ended, Run(bench));
        await audit.WaitAsync();

        Assert.Empty(bench.Lines());
        bench.Disk.Room = null;
        await log.EnterAllAsync();
        Assert.Equal(
            ("drill_end", "done", "starve"),
            (bench.Lines()[0].Entry.Act, bench.Lines()[0].Entry.Outcome, bench.Lines()[0].Entry.Subject)
        );
    }

    private static List<AuditLine> Lines(DrilledService service) =>
        AuditBench.Lines(AuditFiles.In(Path.Combine(service.Factory.Storage, AuditFiles.Folder)));

    private static DrillRun Run(AuditBench bench) =>
        new()
        {
            Id = "1",
            Kind = DrillKind.Starve,
            Source = null,
            Caller = AuditBench.Somebody,
            Began = bench.Time.GetUtcNow(),
            BeganAt = bench.Time.GetTimestamp(),
            Duration = TimeSpan.FromSeconds(1),
            Bound = new DrillBound(null, 1, "x"),
            ClearBound = new DrillBound(null, 1, "x"),
            Exercise = null,
            Ended = bench.Time.GetUtcNow(),
            EndedBy = "time",
        };
}
