using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using OpenEntropy.Server.Bundles;
using OpenEntropy.Server.Limits;
using OpenEntropy.Server.Security;
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
        var pending = await PendingAsync(host, time);
        using var body = new EndlessBody();
        var sending = host.Client.PostAsync(Verify, body);
        await ServerFactory.UntilAsync(() => Task.FromResult(host.Desk.Queue.Load == 1 && time.PendingTimers == pending + 1));

        time.Advance(TimeSpan.FromSeconds(10));

        using var answer = await sending;
        Assert.Equal("the body must be here within 10 seconds", await BundleHost.RefusalAsync(answer, HttpStatusCode.RequestTimeout));
        Assert.Equal(0, host.Desk.Queue.Load);
    }

    [Fact]
    public async Task Post_VerifyByACallerWithAQuarterOfTheSeats_IsRefusedAndOthersAreNot()
    {
        var time = new ManualTimeProvider();
        await using var host = await BundlesAsync(time: time);
        var pending = await PendingAsync(host, time);
        var bodies = Enumerable.Range(0, VerifyDesk.MostOfACaller).Select(_ => new EndlessBody()).ToList();
        var sending = bodies.ConvertAll(body => SendAsync(host, "192.0.2.1", body));
        await ServerFactory.UntilAsync(() =>
            Task.FromResult(host.Desk.Queue.Load == bodies.Count && time.PendingTimers == pending + bodies.Count)
        );

        using var refused = await SendAsync(host, "192.0.2.1", new StringContent("{}"));
        using var other = await SendAsync(host, "192.0.2.2", new StringContent("{}", Encoding.UTF8, "application/json"));

        Assert.Equal(
            "this caller may have 4 bundles verified at once",
            await BundleHost.RefusalAsync(refused, HttpStatusCode.TooManyRequests)
        );
        Assert.Equal(HttpStatusCode.BadRequest, other.StatusCode); // it was read, and is no bundle
        time.Advance(VerifyDesk.Patience);
        foreach (var answer in await Task.WhenAll(sending))
        {
            Assert.Equal(HttpStatusCode.RequestTimeout, answer.StatusCode);
            answer.Dispose();
        }

        using var again = await SendAsync(host, "192.0.2.1", new StringContent("{}", Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.BadRequest, again.StatusCode);
        bodies.ForEach(body => body.Dispose());
    }

    [Fact]
    public void TryEnter_CallerWithoutLimits_IsNotCounted()
    {
        using var desk = new VerifyDesk(Options.Create(new LimitsOptions()));
        var local = Caller.Of(IPAddress.Loopback);

        Assert.All(Enumerable.Range(0, VerifyDesk.Most), _ => Assert.Null(desk.TryEnter(local)));
        desk.Leave(local);
    }

    // Timers that are none of a body's, once all that makes some is there.
    private static async Task<int> PendingAsync(BundleHost host, ManualTimeProvider time)
    {
        using var _ = await SendAsync(host, "192.0.2.3", new StringContent("{}", Encoding.UTF8, "application/json"));
        return time.PendingTimers;
    }

    private static async Task<HttpResponseMessage> SendAsync(BundleHost host, string peer, HttpContent body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Verify) { Content = body };
        request.Headers.Add(BundleHost.Peer, peer);
        return await host.Client.SendAsync(request);
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
