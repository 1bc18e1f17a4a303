using System.Diagnostics.CodeAnalysis;
using System.Text;
using OpenEntropy.Drbg;
using OpenEntropy.Server.Errors;
using OpenEntropy.Server.Randomness;
using OpenEntropy.Server.Tests.Streaming;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Server.Tests.Randomness;

/// <summary>What a body of elements draws and writes, by the pool's own account, into a connection whose client reads when the test says so.</summary>
[SuppressMessage("Design", "CA1001", Justification = "xunit disposes what it is told to.")]
public sealed class ElementBodyTests : IAsyncLifetime
{
    private readonly PipedResponse _response = new();
    private readonly ScriptedPool _scripted = new(options: null, ScriptedPool.TwoLively());

    private EntropyPool Pool => _scripted.Pool;

    public Task InitializeAsync()
    {
        Assert.True(_scripted.HarvestBlocks(8));
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _scripted.DisposeAsync();
        _response.Dispose();
    }

    // A slice is as many elements as may fill 32 KiB, and the connection pauses at 64 KiB.
    [Theory]
    [InlineData("type=hex16&size=10&length=65536", 2 * 763 * 20, 2 * 763 * 43)]
    [InlineData("type=hex16&size=1024&length=2048", 2 * 8 * 2048, 2 * 8 * 4099)]
    [InlineData("type=hex16&size=1023&length=2048&format=lines", 2 * 9 * 2046, 2 * 9 * 4093)]
    [InlineData("type=hex8&size=2&length=65536&format=lines", 2 * 6554 * 2, 2 * 6554 * 5)]
    public Task WriteAsync_DigitsAndTheClientStopsReading_DrawsWhatTheConnectionTakesAndNoMore(string query, int drawn, int sent) =>
        Task.Run(async () =>
        {
            var before = Pool.Status.DrbgBytes;
            var writing = Start(query);

            Assert.False(writing.IsCompleted);
            Assert.Equal(drawn, Pool.Status.DrbgBytes - before);
            Assert.Equal(sent, ReadElements().Length);
            await HangUpAsync(writing);
        });

    // Decimals are shorter than they may be: the third slice passes 64 KiB.
    [Theory]
    [InlineData("type=uint8&length=200000", 3 * 8192)]
    [InlineData("type=uint16&length=65536", 3 * 5462 * 2)]
    [InlineData("type=uint16&length=65536&format=lines", 3 * 5462 * 2)]
    public Task WriteAsync_DecimalsAndTheClientStopsReading_DrawsWhatTheConnectionTakesAndNoMore(string query, int drawn) =>
        Task.Run(async () =>
        {
            var before = Pool.Status.DrbgBytes;
            var writing = Start(query);

            Assert.False(writing.IsCompleted);
            Assert.Equal(drawn, Pool.Status.DrbgBytes - before);
            Assert.InRange(_response.ReadAvailable().Length, 65_536, 65_536 + 32_768);
            await HangUpAsync(writing);
        });

    [Theory]
    [InlineData("type=hex16&size=10&length=1024")]
    [InlineData("type=hex16&size=10&length=1521")] // 65,403 bytes of text and the head
    [InlineData("type=uint8&length=1024")]
    public async Task WriteAsync_NoMoreThanTheConnectionTakes_IsWrittenWithoutALookAtTheClient(string query)
    {
        Assert.Null(await Start(query));

        // What is not flushed cannot be read; the web server flushes at the end.
        Assert.Empty(_response.ReadAvailable());
        await _response.Writer.FlushAsync();
        Assert.Equal(_response.Context.Response.ContentLength, _response.ReadAvailable().Length);
    }

    [Theory]
    [InlineData("type=uint16&length=65536", null)]
    [InlineData("type=hex16&size=10&length=65536", 65_536L * 43)]
    public Task WriteAsync_SeedGrowsTooOldOnTheWay_BreaksOffAfterWhatWasDrawn(string query, long? least) =>
        Task.Run(async () =>
        {
            var writing = Start(query);
            Assert.False(writing.IsCompleted);

            _scripted.Time.Advance(new DrbgOptions().MaximumSeedAge + TimeSpan.FromTicks(1));
            var sent = _response.ReadAvailable().Length;

            var brokenOff = await Assert.ThrowsAsync<BrokenOffException>(() => writing);
            Assert.Equal("seed_too_old", brokenOff.Reason);
            Assert.False(_response.IsAborted);
            Assert.Empty(_response.ReadAvailable());
            Assert.InRange(sent, 65_536, 65_536 + 32_768);
            Assert.Equal(least is null, _response.Context.Response.ContentLength is null);
            Assert.True(least is null || _response.Context.Response.ContentLength > least);
        });

    private Task<EntropyRefusal?> Start(string query)
    {
        var options = new RandomnessOptions { MaxLength = 200_000 };
        Assert.True(RandomRequest.TryParse(query, "", options, out var request, out var error), error?.Message);
        var draw = new RandomDraw(
            Pool,
            request,
            [],
            new ServedBytes().As(ServedType.UInt8),
            _scripted.Time,
            _response.Context.RequestAborted
        );
        return ElementBody.WriteAsync(_response.Context.Response, request, draw).AsTask();
    }

    private async Task HangUpAsync(Task writing)
    {
        _response.HangUp();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing);
    }

    /// <summary>What can be read but for the head of JSON.</summary>
    private string ReadElements()
    {
        var text = Encoding.ASCII.GetString(_response.ReadAvailable());
        return text[(text.IndexOf('[', StringComparison.Ordinal) + 1)..];
    }
}
