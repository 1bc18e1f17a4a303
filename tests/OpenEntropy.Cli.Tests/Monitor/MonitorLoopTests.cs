using System.Text;
using System.Threading.Channels;
using OpenEntropy.Cli.Monitor;
using Xunit;

namespace OpenEntropy.Cli.Tests.Monitor;

/// <summary>The loop without a terminal: keys as bytes in, acts and paintings out.</summary>
public sealed class MonitorLoopTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Run_KeysForActs_AsksTheFeedAndTellsWhatCame()
    {
        await using var run = new RunningLoop();
        await run.UntilAsync(model => model.Reading is not null);

        run.Type(" ");
        await run.UntilAsync(model => model.Message == "sleep_jitter was told to disable");
        run.Type("jt");
        await run.UntilAsync(model => model.Message == "clock_jitter was told to retest");
    }

    [Theory]
    [InlineData("q")]
    [InlineData("\x03")]
    [InlineData("")] // the end of the terminal's input
    public async Task Run_QuitOrNoMoreInput_Ends(string typed)
    {
        await using var run = new RunningLoop();

        run.Type(typed);

        await run.Task.WaitAsync(s_patience);
    }

    [Fact]
    public async Task Run_TheTokenIsCancelled_Ends()
    {
        await using var run = new RunningLoop();
        await run.End.CancelAsync();

        await run.Task.WaitAsync(s_patience);
    }

    [Fact]
    public async Task Run_TheTerminalIsGone_Ends()
    {
        await using var run = new RunningLoop();
        await run.UntilAsync(model => model.Reading is not null);
        run.IsGone = true;
        run.Type("j");

        await run.Task.WaitAsync(s_patience);
    }

    [Fact]
    public async Task Run_AFaultOfTheFeed_IsThrown()
    {
        await using var run = new RunningLoop();
        run.Feed.Fault = new InvalidOperationException("a fault");
        run.Type("r");

        await Assert.ThrowsAsync<InvalidOperationException>(() => run.Task.WaitAsync(s_patience));
    }

    [Fact]
    public async Task Run_AFeedThatGoesAndComes_SaysSoAndRecovers()
    {
        await using var run = new RunningLoop();
        await run.UntilAsync(model => model.Reading is not null);

        run.Feed.Trouble = "connection refused";
        await run.RefreshUntilAsync(model => model.Trouble == "connection refused" && model.Reading is not null);
        run.Feed.Trouble = null;
        await run.RefreshUntilAsync(model => model.Trouble is null);
    }

    [Fact]
    public async Task Run_AnotherSourceIsChosen_TakesItsSamplesAndNoMoreOfTheFormer()
    {
        await using var run = new RunningLoop();
        run.Feed.Silent = "sleep_jitter";
        await run.UntilAsync(_ => run.Feed.Asked.Contains("sleep_jitter"));

        run.Type("j");

        await run.UntilAsync(model => model.Raw is { Source: "clock_jitter", Window.Count: > 0 });
        await run.Feed.Cancelled.Task.WaitAsync(s_patience); // the wait for the silent one has ended
    }

    [Fact]
    public async Task Run_AnEscapeAlone_HidesTheHelp()
    {
        await using var run = new RunningLoop();
        run.Type("?");
        await run.UntilAsync(model => model.ShowsHelp);

        run.Type("\e");

        await run.UntilAsync(model => !model.ShowsHelp);
    }

    /// <summary>A loop under way. What a test asks of the model is looked at in the loop's own thread, after each painting.</summary>
    private sealed class RunningLoop : IAsyncDisposable
    {
        private readonly Channel<(Func<MonitorModel, bool> Holds, TaskCompletionSource Met)> _asked = Channel.CreateUnbounded<(
            Func<MonitorModel, bool>,
            TaskCompletionSource
        )>();
        private readonly MonitorModel _model = new("test");
        private readonly MonitorLoop _loop;

        public RunningLoop()
        {
            _loop = new MonitorLoop(_model, Feed, TimeProvider.System, Paint);
            Task = _loop.RunAsync(TimeSpan.FromSeconds(0.1), End.Token);
        }

        public ScriptedFeed Feed { get; } = new();

        public CancellationTokenSource End { get; } = new();

        public bool IsGone { get; set; }

        public Task Task { get; }

        public void Type(string typed) => _loop.Post(new MonitorEvent.Typed(Encoding.UTF8.GetBytes(typed)));

        public async Task UntilAsync(Func<MonitorModel, bool> holds)
        {
            var met = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _asked.Writer.TryWrite((holds, met));
            _loop.Post(new MonitorEvent.Ticked());
            await met.Task.WaitAsync(s_patience);
        }

        public Task RefreshUntilAsync(Func<MonitorModel, bool> holds)
        {
            Type("r");
            return UntilAsync(holds);
        }

        public async ValueTask DisposeAsync()
        {
            await End.CancelAsync();
            await Task.ContinueWith(_ => { }, TaskScheduler.Default).WaitAsync(s_patience);
            _loop.Dispose();
            End.Dispose();
        }

        private bool Paint(bool whole)
        {
            while (_asked.Reader.TryPeek(out var asked) && asked.Holds(_model))
            {
                _asked.Reader.TryRead(out _);
                asked.Met.SetResult();
            }

            return !IsGone;
        }
    }
}
