using System.Diagnostics.CodeAnalysis;
using OpenEntropy.Server.Errors;
using OpenEntropy.Server.Randomness;
using OpenEntropy.Server.Tests.Streaming;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Server.Tests.Randomness;

/// <summary>What a body of bytes draws, by the pool's own account: away from the tests' synchronization context everything happens in turn.</summary>
[SuppressMessage("Design", "CA1001", Justification = "xunit disposes what it is told to.")]
public sealed class ByteBodyTests : ScriptedPoolTests, IDisposable
{
    private readonly PipedResponse _response = new();
    private readonly ManualTimeProvider _time = new();

    public void Dispose() => _response.Dispose();

    [Theory]
    [InlineData("format=bytes", 65_536, 65_536)]
    [InlineData("format=hex", 32_768, 65_536)]
    [InlineData("format=base64", 49_152, 65_536)]
    public Task WriteAsync_ClientStopsReading_DrawsWhatTheConnectionTakesAndNoMore(string query, int drawn, int sent) =>
        Task.Run(async () =>
        {
            var before = Pool.Status.DrbgBytes;
            var writing = Start($"length=1000000&{query}");

            Assert.False(writing.IsCompleted);
            Assert.Equal(drawn, Pool.Status.DrbgBytes - before);
            Assert.Equal(sent, _response.ReadAvailable().Length);
            _response.HangUp();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing);
        });

    [Fact]
    public Task WriteAsync_PacedLimited_DrawsNoMoreThanASecondOfIt() =>
        Task.Run(async () =>
        {
            Assert.True(SpinWait.SpinUntil(() => Pool.BackedBytes > 40 * Pool.BlockBytes, ServerFactory.Patience));
            var before = Pool.Status.LimitedBytes;
            var writing = Start($"conditioning=limited&format=bytes&length={40 * Pool.BlockBytes}&rate=1");

            Assert.Equal(Pool.BlockBytes, Pool.Status.LimitedBytes - before);
            for (var sent = 1; sent < Pool.BlockBytes; sent++)
            {
                Assert.Single(_response.ReadAvailable());
                Assert.Equal(Pool.BlockBytes, Pool.Status.LimitedBytes - before);
                _time.Advance(TimeSpan.FromSeconds(1));
            }

            // The last byte of a block has gone: the next is there when its time comes.
            Assert.Single(_response.ReadAvailable());
            Assert.Equal(2 * Pool.BlockBytes, Pool.Status.LimitedBytes - before);
            _response.HangUp();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing);
        });

    [Fact]
    public Task WriteAsync_PacedFresh_ReseedsForEach65536BytesOfItAsWithoutAPace() =>
        Task.Run(async () =>
        {
            Assert.True(SpinWait.SpinUntil(() => Pool.Status.BlocksAvailable > 10, ServerFactory.Patience));
            var (reseeds, drawn) = (Reseeds, Pool.Status.DrbgBytes);
            var writing = Start("fresh=true&format=bytes&length=70000&rate=30000");

            // Two seconds and what is there at once are 61,500 bytes.
            Assert.Equal((1L, 65_536L), (Reseeds - reseeds, Pool.Status.DrbgBytes - drawn));
            Spend(seconds: 2);
            Assert.Equal((1L, 65_536L), (Reseeds - reseeds, Pool.Status.DrbgBytes - drawn));
            Spend(seconds: 1);

            Assert.Null(await writing);
            Assert.Equal((2L, 70_000L), (Reseeds - reseeds, Pool.Status.DrbgBytes - drawn));
        });

    [Fact]
    public Task WriteAsync_PoolRunsDry_BreaksOffAfterWhatItBacked() =>
        Task.Run(async () =>
        {
            Assert.True(SpinWait.SpinUntil(() => Pool.BackedBytes > 20 * Pool.BlockBytes, ServerFactory.Patience));
            await StopHarvestAsync();
            var length = (Pool.Status.BlocksAvailable + 1) * Pool.BlockBytes;
            var writing = Start($"conditioning=limited&format=bytes&length={length}&rate=480&timeout=0");

            var sent = 0;
            while (!writing.IsCompleted)
            {
                sent += _response.ReadAvailable().Length;
                _time.Advance(TimeSpan.FromSeconds(1));
            }

            await Assert.ThrowsAsync<BrokenOffException>(() => writing);
            Assert.InRange(sent + _response.ReadAvailable().Length, 1, length - 1);
        });

    private long Reseeds => Pool.Status.Reseeds.Values.Sum();

    // Timers fire one by one, so that parts are sent as they would be.
    private void Spend(int seconds)
    {
        for (var i = 0; i < 20 * seconds; i++)
        {
            _response.ReadAvailable();
            _time.Advance(TimeSpan.FromSeconds(1.0 / 20));
        }
    }

    private Task<EntropyRefusal?> Start(string query)
    {
        Assert.True(RandomRequest.TryParse(query, "", new RandomnessOptions(), out var request, out var error), error?.Message);
        var draw = new RandomDraw(
            Pool,
            request,
            [],
            new ServedBytes().As(ServedType.Bytes),
            TimeProvider.System,
            _response.Context.RequestAborted
        );
        var pace = ByteBody.FindPace(in request, _time);
        return new ByteBody(_response.Context.Response, request, draw, pace, _response.Context.RequestAborted).WriteAsync().AsTask();
    }
}
