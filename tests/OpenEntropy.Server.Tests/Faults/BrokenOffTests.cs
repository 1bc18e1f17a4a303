using System.Buffers;
using System.Net;
using System.Text;
using OpenEntropy.Server.Errors;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Server.Tests.Faults;

/// <summary>Answers that do not come to their end: the client hangs up, or the entropy runs dry. On Kestrel, over TCP.</summary>
public sealed class BrokenOffTests
{
    /// <summary>What the source named <c>tagged</c> says for ever: eight different bytes, so that its tests pass and its samples can be found again.</summary>
    private static readonly byte[] s_tag = [0xD3, 0x1F, 0x88, 0x64, 0xE9, 0x05, 0xB2, 0x4C];

    /// <summary>The lengths of the buffers behind the answers asked for below, and of their neighbours in the pool.</summary>
    private static readonly int[] s_bufferLengths = [1024, 2048, 4096, 8192, 16_384, 32_768, 65_536];

    [Theory]
    [InlineData("random?raw=true&source=tagged&format=bytes&length=50000000", 0)]
    [InlineData("random?raw=true&source=tagged&format=bytes&length=50000000", 1)]
    [InlineData("random?raw=true&source=tagged&format=bytes&length=50000000", 20_000)]
    [InlineData("random?raw=true&source=tagged&format=hex&length=50000000", 9_000)]
    [InlineData("random?raw=true&source=tagged&format=base64&length=50000000", 70_000)]
    [InlineData("random?raw=true&source=tagged&type=uint8&length=65536", 1)]
    [InlineData("random?raw=true&source=silent&type=uint8&length=8&timeout=30", 0)]
    [InlineData("random?conditioning=vonneumann&source=tagged&format=bytes&length=50000000", 3_000)]
    [InlineData("random?conditioning=limited&type=uint8&length=49152&timeout=30", 0)]
    [InlineData("random?format=bytes&length=1000000000", 0)]
    [InlineData("random?format=bytes&length=1000000000", 300_000)]
    [InlineData("random?type=hex16&length=65536&size=32", 100_000)]
    [InlineData("stream?raw=true&source=tagged", 1)]
    [InlineData("stream?raw=true&source=tagged", 20_000)]
    [InlineData("stream?raw=true&source=tagged&format=hex", 9_000)]
    [InlineData("stream?raw=true&source=tagged&format=base64&length=50000000", 70_000)]
    [InlineData("stream?raw=true&source=tagged&rate=5000", 500)]
    [InlineData("stream?raw=true&source=silent&timeout=30", 0)]
    [InlineData("stream?conditioning=vonneumann&source=tagged", 3_000)]
    [InlineData("stream?rate=1", 0)]
    [InlineData("stream?format=base64", 300_000)]
    [InlineData("stream?length=1000000000", 300_000)]
    [InlineData("random?format=bytes&length=1000000000&rate=1000000", 1000)]
    public async Task HangUp_InMidAnswer_LeavesNoErrorAndNoTail(string answer, int readBefore)
    {
        using var release = new ManualResetEventSlim();
        await using var factory = Create(release);
        using var ready = await factory.CreateReadyClientAsync();
        await ready.UntilStateAsync("tagged", "healthy");
        var buffers = new CleanBuffers();
        for (var i = 0; i < 3; i++)
        {
            var before = factory.Requests.Started;
            using var rude = new RawClient();
            await rude.AskAsync(ready.BaseAddress!, $"/api/v1/{answer}");
            await rude.SkipAsync(readBefore);
            await ServerFactory.UntilAsync(() => Task.FromResult(factory.Requests.Started > before));
            rude.HangUp();
        }

        await ServerFactory.UntilAsync(() => Task.FromResult(factory.Requests.IsIdle));
        release.Set();

        var next = await ready.GetByteArrayAsync(new Uri("/api/v1/random?format=bytes&length=1000000", UriKind.Relative));
        Assert.Equal(1_000_000, next.Length);
        Assert.Equal(-1, IndexOfTag(next));
        Assert.Empty(buffers.FindTagged());
        Assert.Empty(factory.Logs.Errors);
    }

    [Fact]
    public async Task Get_RawRunsDryInMidAnswer_BreaksTheConnectionOff()
    {
        using var release = new ManualResetEventSlim();
        await using var factory = Create(release);
        using var ready = await factory.CreateReadyClientAsync();
        await ready.UntilStateAsync("tagged", "healthy");
        using var client = new RawClient();

        await client.AskAsync(ready.BaseAddress!, "/api/v1/random?raw=true&source=a&format=bytes&length=50000000&timeout=1");
        var first = await client.ReadAsync(5000);
        factory.Sources[1].Hang = release;
        var rest = await client.ReadAsync(long.MaxValue);
        release.Set();

        AssertIncomplete([.. first, .. rest], promised: 50_000_000);
        Assert.Empty(factory.Logs.Errors);
    }

