using System.Diagnostics.CodeAnalysis;
using System.Text;
using OpenEntropy.Server.Errors;
using OpenEntropy.Server.Randomness;
using OpenEntropy.Server.Streaming;
using OpenEntropy.Server.Tests.Randomness;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Server.Tests.Streaming;

/// <summary>What a stream draws, to the byte, by the pool's own account: away from the tests' synchronization context everything happens in turn.</summary>
[SuppressMessage("Design", "CA1001", Justification = "xunit disposes what it is told to.")]
public sealed class StreamBodyTests : ScriptedPoolTests, IDisposable
{
    private readonly PipedResponse _response = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly ManualTimeProvider _time = new();

    public void Dispose()
    {
        _response.Dispose();
        _stop.Dispose();
    }

    [Theory]
    [InlineData("", 65_536, 65_536)]
    [InlineData("format=hex", 32_768, 65_536)]
    [InlineData("format=base64", 49_152, 65_536)]
    public Task WriteAsync_ClientStopsReading_DrawsWhatTheConnectionTakesAndNoMore(string query, int drawn, int sent) =>
        Task.Run(async () =>
        {
            var before = Pool.Status.DrbgBytes;
            await using var end = new BodyEnd(_response.Context, _time, _stop.Token);
            var writing = Start(query, end);

            Assert.False(writing.IsCompleted);
            Assert.Equal(drawn, Pool.Status.DrbgBytes - before);
            Assert.Equal(sent, _response.ReadAvailable().Length);

            // Now as much again, and no more.
            Assert.Equal(2 * drawn, Pool.Status.DrbgBytes - before);
            Assert.Equal(sent, _response.ReadAvailable().Length);
            _response.HangUp();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing);
            Assert.Equal(3 * drawn, Pool.Status.DrbgBytes - before);
        });

    [Theory]
    [InlineData("")]
    [InlineData("format=hex")]
    [InlineData("format=base64")]
    [InlineData("rate=1000")]
    public void MostAtOnce_WithItsText_IsWithin64KiB(string query)
    {
        foreach (var accept in new[] { "", "text/event-stream" })
        {
            var request = Parse(query, accept);
            Assert.InRange(request.MostAtOnce + StreamText.MaxLength(in request), 1, 65_536);
        }
    }

    [Theory]
    [InlineData("rate=1000", 50, 50, 1)]
    [InlineData("rate=1", 1, 1000, 1)]
    [InlineData("rate=1000&format=hex", 50, 50, 2)]
    [InlineData("rate=40&format=base64", 3, 75, 1.3333333333)]
    [InlineData("rate=200000", 10_000, 50, 1)]
    public Task WriteAsync_Paced_SendsWhatTheRateEarns(string query, int part, int milliseconds, double text) =>
        Task.Run(async () =>
        {
            var before = Pool.Status.DrbgBytes;
            await using var end = new BodyEnd(_response.Context, _time, _stop.Token);
            var writing = Start(query, end);

            for (var i = 1; i <= 20; i++)
            {
                var sent = 0;
                while (_response.ReadAvailable() is { Length: > 0 } read)
                {
                    sent += read.Length;
                }

                // The next part is drawn, and waits.
                Assert.Equal((int)Math.Round(part * text), sent);
                Assert.Equal(part * (i + 1), Pool.Status.DrbgBytes - before);
                Assert.Equal(1, _time.PendingTimers);
                _time.Advance(TimeSpan.FromMilliseconds(milliseconds));
            }

            await _stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing);
        });

    [Fact]
    public Task WriteAsync_HangUpWhileItWaitsForThePace_EndsAtOnceAndDrawsNoMore() =>
        Task.Run(async () =>
        {
            await using var end = new BodyEnd(_response.Context, _time, _stop.Token);
            var writing = Start("rate=1", end);
            var before = Pool.Status.DrbgBytes;
            Assert.Equal(1, _time.PendingTimers);

            _response.HangUp();

            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing);
            Assert.Equal(0, _time.PendingTimers);
            Assert.Equal(before, Pool.Status.DrbgBytes);
        });

    [Theory]
    [InlineData("length=1", "", 1)]
    [InlineData("length=100000", "", 100_000)]
    [InlineData("length=32769&format=hex", "", 65_538)]
    [InlineData("length=100000&format=base64", "", 133_336)]
    public Task WriteAsync_Length_EndsItToTheByte(string query, string accept, int expected) =>
        Task.Run(async () =>
        {
            await using var end = new BodyEnd(_response.Context, _time, _stop.Token);
            var body = Body(query, end, accept);
            var writing = body.WriteAsync().AsTask();

            var text = new List<byte>();
            while (_response.ReadAvailable() is { Length: > 0 } read)
            {
                text.AddRange(read);
            }

            Assert.Null(await writing);
            Assert.True(body.IsComplete);
            Assert.Equal(expected, text.Count);
            Assert.Equal(expected, _response.Context.Response.ContentLength);
            if (query.Contains("base64", StringComparison.Ordinal))
            {
                Assert.Equal(100_000, Convert.FromBase64String(Encoding.ASCII.GetString([.. text])).Length);
            }
        });

    [Fact]
    public Task WriteAsync_LimitedRunsDry_BreaksOffAfterWhatThePoolBacked() =>
        Task.Run(async () =>
        {
            Assert.True(SpinWait.SpinUntil(() => Pool.BackedBytes > 20 * Pool.BlockBytes, ServerFactory.Patience));
            await StopHarvestAsync();
            var before = Pool.Status.LimitedBytes;
            await using var end = new BodyEnd(_response.Context, _time, _stop.Token);
            var body = Body("conditioning=limited&timeout=0", end);

            var writing = body.WriteAsync().AsTask();
            var sent = 0;
            while (_response.ReadAvailable() is { Length: > 0 } read)
            {
                sent += read.Length;
            }

            // Headers were out, so that no refusal can be said any more; what was written may still be read.
            await Assert.ThrowsAsync<BrokenOffException>(() => writing);
            Assert.False(_response.IsAborted);
            Assert.Equal(0, Pool.BackedBytes);
            Assert.True(sent > 0);
            Assert.Equal(sent, Pool.Status.LimitedBytes - before);
        });

    [Fact]
    public Task WriteAsync_LimitedIsDryFromTheStart_IsRefusedAndNothingIsSent() =>
        Task.Run(async () =>
        {
            await StopHarvestAsync();
            while (Pool.Parts.Pool.TryTakeOldest(new byte[Pool.BlockBytes])) { }

            await using var end = new BodyEnd(_response.Context, _time, _stop.Token);
            var refusal = await Body("conditioning=limited&timeout=0", end).WriteAsync();

            Assert.Equal(RefusalReason.NoEntropy, refusal?.Reason); // the harvest was stopped
            Assert.False(_response.HasStarted);
            Assert.Empty(_response.ReadAvailable());
        });

    [Fact]
    public Task WriteAsync_ServiceStopsWhileItWaitsForABlock_EndsTheWait() =>
        Task.Run(async () =>
        {
            await StopHarvestAsync();
            while (Pool.Parts.Pool.TryTakeOldest(new byte[Pool.BlockBytes])) { }

            await using var end = new BodyEnd(_response.Context, _time, _stop.Token);
            var writing = Start("conditioning=limited&timeout=30", end);
            Assert.False(writing.IsCompleted);

            await _stop.CancelAsync();

            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing);
            Assert.False(_response.HasStarted);
        });

    [Fact]
    public Task WriteAsync_LimitedRunsDryWhileTheHarvestGoesOn_GoesOnWithEachBlock() =>
        Task.Run(async () =>
        {
            while (Pool.Parts.Pool.TryTakeOldest(new byte[Pool.BlockBytes])) { }

            var before = Pool.Status.LimitedBytes;
            await using var end = new BodyEnd(_response.Context, _time, _stop.Token);

            Assert.Null(await Body($"conditioning=limited&timeout=30&length={10 * Pool.BlockBytes}", end).WriteAsync());

            Assert.Equal(10 * Pool.BlockBytes, _response.ReadAvailable().Length);
            Assert.Equal(10 * Pool.BlockBytes, Pool.Status.LimitedBytes - before);
        });

    [Fact]
    public Task WriteAsync_ServiceStops_EndsBetweenTwoDraws() =>
        Task.Run(async () =>
        {
            await using var end = new BodyEnd(_response.Context, _time, _stop.Token);
            var body = Body("", end);
            var writing = body.WriteAsync().AsTask();
            Assert.False(writing.IsCompleted);

            await _stop.CancelAsync();
            Assert.False(writing.IsCompleted); // what is on its way may still be read
            _ = _response.ReadAvailable();

            Assert.Null(await writing);
            Assert.False(body.IsComplete);
            Assert.False(_response.IsAborted);
        });

    [Fact]
    public Task BodyEnd_ServiceStopsAndTheClientDoesNotRead_IsCutAfterASecond() =>
        Task.Run(async () =>
        {
            await using var end = new BodyEnd(_response.Context, _time, _stop.Token);
            var writing = Start("", end);

            await _stop.CancelAsync();
            _time.Advance(TimeSpan.FromMilliseconds(999));
            Assert.False(_response.IsAborted);
            _time.Advance(TimeSpan.FromMilliseconds(1));

            Assert.True(_response.IsAborted);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing);
        });

    [Fact]
    public async Task BodyEnd_Disposed_CutsNothing()
    {
        var end = new BodyEnd(_response.Context, _time, _stop.Token);
        await _stop.CancelAsync();

        await end.DisposeAsync();
        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.False(_response.IsAborted);
    }

    private Task<EntropyRefusal?> Start(string query, BodyEnd end) => Body(query, end).WriteAsync().AsTask();

    private StreamBody Body(string query, BodyEnd end, string accept = "")
    {
        var request = Parse(query, accept);
        return new StreamBody(
            _response.Context.Response,
            request,
            new RandomDraw(Pool, request.Output, [], new ServedBytes().As(ServedType.Stream), TimeProvider.System, end.Token),
            request.Output.Rate == 0 ? null : new RatePace(request.Output.Rate, request.Unit, _time),
            end
        );
    }

    private static StreamRequest Parse(string query, string accept = "")
    {
        Assert.True(StreamRequest.TryParse(query, accept, new RandomnessOptions(), out var request, out var error), error?.Message);
        return request;
    }
}
