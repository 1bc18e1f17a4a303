using System.Buffers.Binary;
using OpenEntropy.Drbg;
using OpenEntropy.Pool;
using Xunit;

namespace OpenEntropy.Tests.Drbg;

/// <summary>Limits, refusals and the end of a generator's life (SP 800-90A Rev. 1, 11.3: error handling and uninstantiate are to be tested).</summary>
public sealed class CtrDrbgLifeTests
{
    [Fact]
    public void Generate_OneByteOverTheLimit_ThrowsAndWritesNothing()
    {
        using var drbg = Instantiated();
        var output = new byte[65_537];
        Assert.Throws<ArgumentOutOfRangeException>(() => drbg.Generate(output, []));
        Assert.Equal(new byte[65_537], output);
        Assert.Equal(1UL, drbg.ReseedCounter);
    }

    [Fact]
    public void Inputs_OfAnotherLengthThanSeedlenAllows_Throw()
    {
        using var fresh = new CtrDrbg();
        Assert.Throws<ArgumentOutOfRangeException>(() => fresh.Instantiate(new byte[47], []));
        Assert.Throws<ArgumentOutOfRangeException>(() => fresh.Instantiate(new byte[49], []));
        Assert.Throws<ArgumentOutOfRangeException>(() => fresh.Instantiate(new byte[48], new byte[49]));
        Assert.False(fresh.IsSeeded);
        using var drbg = Instantiated();
        Assert.Throws<ArgumentOutOfRangeException>(() => drbg.Reseed(new byte[47], []));
        Assert.Throws<ArgumentOutOfRangeException>(() => drbg.Reseed(new byte[48], new byte[49]));
        Assert.Throws<ArgumentOutOfRangeException>(() => drbg.Generate(new byte[16], new byte[49]));
    }

    [Fact]
    public void ReseedCounter_AfterEachCall_CountsFromOne()
    {
        using var drbg = Instantiated();
        Assert.Equal(1UL, drbg.ReseedCounter);
        drbg.Generate(new byte[1], []);
        drbg.Generate([], new byte[1]);
        Assert.Equal(3UL, drbg.ReseedCounter);
        drbg.Reseed(new byte[48], []);
        Assert.Equal(1UL, drbg.ReseedCounter);
    }

    [Fact]
    public void Generate_ReseedCounterPastTwoToThe48_ThrowsUntilReseeded()
    {
        var memory = new LockedMemory(CtrDrbg.StateBytes);
        using var drbg = Instantiated(memory);
        BinaryPrimitives.WriteUInt64LittleEndian(memory.Span[CtrDrbg.ReseedCounterOffset..], 1UL << 48);
        var output = new byte[16];
        drbg.Generate(output, []); // the last one allowed
        Assert.NotEqual(new byte[16], output);
        output.AsSpan().Clear();
        Assert.Throws<InvalidOperationException>(() => drbg.Generate(output, []));
        Assert.Equal(new byte[16], output);
        drbg.Reseed(new byte[48], []);
        drbg.Generate(output, []);
        Assert.NotEqual(new byte[16], output);
    }

    [Fact]
    public void GenerateAndReseed_NotInstantiated_Throw()
    {
        using var drbg = new CtrDrbg();
        Assert.False(drbg.IsSeeded);
        Assert.Throws<InvalidOperationException>(() => drbg.Generate(new byte[16], []));
        Assert.Throws<InvalidOperationException>(() => drbg.Reseed(new byte[48], []));
    }

    [Fact]
    public void Instantiate_Twice_Throws()
    {
        using var drbg = Instantiated();
        Assert.Throws<InvalidOperationException>(() => drbg.Instantiate(new byte[48], []));
    }

    /// <summary>In a forked child the kernel gives zeroed pages (MADV_WIPEONFORK); LockedMemoryTests shows that it was told to.</summary>
    [Fact]
    public void Generate_MemoryWipedAsInAForkedChild_Throws()
    {
        var memory = new LockedMemory(CtrDrbg.StateBytes);
        using var drbg = Instantiated(memory);
        memory.Span.Clear();
        Assert.False(drbg.IsSeeded);
        var output = new byte[16];
        Assert.Throws<InvalidOperationException>(() => drbg.Generate(output, []));
        Assert.Equal(new byte[16], output);
    }

    [Fact]
    public void Uninstantiate_AfterUse_ZeroesTheStateAndAllowsANewSeed()
    {
        var memory = new LockedMemory(CtrDrbg.StateBytes);
        using var drbg = Instantiated(memory);
        drbg.Generate(new byte[100], new byte[32]);
        Assert.NotEqual(-1, memory.Span.IndexOfAnyExcept((byte)0));
        drbg.Uninstantiate();
        Assert.Equal(-1, memory.Span.IndexOfAnyExcept((byte)0));
        Assert.Throws<InvalidOperationException>(() => drbg.Generate(new byte[16], []));
        drbg.Instantiate(new byte[48], []);
        Assert.True(drbg.IsSeeded);
    }

    [Fact]
    public void Dispose_AfterUse_ZeroesTheStateAndEndsIt()
    {
        var released = new List<int>();
        var memory = new LockedMemory(CtrDrbg.StateBytes, region => released.Add(region.Length - region.Count((byte)0)));
        var drbg = Instantiated(memory);
        drbg.Generate(new byte[100], new byte[32]);
        drbg.Dispose();
        Assert.Equal([0], released);
        Assert.Throws<ObjectDisposedException>(() => drbg.Generate(new byte[16], []));
    }

    private static CtrDrbg Instantiated(LockedMemory? memory = null)
    {
        var drbg = new CtrDrbg(memory: memory);
        drbg.Instantiate(Aes256CounterTests.Bytes(48, 1), []);
        return drbg;
    }
}
