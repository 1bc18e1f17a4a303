using System.Runtime.Versioning;
using OpenEntropy.Noise;
using Xunit;

namespace OpenEntropy.Tests.Noise;

[SupportedOSPlatform("linux")]
[Collection(HardwareAlone.Name)]
public sealed unsafe class KeyringTimingSourceTests
{
    [SourceFact("keyring_timing")]
    public void Close_AfterEachOpening_LeavesNoKey()
    {
        var source = new KeyringTimingSource();
        for (var round = 0; round < 3; round++)
        {
            source.Open();
            var key = source.Key;
            Assert.Equal(8, source.Measure(new long[8]));
            Assert.Equal(32, LengthOf(key));
            source.Close();
            Assert.Equal(-1, LengthOf(key));
        }

        Assert.Throws<NoiseSourceException>(() => source.Measure(new long[1]));
    }

    [SourceFact("keyring_timing")]
    public void Measure_KeyTakenAway_ThrowsAndWorksWhenReopened()
    {
        var source = new KeyringTimingSource();
        source.Open();
        LinuxKeys.Remove(source.Key);

        Assert.Throws<NoiseSourceException>(() => source.Measure(new long[1]));
        source.Close();

        source.Open();
        Assert.Equal(1, source.Measure(new long[1]));
        source.Close();
    }

    private static int LengthOf(int key)
    {
        var payload = stackalloc byte[64];
        return LinuxKeys.Read(key, payload, 64);
    }
}
