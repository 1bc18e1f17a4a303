using System.Diagnostics;
using Xunit;

namespace OpenEntropy.Native.Tests;

public sealed class HandleTests
{
    private static readonly TimeSpan s_bound = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(0UL)]
    [InlineData(ulong.MaxValue)]
    [InlineData(1UL << 40)]
    public void EveryCall_HandleNeverGiven_IsRefusedAndBuffersAreZeroed(ulong handle)
    {
        var buffer = Filled(64);
        Assert.Equal((int)ResultCode.InvalidHandle, Native.Bytes(handle, buffer));
        AssertZero(buffer);
        Assert.Equal((int)ResultCode.InvalidHandle, Native.Limited(handle, buffer = Filled(64)));
        AssertZero(buffer);
        Assert.Equal((int)ResultCode.InvalidHandle, Native.Raw(handle, "one"u8, buffer = Filled(64)));
        AssertZero(buffer);
        Assert.Equal((int)ResultCode.InvalidHandle, Native.Into(Native.Health(handle), buffer = Filled(64), out _));
        AssertZero(buffer);
        Assert.Equal((int)ResultCode.InvalidHandle, Native.Into(Native.Sources(handle), buffer = Filled(64), out _));
        AssertZero(buffer);
        Assert.Equal((int)ResultCode.InvalidHandle, Native.Close(handle));
        Assert.Equal($"no open pool has the handle {handle}: it was never given, or it was closed", Native.Error());
    }

    [Fact]
    public async Task Close_Twice_TheSecondIsRefusedAndTheHandleIsNeverGivenAgain()
    {
        await using var first = OpenedPool.Seeded();
        var handle = first.Handle;
        Assert.Equal(0, Native.Close(handle));
        Assert.Equal((int)ResultCode.InvalidHandle, Native.Close(handle));
        await using var second = OpenedPool.Seeded();
        Assert.NotEqual(handle, second.Handle);
        var buffer = Filled(32);
        Assert.Equal((int)ResultCode.InvalidHandle, Native.Bytes(handle, buffer));
        AssertZero(buffer);
        Assert.Equal(0, Native.Bytes(second.Handle, buffer));
    }

    [Fact]
    public async Task Close_WhileAnotherThreadWaits_ItsCallEndsWithClosedAndZeros()
    {
        await using var pool = OpenedPool.Seeded();
        var buffer = Filled(4096);

        // Nobody takes turns and the clock stands still: only the closing can end this wait.
        var waiting = Task.Factory.StartNew(
            () => (Native.Raw(pool.Handle, "one"u8, buffer, timeout: 60_000), Native.Error()),
            TaskCreationOptions.LongRunning
        );
        var start = Stopwatch.GetTimestamp();
        while (!pool.Pool.Parts.Tap.HasDemand)
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < s_bound);
            Thread.Yield();
        }

        Assert.Equal(0, Native.Close(pool.Handle));
        var (code, error) = await waiting.WaitAsync(s_bound);
        Assert.Equal((int)ResultCode.Closed, code);
        Assert.Equal("the service is stopping", error);
        AssertZero(buffer);
    }

    [Fact]
    public async Task Close_FromManyThreads_OneClosesAndTheOthersAreRefused()
    {
        await using var pool = OpenedPool.Seeded();
        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Native.Close(pool.Handle)))).WaitAsync(s_bound);
        Assert.Single(results, 0);
        Assert.Equal(7, results.Count(code => code == (int)ResultCode.InvalidHandle));
    }

    [Fact]
    public async Task EveryCall_WhilePoolsAreOpenedAndClosed_EndsAsTheContractSays()
    {
        await using var kept = OpenedPool.Seeded(8);
        var handles = new[] { kept.Handle, 0UL, 0UL, 0UL };
        var allowed = new HashSet<int>
        {
            0,
            (int)ResultCode.InvalidHandle,
            (int)ResultCode.Closed,
            (int)ResultCode.Starting,
            (int)ResultCode.Timeout,
        };
        var seen = new List<string>();
        var workers = Enumerable
            .Range(0, 4)
            .Select(worker =>
                Task.Run(() =>
                {
                    var buffer = new byte[48];
                    for (var i = 0; i < 80; i++)
                    {
                        var handle = Volatile.Read(ref handles[(worker + i) % handles.Length]);
                        var code = (i % 4) switch
                        {
                            0 => Native.Bytes(handle, buffer),
                            1 => Native.Limited(handle, buffer),
                            2 => Native.Into(Native.Health(handle), new byte[4096], out _),
                            _ => Native.Into(Native.Sources(handle), new byte[1 << 18], out _),
                        };
                        Assert.Contains(code, allowed);
                        Assert.Equal(code == 0, Native.Error().Length == 0);
                        if (i % 4 < 2 && code != 0)
                            AssertZero(buffer);
                        if (i % 4 == 0 && handle == kept.Handle && code == 0)
                        {
                            lock (seen)
                                seen.Add(Convert.ToHexString(buffer));
                        }
                    }
                })
            )
            .ToList();
        for (var i = 0; i < 3; i++)
        {
            await using var other = OpenedPool.Seeded(1);
            Volatile.Write(ref handles[1 + i], other.Handle);
            Assert.Equal(0, Native.Close(other.Handle));
        }

        await Task.WhenAll(workers).WaitAsync(s_bound);
        Assert.NotEmpty(seen);
        Assert.Equal(seen.Count, seen.Distinct(StringComparer.Ordinal).Count());
    }

    internal static byte[] Filled(int length)
    {
        var bytes = new byte[length];
        bytes.AsSpan().Fill(0xA5);
        return bytes;
    }

    internal static void AssertZero(ReadOnlySpan<byte> bytes) => Assert.False(bytes.ContainsAnyExcept((byte)0));
}
