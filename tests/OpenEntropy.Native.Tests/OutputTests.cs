using System.Diagnostics;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Native.Tests;

public sealed class OutputTests
{
    [Fact]
    public async Task Bytes_PoolWithASeed_FillsWholeAndNeverTheSame()
    {
        await using var pool = OpenedPool.Seeded();
        var (one, two) = (new byte[200_000], new byte[200_000]);
        Assert.Equal(0, Native.Bytes(pool.Handle, one));
        Assert.Equal(0, Native.Bytes(pool.Handle, two));
        Assert.NotEqual(one, two);
        Assert.Contains(one[^64..], each => each != 0);
        Assert.Equal("", Native.Error());
    }

    [Fact]
    public async Task Bytes_NoSeed_SaysStartingAndZeroes()
    {
        await using var pool = new OpenedPool();
        var buffer = HandleTests.Filled(64);
        Assert.Equal((int)ResultCode.Starting, Native.Bytes(pool.Handle, buffer));
        HandleTests.AssertZero(buffer);
        Assert.Contains("no seed yet", Native.Error(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_FirstSeedComesDuringTheWait_Fills()
    {
        await using var pool = new OpenedPool();
        var buffer = new byte[64];
        var waiting = Task.Factory.StartNew(() => Native.Bytes(pool.Handle, buffer, timeout: 60_000), TaskCreationOptions.LongRunning);
        Assert.True(pool.HarvestBlocks(2) || waiting.IsCompleted);
        Assert.Equal(0, await waiting.WaitAsync(TimeSpan.FromSeconds(60)));
        Assert.Contains(buffer, each => each != 0);
    }

    [Fact]
    public async Task Bytes_InUse_AllocatesNothing()
    {
        await using var pool = OpenedPool.Seeded();
        var buffer = new byte[4096];
        for (var i = 0; i < 100; i++)
            Assert.Equal(0, Native.Bytes(pool.Handle, buffer));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            _ = Native.Bytes(pool.Handle, buffer);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public async Task Bytes_HostileMemory_IsRefusedWithoutBeingTouched()
    {
        await using var pool = OpenedPool.Seeded();
        Assert.Equal((int)ResultCode.InvalidArgument, Native.BytesAt(pool.Handle, 0, 16));
        Assert.Equal("destination is null, and should have 16 bytes", Native.Error());
        Assert.Equal((int)ResultCode.InvalidArgument, Native.BytesAt(pool.Handle, 1, nuint.MaxValue));
        Assert.Contains("can have 0 to 2,147,483,647", Native.Error(), StringComparison.Ordinal);
        Assert.Equal((int)ResultCode.InvalidArgument, Native.BytesAt(pool.Handle, 1, (nuint)int.MaxValue + 1));
        Assert.Equal(0, Native.BytesAt(pool.Handle, 0, 0));
    }

    [Fact]
    public async Task EveryOutput_TimeoutAboveADay_IsRefusedAndZeroes()
    {
        await using var pool = OpenedPool.Seeded();
        var buffer = HandleTests.Filled(16);
        Assert.Equal((int)ResultCode.InvalidArgument, Native.Bytes(pool.Handle, buffer, timeout: 86_400_001));
        HandleTests.AssertZero(buffer);
        Assert.Equal("timeout is 86,400,001 ms, and can be 0 to 86,400,000", Native.Error());
        Assert.Equal((int)ResultCode.InvalidArgument, Native.Limited(pool.Handle, buffer, uint.MaxValue));
        Assert.Equal((int)ResultCode.InvalidArgument, Native.Raw(pool.Handle, "one"u8, buffer, uint.MaxValue));
    }

    [Fact]
    public async Task Limited_BlocksAndNone_FillsAndThenSaysTimeoutAndZeroes()
    {
        await using var pool = OpenedPool.Seeded(5);
        var buffer = new byte[48];
        Assert.Equal(0, Native.Limited(pool.Handle, buffer));
        Assert.Contains(buffer, each => each != 0);
        buffer = HandleTests.Filled(48 * 100);
        Assert.Equal((int)ResultCode.Timeout, Native.Limited(pool.Handle, buffer));
        HandleTests.AssertZero(buffer);
        Assert.Matches("the pool holds [0-9]+ of the 100 seed blocks this needs", Native.Error());
    }

    [Fact]
    public async Task Limited_MoreThanAFullPoolBacks_IsRefused()
    {
        await using var pool = OpenedPool.Seeded();
        Assert.Equal((int)ResultCode.InvalidArgument, Native.Limited(pool.Handle, new byte[pool.Pool.MaximumLimitedBytes + 1]));
        Assert.Equal("length is 49,153 bytes, and of limited bytes can be 0 to 49,152", Native.Error());
    }

    [Fact]
    public async Task Raw_OneSource_GivesItsSamplesAsTheyAre()
    {
        await using var pool = OpenedPool.Seeded();
        var buffer = new byte[1000];
        var waiting = Task.Factory.StartNew(
            () => Native.Raw(pool.Handle, "two"u8, buffer, timeout: 60_000),
            TaskCreationOptions.LongRunning
        );
        var start = Stopwatch.GetTimestamp();
        while (!waiting.IsCompleted)
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(60));
            if (!pool.Pool.Parts.Tap.HasDemand || !pool.Pool.Parts.Harvester.RunRawTurn())
                Thread.Yield();
        }

        Assert.Equal(0, await waiting);
        var script = Enumerable.Range(0, 200_000).Select(i => ScriptedNoiseSource.Lively(i)).ToArray();
        Assert.True(script.AsSpan().IndexOf(buffer.AsSpan(0, 64)) >= 0);
    }

    [Theory]
    [InlineData("twoo", "'twoo' names no noise source and no category; near names: two")]
    [InlineData("hardware_trng.tpm,", null)]
    [InlineData(" ", "the selection is empty")]
    public async Task Raw_SelectionThatGivesNothing_IsRefusedAndZeroes(string selection, string? error)
    {
        await using var pool = OpenedPool.Seeded();
        var buffer = HandleTests.Filled(16);
        Assert.Equal((int)ResultCode.InvalidArgument, Native.Raw(pool.Handle, System.Text.Encoding.UTF8.GetBytes(selection), buffer));
        HandleTests.AssertZero(buffer);
        if (error is not null)
            Assert.Equal(error, Native.Error());
    }

    [Fact]
    public async Task Raw_SelectionNotUtf8OrTooLong_IsRefused()
    {
        await using var pool = OpenedPool.Seeded();
        Assert.Equal((int)ResultCode.InvalidArgument, Native.Raw(pool.Handle, [0xC3, 0x28], new byte[1]));
        Assert.Equal("selection is not UTF-8", Native.Error());
        Assert.Equal((int)ResultCode.InvalidArgument, Native.Raw(pool.Handle, new byte[4097], new byte[1]));
        Assert.Equal("selection has 4,097 bytes, and can have 0 to 4,096", Native.Error());
        Assert.Equal((int)ResultCode.InvalidArgument, Native.Raw(pool.Handle, "one"u8, new byte[(1 << 24) + 1]));
    }
}
