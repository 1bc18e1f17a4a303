using System.Globalization;
using OpenEntropy.Pool;
using Xunit;

namespace OpenEntropy.Tests.Pool;

public sealed class LockedMemoryTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4096)]
    [InlineData(5000)]
    public void Span_OfNewMemory_IsZeroedAndOfTheLengthAsked(int length)
    {
        using var memory = new LockedMemory(length);
        Assert.Equal(length, memory.Span.Length);
        Assert.Equal(-1, memory.Span.IndexOfAnyExcept((byte)0));
        Assert.Equal(0, Address(memory) % Environment.SystemPageSize);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Constructor_LengthNotPositive_Throws(int length) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new LockedMemory(length));

    [LinuxFact]
    public void Constructor_OnLinux_KernelShowsTheFlags()
    {
        using var memory = new LockedMemory(3 * Environment.SystemPageSize);
        memory.Span.Fill(1);
        var flags = VmFlags(Address(memory));
        Assert.Equal(memory.IsLocked, flags.Contains("lo", StringComparer.Ordinal));
        Assert.True(memory.IsDumpExcluded);
        Assert.Contains("dd", flags, StringComparer.Ordinal);
        Assert.True(memory.IsWipedOnFork);
        Assert.Contains("wf", flags, StringComparer.Ordinal);
    }

    [Fact]
    public void Dispose_OfWrittenMemory_ZeroesItBeforeGivingItBack()
    {
        var seen = 0;
        var nonZero = 0;
        var memory = new LockedMemory(
            100,
            region =>
            {
                seen = region.Length;
                nonZero = region.Length - region.Count((byte)0);
            }
        );
        memory.Span.Fill(0xA5);
        memory.Dispose();
        Assert.Equal(Environment.SystemPageSize, seen);
        Assert.Equal(0, nonZero);
    }

    [Fact]
    public void Dispose_Twice_GivesBackOnce()
    {
        var releases = 0;
        var memory = new LockedMemory(100, _ => releases++);
        memory.Dispose();
        memory.Dispose();
        Assert.Equal(1, releases);
    }

    [Fact]
    public void Span_AfterDispose_Throws()
    {
        var memory = new LockedMemory(100);
        memory.Dispose();
        Assert.Throws<ObjectDisposedException>(() => memory.Span.Length);
    }

    private static unsafe nint Address(LockedMemory memory)
    {
        fixed (byte* start = memory.Span)
            return (nint)start;
    }

    /// <summary>proc(5), /proc/pid/smaps: a line "from-to permissions ..." opens each mapping, a line "VmFlags: rd wr ..." is its last.</summary>
    private static string[] VmFlags(nint address)
    {
        var inside = false;
        foreach (var line in File.ReadLines("/proc/self/smaps"))
        {
            if (inside && line.StartsWith("VmFlags:", StringComparison.Ordinal))
                return line["VmFlags:".Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var range = line.Split(' ')[0].Split('-');
            if (range.Length == 2 && TryHex(range[0], out var from) && TryHex(range[1], out var to))
                inside = from <= (ulong)address && (ulong)address < to;
        }
        throw new InvalidOperationException("No mapping holds the address.");
    }

    private static bool TryHex(string text, out ulong value) =>
        ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
}
