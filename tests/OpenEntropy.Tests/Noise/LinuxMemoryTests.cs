using OpenEntropy.Noise;
using Xunit;

namespace OpenEntropy.Tests.Noise;

public sealed unsafe class LinuxMemoryTests
{
    private static readonly nuint Length = (nuint)(4 * Environment.SystemPageSize);

    [LinuxFact]
    public void Discard_OfWrittenPages_LeavesZerosAndTheMapping()
    {
        var address = PosixMemory.Map(Length);
        new Span<byte>(address, (int)Length).Fill(0x5A);

        LinuxMemory.Discard(address, Length);

        Assert.Equal(-1, new Span<byte>(address, (int)Length).IndexOfAnyExcept((byte)0));
        PosixMemory.Unmap(address, Length);
    }

    [LinuxFact]
    public void Map_OfMoreThanTheAddressSpace_Throws() => Assert.Throws<NoiseSourceException>(() => PosixMemory.Map(nuint.MaxValue / 2));

    [LinuxFact]
    public void Discard_OffAPageBoundary_Throws()
    {
        var address = PosixMemory.Map(Length);

        Assert.Throws<NoiseSourceException>(() => LinuxMemory.Discard(address + 1, Length));
        PosixMemory.Unmap(address, Length);
    }
}
