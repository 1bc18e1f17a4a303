using System.Buffers;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Server.Tests.Faults;

/// <summary>Answers whose client hangs up before their end. On Kestrel, over TCP.</summary>
public sealed class HangUpTests
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

    private static ServerFactory Create(ManualResetEventSlim release)
    {
        var silent = new ScriptedNoiseSource("silent", Block);
        return new ServerFactory(
            ("OpenEntropy:Randomness:AllowRaw", "true"),
            ("OpenEntropy:Harvest:RawCpuBudget", "1"),
            ("OpenEntropy:Harvest:CpuBudget", "0.2")
        )
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
