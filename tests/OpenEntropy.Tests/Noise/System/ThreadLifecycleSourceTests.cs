using System.Runtime.Versioning;
using OpenEntropy.Noise;
using Xunit;

namespace OpenEntropy.Tests.Noise;

[SupportedOSPlatform("linux")]
[Collection(HardwareAlone.Name)]
public sealed class ThreadLifecycleSourceTests
{
    [LinuxFact]
    public void Measure_ManyThreads_LeavesNone()
    {
        const int Threads = 200;
        var source = new ThreadLifecycleSource();
        source.Open();
        var before = Count();

        Assert.Equal(Threads, source.Measure(new long[Threads]));
        source.Close();

        // Others of this process may come and go; two hundred that stay would show.
        Assert.InRange(Count() - before, -Threads, Threads / 2);
        Assert.Throws<NoiseSourceException>(() => source.Measure(new long[1]));
    }

    [LinuxFact]
    public void Open_AfterClose_WorksAgain()
    {
        var source = new ThreadLifecycleSource();
        for (var round = 0; round < 2; round++)
        {
            source.Open();
            Assert.Equal(4, source.Measure(new long[4]));
            source.Close();
        }
    }

    private static int Count() => Directory.GetDirectories("/proc/self/task").Length;
}
