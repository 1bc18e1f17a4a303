using System.Text.Json;
using Xunit;

namespace OpenEntropy.Native.Tests;

public sealed class TextTests
{
    [Fact]
    public async Task Health_BufferTooSmall_TellsTheLengthZeroesAndThenFits()
    {
        await using var pool = OpenedPool.Seeded();
        var buffer = HandleTests.Filled(10);
        Assert.Equal((int)ResultCode.BufferTooSmall, Native.Into(Native.Health(pool.Handle), buffer, out var needed));
        HandleTests.AssertZero(buffer);
        Assert.Equal($"the text has {needed:N0} bytes, and the buffer has 10", Native.Error());
        buffer = new byte[needed + 20];
        Assert.Equal(0, Native.Into(Native.Health(pool.Handle), buffer, out needed));
        Assert.Equal("", Native.Error());
        using var health = JsonDocument.Parse(buffer.AsMemory(0, (int)needed));
        Assert.Equal(2, health.RootElement.GetProperty("sources_healthy").GetInt32());
        Assert.Equal("healthy", health.RootElement.GetProperty("status").GetString());
        Assert.Equal(49_152, health.RootElement.GetProperty("maximum_limited_bytes").GetInt64());
    }

    [Fact]
    public async Task Sources_OfAPool_TellsOfEachInSnakeCase()
    {
        await using var pool = OpenedPool.Seeded();
        using var sources = JsonDocument.Parse(Native.Text(Native.Sources(pool.Handle)));
        var one = sources
            .RootElement.GetProperty("sources")
            .EnumerateArray()
            .Single(source => source.GetProperty("name").GetString() == "one");
        Assert.Equal("novel", one.GetProperty("category").GetString());
        Assert.Equal("healthy", one.GetProperty("state").GetString());
        Assert.True(one.GetProperty("available").GetBoolean());
        Assert.True(one.GetProperty("bytes").GetInt64() >= 1024);
        Assert.Equal(0, one.GetProperty("failures").GetInt64());
        Assert.Equal(1.0 / 3, one.GetProperty("claimed_min_entropy").GetDouble());
        Assert.Equal("A script.", one.GetProperty("mechanism").GetString());
    }

    [Fact]
    public void Detect_ThisMachine_TellsOfEverySourceOfTheCatalogAndWhetherItIsThere()
    {
        using var sources = JsonDocument.Parse(Native.Text(Native.Detect));
        var all = sources.RootElement.GetProperty("sources").EnumerateArray().ToList();
        Assert.Contains(all, source => source.GetProperty("name").GetString() == "page_fault_timing");
        Assert.All(
            all,
            source => Assert.Equal(source.GetProperty("state").GetString() != "unavailable", source.GetProperty("available").GetBoolean())
        );
        Assert.Contains(all, source => source.GetProperty("available").GetBoolean());
        Assert.All(all, source => Assert.Equal(0, source.GetProperty("bytes").GetInt64()));
    }

    [Fact]
    public void Version_OfTheProduct_IsTheAssemblys() => Assert.Equal("0.1.0", Native.Text(Native.Version));

    [Fact]
    public unsafe void Version_NeededIsNull_IsNotWritten()
    {
        Span<byte> buffer = stackalloc byte[64];
        fixed (byte* pointer = buffer)
        {
            Assert.Equal(0, Native.Version(pointer, 64, null));
            Assert.Equal((int)ResultCode.BufferTooSmall, Native.Version(pointer, 2, null));
            Assert.Equal((int)ResultCode.InvalidArgument, Native.Version(null, 2, null));
            Assert.Equal((int)ResultCode.InvalidArgument, Native.Version(pointer, nuint.MaxValue, null));
        }
    }

    [Fact]
    public void LastError_EachThread_HasItsOwnAndItIsNeverThatOfAnEarlierCall()
    {
        Assert.Equal((int)ResultCode.InvalidHandle, Native.Close(0));
        var before = Native.Error();
        Assert.NotEqual("", before);
        var other = new Thread(() =>
        {
            Assert.Equal("", Native.Error());
            Assert.Equal((int)ResultCode.Configuration, Native.Open("{"u8, out _));
        });
        other.Start();
        other.Join();
        Assert.Equal(before, Native.Error());
        Assert.Equal((int)ResultCode.BufferTooSmall, Native.Into(Native.Version, new byte[1], out _));
        Assert.Equal("the text has 5 bytes, and the buffer has 1", Native.Error());
        Assert.Equal("0.1.0", Native.Text(Native.Version));
        Assert.Equal("", Native.Error());
    }

    [Fact]
    public void LastError_ItsOwnBufferTooSmall_KeepsTheText()
    {
        Assert.Equal((int)ResultCode.InvalidHandle, Native.Close(7));
        var buffer = HandleTests.Filled(5);
        Assert.Equal((int)ResultCode.BufferTooSmall, Native.Into(Native.LastError, buffer, out var needed));
        HandleTests.AssertZero(buffer);
        buffer = new byte[needed];
        Assert.Equal(0, Native.Into(Native.LastError, buffer, out _));
        Assert.StartsWith("no open pool has the handle 7", System.Text.Encoding.UTF8.GetString(buffer), StringComparison.Ordinal);
    }

    [Fact]
    public void LastError_NoMemoryForASentence_IsAFixedOneAndNothingStale()
    {
        Assert.Equal((int)ResultCode.InvalidHandle, Native.Close(7));
        Assert.Equal((int)ResultCode.OutOfMemory, LastError.Set(new InsufficientMemoryException("never shown")));
        Assert.Equal("there is too little memory", Native.Error());
        Assert.Equal((int)ResultCode.Internal, LastError.Set(new BrokenException()));
        Assert.Equal("something failed that should not", Native.Error());
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void LastError_EveryCode_HasASentenceThatTakesNoMemory(int code)
    {
        _ = LastError.Set((ResultCode)code);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var length = LastError.Length;
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(code == 0, length == 0);
    }

    public static TheoryData<int> Codes => [.. Enum.GetValues<ResultCode>().Select(code => (int)code)];

    /// <summary>Cannot even say what it is.</summary>
    private sealed class BrokenException : Exception
    {
        public override string Message => throw new InvalidOperationException("it cannot");
    }
}
