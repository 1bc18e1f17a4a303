using System.Net;
using Microsoft.AspNetCore.Http;
using OpenEntropy.Server.Bundles;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Server.Tests.Bundles;

/// <summary>Bodies on their way to be verified: only a few are held at once, and none for long.</summary>
public sealed class VerifyBodyTests : BundlePoolTests
{
    private const string Verify = BundleHost.Route + "/verify";

    [Fact]
    public async Task Post_VerifyWithoutASeat_IsRefusedBeforeTheBodyIsRead()
    {
        await using var host = await BundlesAsync();
        using var body = new EndlessBody();
        using (host.Desk.Queue.TryTake(VerifyDesk.Most))
        {
            using var answer = await host.Client.PostAsync(Verify, body);

            await BundleHost.RefusalAsync(answer, HttpStatusCode.ServiceUnavailable);
        }
    }

    [Fact]
    public async Task Post_VerifyOfABodyThatDoesNotArrive_LeavesItsSeatAfterTenSeconds()
    {
        var time = new ManualTimeProvider();
        await using var host = await BundlesAsync(time: time);
        using var body = new EndlessBody();
        var sending = host.Client.PostAsync(Verify, body);
        await ServerFactory.UntilAsync(() => Task.FromResult(host.Desk.Queue.Load == 1 && time.PendingTimers > 0));

        time.Advance(TimeSpan.FromSeconds(10));

        using var answer = await sending;
        Assert.Equal("the body must be here within 10 seconds", await BundleHost.RefusalAsync(answer, HttpStatusCode.RequestTimeout));
        Assert.Equal(0, host.Desk.Queue.Load);
    }

    [Fact]
    public async Task Read_LengthThatIsTold_TakesRoomForAllOfItAtOnce()
    {
        const int Length = 100_000;
        var body = new SmallReads(Length);
        var context = new DefaultHttpContext();
        (context.Request.Body, context.Request.ContentLength, context.Request.ContentType) = (body, Length, "application/json");

        var (read, error) = await BodyReader.ReadAsync(context.Request, longest: Length, CancellationToken.None);

        using (read)
        {
            Assert.Null(error);
            Assert.Equal(Length, read!.Length);
            Assert.Equal(Enumerable.Range(0, body.Rooms.Count).Select(i => Length + 1 - Math.Min(Length, i * SmallReads.Most)), body.Rooms);
        }
    }

    [Fact]
    public async Task Read_LengthThatIsTooLong_IsRefusedWithoutReading()
    {
        var body = new SmallReads(10);
        var context = new DefaultHttpContext();
        (context.Request.Body, context.Request.ContentLength) = (body, 10);

        var (read, error) = await BodyReader.ReadAsync(context.Request, longest: 9, CancellationToken.None);

        Assert.Null(read);
        Assert.Equal(StatusCodes.Status413PayloadTooLarge, error!.Status);
        Assert.Empty(body.Rooms);
    }

    /// <summary>A body that begins and never ends.</summary>
    private sealed class EndlessBody : HttpContent
    {
        private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public EndlessBody() => Headers.ContentType = new("application/json");

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync("{"u8.ToArray());
            await stream.FlushAsync();
            await _end.Task;
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }

        protected override void Dispose(bool disposing)
        {
            _end.TrySetResult();
            base.Dispose(disposing);
        }
    }

    /// <summary>Gives a little at a time, and remembers how much room there was for it.</summary>
    private sealed class SmallReads(int length) : MemoryStream(new byte[length])
    {
        public const int Most = 7000;

        public List<int> Rooms { get; } = [];

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Rooms.Add(buffer.Length);
            return base.ReadAsync(buffer[..Math.Min(Most, buffer.Length)], cancellationToken);
        }
    }
}
