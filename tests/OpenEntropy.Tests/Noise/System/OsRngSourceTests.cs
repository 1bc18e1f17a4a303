using OpenEntropy.Noise;
using Xunit;

namespace OpenEntropy.Tests.Noise;

public class OsRngSourceTests
{
    [SourceFact("os_rng")]
    public void Collect_MoreThanOneCallGives_FillsAll()
    {
        // The kernel may stop after 256 bytes. A run of 64 untouched zeros at any place would come about with probability 2^-512.
        var samples = new byte[1_000_000];

        Assert.Equal(samples.Length, new OsRngSource().Collect(samples));
        for (var at = 0; at + 64 <= samples.Length; at += 64)
            Assert.True(samples.AsSpan(at, 64).ContainsAnyExcept((byte)0), $"nothing was written at {at}");
    }
}
