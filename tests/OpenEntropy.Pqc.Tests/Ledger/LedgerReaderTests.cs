using OpenEntropy.Pqc.Ledger;
using Xunit;

namespace OpenEntropy.Pqc.Tests.Ledger;

/// <summary>Who reads while an entry is made: sees what was entered before, and waits for nobody.</summary>
public sealed class LedgerReaderTests : IDisposable
{
    /// <summary>Bounds every wait; no expectation depends on it.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private readonly LedgerTestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Read_WhileTheDeviceHangsAtAnyStepOfAnEntry_IsAnswered()
    {
        var ledger = _folder.Open();
        ledger.Append(LedgerTestFolder.Id(0), [0]);
        foreach (var step in Enum.GetValues<LedgerStep>())
        {
            var count = (int)step + 1;
            var hangs = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            using var goesOn = new ManualResetEventSlim();
            _folder.After = at =>
            {
                if (at != step)
                    return;
                hangs.SetResult();
                Assert.True(goesOn.Wait(s_patience));
            };
            var writing = Task.Run(() => ledger.Append(LedgerTestFolder.Id(count), [(byte)count]));
            await hangs.Task.WaitAsync(s_patience);

            var seen = await Task.Run(() =>
                    (ledger.Count, Pages: ledger.Page(long.MaxValue, 100), New: ledger.Find(LedgerTestFolder.Id(count)))
                )
                .WaitAsync(s_patience);

            Assert.Equal((count, count, null), (seen.Count, seen.Pages.Count, seen.New));
            Assert.All(seen.Pages, entry => Assert.NotNull(ledger.Read(entry)));
            goesOn.Set();
            Assert.NotNull(await writing);
            Assert.Equal(count + 1, ledger.Count);
        }
    }

    [Fact]
    public async Task Page_WhileEntriesAreMade_HasEveryEntryOfItsCountInOrder()
    {
        const int Entries = 100; // the room for them grows several times
        var ledger = _folder.Open();
        var writing = Task.Run(() =>
        {
            for (var i = 1; i <= Entries; i++)
                ledger.Append(LedgerTestFolder.Id(i), [1]);
        });

        for (var count = 0; count < Entries; )
        {
            var isOver = writing.IsCompleted;
            var page = ledger.Page(long.MaxValue, int.MaxValue);
            Assert.True(page.Count >= count, $"{page.Count} after {count}");
            Assert.Equal(Enumerable.Range(1, page.Count).Reverse(), page.Select(entry => (int)entry.Sequence));
            Assert.All(page, entry => Assert.Same(entry, ledger.Find(entry.Id)));
            Assert.False(isOver && page.Count < Entries);
            count = page.Count;
        }

        await writing;
    }
}
