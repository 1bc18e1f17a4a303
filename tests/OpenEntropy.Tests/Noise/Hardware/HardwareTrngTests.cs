using OpenEntropy.Noise;
using OpenEntropy.Noise.Hardware;
using Xunit;

namespace OpenEntropy.Tests.Noise.Hardware;

public sealed class HardwareTrngTests : IDisposable
{
    // int RdSeed(ulong* result) in x86-64 instructions.
    private static readonly byte[] s_neverReady = [0x31, 0xC0, 0xC3]; // xor eax, eax; ret
    private static readonly byte[] s_constant =
    [
        .. (byte[])[0x48, 0xB8, 1, 2, 3, 4, 5, 6, 7, 8], // mov rax, 0x0807060504030201
        .. (byte[])[0x48, 0x89, 0x07], // mov [rdi], rax
        .. (byte[])[0xB8, 1, 0, 0, 0], // mov eax, 1
        0xC3, // ret
    ];

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [SourceFact("hardware_trng.rdseed")]
    [Trait("Category", "Hardware")]
    public void RdSeedCollect_GeneratorNeverReady_ThrowsAfterItsAttempts()
    {
        var source = new HardwareTrngRdSeedSource(s_neverReady);

        var exception = Assert.Throws<NoiseSourceException>(source.Open);

        Assert.Contains("attempts", exception.Message, StringComparison.Ordinal);
        source.Close();
        Assert.Throws<NoiseSourceException>(() => source.Collect(new byte[1]));
    }

    [SourceFact("hardware_trng.rdseed")]
    [Trait("Category", "Hardware")]
    public void RdSeedCollect_KnownWord_SamplesAreItsBytes()
    {
        var source = new HardwareTrngRdSeedSource(s_constant);
        source.Open();
        try
        {
            var samples = new byte[11];

            Assert.Equal(samples.Length, source.Collect(samples));
            Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3], samples);
        }
        finally
        {
            source.Close();
        }
    }

    [SourceFact("hardware_trng.rdseed")]
    [Trait("Category", "Hardware")]
    public void RdSeedCollect_Processor_ReopensAndNeverRepeatsAWord()
    {
        // 2 x 512 words of 64 bits: two alike have probability 2^-45.
        var samples = new byte[8192];
        var source = new HardwareTrngRdSeedSource();
        for (var half = 0; half < 2; half++)
        {
            source.Open();
            var filled = 0;
            for (var tries = 0; filled < 4096 && tries < 100; tries++)
                filled += source.Collect(samples.AsSpan((half * 4096) + filled, 4096 - filled));
            source.Close();
            Assert.Equal(4096, filled);
        }

        Assert.Equal(1024, samples.Chunk(sizeof(ulong)).Select(word => BitConverter.ToUInt64(word)).Distinct().Count());
    }

    [SourceFact("hardware_trng.hwrng", "/dev/hwrng")]
    [Trait("Category", "Hardware")]
    public void DeviceCollect_Hwrng_GivesSamplesAndReopens()
    {
        var source = new HardwareTrngDeviceSource();
        for (var round = 0; round < 2; round++)
        {
            source.Open();
            var samples = new byte[16];
            Assert.InRange(source.Collect(samples), 1, samples.Length);
            source.Close();
        }

        Assert.Throws<NoiseSourceException>(() => source.Collect(new byte[1]));
    }

    [SourceFact("os_rng")]
    public void DeviceClose_AfterAnOpeningWithNothingBehindIt_LeavesNothingOpen()
    {
        var empty = _directory.File("empty");
        File.WriteAllBytes(empty, []);

        var source = new HardwareTrngDeviceSource(empty);
        Assert.Throws<NoiseSourceException>(source.Open);
        source.Close();
        Assert.Equal(0, OpenFiles.CountOf(empty));
    }

    [SourceFact("os_rng")]
    public void DeviceOpen_Missing_NamesThePath()
    {
        var source = new HardwareTrngDeviceSource(_directory.File("missing"));

        Assert.Contains(_directory.Path, source.WhyUnavailable(), StringComparison.Ordinal);
        Assert.Contains(_directory.Path, Assert.Throws<NoiseSourceException>(source.Open).Message, StringComparison.Ordinal);
    }

    [SourceFact("hardware_trng.tpm", "/dev/tpmrm0")]
    [Trait("Category", "Hardware")]
    public void TpmCollect_Tpm_GivesSamplesAndReopens()
    {
        var source = new HardwareTrngTpmSource("/dev/tpmrm0", TimeSpan.FromSeconds(4));
        for (var round = 0; round < 2; round++)
        {
            source.Open();
            Assert.InRange(source.Collect(new byte[64]), 1, TpmGetRandom.MaximumRandomBytes);
            source.Close();
        }
    }

    [SourceFact("os_rng")]
    public void TpmClose_AfterAnOpeningWithoutAnswer_LeavesNothingOpen()
    {
        // A plain file takes the command and gives no response.
        var file = _directory.File("silent");
        File.WriteAllBytes(file, []);

        var source = new HardwareTrngTpmSource(file, TimeSpan.FromSeconds(4));
        Assert.Throws<NoiseSourceException>(source.Open);
        source.Close();
        Assert.Equal(TpmGetRandom.CommandBytes, new FileInfo(file).Length);
        Assert.Equal(0, OpenFiles.CountOf(file));
    }
}