    [Fact]
    public async Task Get_FreshRunsDryInMidAnswer_BreaksTheConnectionOff()
    {
        const int Length = 64 * 65_536;
        using var release = new ManualResetEventSlim();
        await using var factory = Create(release, ("OpenEntropy:Pool:Capacity", "64"));
        using var ready = await factory.CreateReadyClientAsync();
        await ready.UntilAvailableAsync(40);
        StopSources(factory);
        await ready.UntilStateAsync("a", "failed");
        await DrainToAsync(ready, 40);
        using var client = new RawClient();

        // 16 reseeds for each MiB: the third finds too few blocks.
        await client.AskAsync(ready.BaseAddress!, $"/api/v1/random?fresh=true&format=bytes&length={Length}");
        var answer = await client.ReadAsync(long.MaxValue);
        release.Set();

        AssertIncomplete(answer, Length);
        Assert.Empty(factory.Logs.Errors);
    }

    [Fact]
    public async Task Get_StreamRunsDryBehindOtherAnswers_TheyArriveWholeAndTheLogIsSilent()
    {
        const string Answer = "/api/v1/random?format=bytes&length=30000";
        using var release = new ManualResetEventSlim();
        await using var factory = Create(release, ("OpenEntropy:Logging:Files", "true"));
        using var ready = await factory.CreateReadyClientAsync();
        await ready.UntilAvailableAsync(8);
        StopSources(factory);
        await ready.UntilStateAsync("a", "failed");
        using var client = new RawClient();

        await client.AskAsync(ready.BaseAddress!, Answer, Answer, "/api/v1/stream?conditioning=limited&timeout=0");
        var answers = await client.ReadToCloseAsync();
        release.Set();

        var second = answers.AsSpan(1).IndexOf("HTTP/1.1 200"u8) + 1;
        var third = answers.AsSpan(second + 1).IndexOf("HTTP/1.1 200"u8) + second + 1;
        foreach (var whole in new[] { answers[..second], answers[second..third] })
        {
            Assert.Equal(30_000, whole.Length - whole.AsSpan().IndexOf("\r\n\r\n"u8) - 4);
        }

        // A chunk or more (RFC 9112, 7.1), and not the last.
        Assert.InRange(answers.Length - third - answers.AsSpan(third).IndexOf("\r\n\r\n"u8) - 4, 1, int.MaxValue);
        Assert.False(answers.AsSpan().EndsWith("0\r\n\r\n"u8));
        Assert.DoesNotContain(nameof(BrokenOffException), await factory.ReadLogFilesAsync(), StringComparison.Ordinal);
    }

    private static ServerFactory Create(ManualResetEventSlim release, params (string, string)[] settings)
    {
        var silent = new ScriptedNoiseSource("silent", Block);
        return new ServerFactory([
            ("OpenEntropy:Randomness:AllowRaw", "true"),
            ("OpenEntropy:Harvest:RawCpuBudget", "1"),
            ("OpenEntropy:Harvest:CpuBudget", "0.2"),
            .. settings,
        ])
        {
            Sources = [new("tagged", position => s_tag[position % s_tag.Length]), new("a"), new("b"), silent],
        }.OnKestrel();

        byte Block(long position)
        {
            if (position == 1)
            {
                release.Wait();
            }

            return ScriptedNoiseSource.Lively(position);
        }
    }

    private static void StopSources(ServerFactory factory)
    {
        foreach (var source in factory.Sources)
        {
            source.Failure = new InvalidOperationException("unplugged");
        }
    }

    /// <summary>Spends blocks until no more than so many are left.</summary>
    private static async Task DrainToAsync(HttpClient client, int blocks)
    {
        while (await client.AvailableAsync() is var available && available > blocks)
        {
            var bytes = Math.Min(available - blocks, 1000) * 48;
            using var answer = await client.GetAsync(
                new Uri($"/api/v1/random?conditioning=limited&format=bytes&length={bytes}", UriKind.Relative)
            );
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    /// <summary>Status 200, the whole length promised, some of it, not all of it, and then the end of the connection.</summary>
    private static void AssertIncomplete(byte[] answer, int promised)
    {
        var end = answer.AsSpan().IndexOf("\r\n\r\n"u8);
        var head = Encoding.ASCII.GetString(answer, 0, end);
        Assert.StartsWith("HTTP/1.1 200 OK", head, StringComparison.Ordinal);
        Assert.Contains($"Content-Length: {promised}", head, StringComparison.Ordinal);
        Assert.InRange(answer.Length - end - 4, 1, promised - 1);
    }

    private static int IndexOfTag(ReadOnlySpan<byte> bytes) => bytes.IndexOf(s_tag);

    /// <summary>Buffers that were clean when the pool got them; new ones, of memory as it was left, would prove nothing.</summary>
    private sealed class CleanBuffers
    {
        private readonly HashSet<byte[]> _clean;

        public CleanBuffers()
        {
            var rented = Rent();
            _clean = rented.ToHashSet();
            rented.ForEach(buffer => ArrayPool<byte>.Shared.Return(buffer, clearArray: true));
        }

        /// <summary>Those that the pool gives out with the tagged source's samples in them.</summary>
        public List<string> FindTagged()
        {
            var rented = Rent();
            var found = rented.FindAll(buffer => _clean.Contains(buffer) && IndexOfTag(buffer) >= 0);
            rented.ForEach(buffer => ArrayPool<byte>.Shared.Return(buffer));
            return found.ConvertAll(buffer => $"a buffer of {buffer.Length} bytes");
        }

        private static List<byte[]> Rent() =>
            [.. s_bufferLengths.SelectMany(length => Enumerable.Range(0, 64).Select(_ => ArrayPool<byte>.Shared.Rent(length)))];
    }
}
