using System.Runtime.Versioning;
using OpenEntropy.Noise;
using Xunit;

namespace OpenEntropy.Tests.Noise;

[SupportedOSPlatform("linux")]
[Collection(HardwareAlone.Name)]
public sealed class PipeBufferSourceTests
{
    [LinuxFact]
    public void Close_AfterEachOpening_LeavesNoPipe()
    {
        var source = new PipeBufferSource();
        for (var round = 0; round < 3; round++)
        {
            var before = OpenFiles.CountOfKind("pipe:");
            source.Open();
            Assert.Equal(before + 2, OpenFiles.CountOfKind("pipe:"));
            Assert.Equal(8, source.Measure(new long[8]));
            source.Close();
            Assert.Equal(before, OpenFiles.CountOfKind("pipe:"));
        }
    }

    [LinuxFact]
    public void Measure_WithoutAPipe_ThrowsWithTheKernelsReason()
    {
        var source = new PipeBufferSource();

        Assert.Contains("failed", Assert.Throws<NoiseSourceException>(() => source.Measure(new long[1])).Message, StringComparison.Ordinal);
        source.Close();
    }
}
