using System.Runtime.Versioning;
using OpenEntropy.Noise;
using Xunit;

namespace OpenEntropy.Tests.Noise;

[SupportedOSPlatform("linux")]
[Collection(HardwareAlone.Name)]
public sealed class IoUringSourceTests
{
    private const string Ring = "anon_inode:[io_uring]";

    [SourceFact("io_uring")]
    public void Close_AfterEachOpening_LeavesNoRing()
    {
        var source = new IoUringSource();
        for (var round = 0; round < 3; round++)
        {
            source.Open();
            Assert.Equal(1, OpenFiles.CountOfKind(Ring));
            Assert.Equal(8, source.Measure(new long[8]));
            source.Close();
            Assert.Equal(0, OpenFiles.CountOfKind(Ring));
        }

        Assert.DoesNotContain(File.ReadLines("/proc/self/maps"), line => line.Contains("io_uring", StringComparison.Ordinal));
        Assert.Throws<NoiseSourceException>(() => source.Measure(new long[1]));
    }

    [SourceFact("io_uring")]
    public void RoundTrip_MoreThanTheRingsHold_EachIsAnswered()
    {
        using var ring = new SubmissionRing();

        for (var i = 0; i < 100; i++)
            ring.RoundTrip(); // throws where an answer is missing or another's
    }
}
