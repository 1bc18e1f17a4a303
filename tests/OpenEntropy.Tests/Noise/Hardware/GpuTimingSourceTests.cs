using OpenEntropy.Noise;
using OpenEntropy.Noise.Hardware;
using Xunit;

namespace OpenEntropy.Tests.Noise.Hardware;

/// <summary>The dispatch over OpenCL on the processor (pocl), which the source itself refuses.</summary>
[Collection(HardwareAlone.Name)]
public sealed class GpuTimingSourceTests
{
    private const int SourceStackBytes = 256 * 1024; // what NoiseSourceThread gives

    [OpenClFact(withoutGpu: true)]
    public void Open_SoftwareRendererOnly_IsRefusedByName()
    {
        var source = new GpuTimingSource();

        var failure = Assert.Throws<NoiseSourceException>(source.Open);
        source.Close();

        Assert.StartsWith("the only OpenCL device is a software renderer: ", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("(Portable Computing Language)", failure.Message, StringComparison.Ordinal);
    }

    [OpenClFact(withoutGpu: true)]
    public void WhyUnavailable_LibraryWithoutGpu_NamesTheMissingDevices() =>
        Assert.StartsWith("there is no GPU: no /dev/dri/renderD*", new GpuTimingSource().WhyUnavailable(), StringComparison.Ordinal);

    [OpenClFact]
    public void Collect_SoftwareAccepted_TimesEachDispatch()
    {
        var source = new GpuTimingSource(acceptsSoftware: true);
        Assert.Null(source.WhyUnavailable());
        for (var round = 0; round < 2; round++)
        {
            var durations = new long[100];
            source.Open();
            Assert.Equal(durations.Length, source.Measure(durations));
            Assert.All(durations, duration => Assert.True(duration > 0));
            source.Close();
        }

        Assert.Equal("no GPU is open", Assert.Throws<NoiseSourceException>(() => source.Collect(new byte[1])).Message);
    }

    [OpenClFact]
    public void Collect_SoftwareAccepted_AllocatesNothing()
    {
        var source = new GpuTimingSource(acceptsSoftware: true);
        source.Open();
        var samples = new byte[32];
        _ = source.Collect(samples);

        var before = GC.GetAllocatedBytesForCurrentThread();
        _ = source.Collect(samples);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        source.Close();

        Assert.Equal(0, allocated);
    }

    [OpenClFact]
    public void Open_OnASmallStack_Opens()
    {
        var count = 0;
        var thread = new Thread(
            () =>
            {
                var source = new GpuTimingSource(acceptsSoftware: true);
                source.Open();
                count = source.Collect(new byte[8]);
                source.Close();
            },
            SourceStackBytes
        );
        thread.Start();
        thread.Join();

        Assert.Equal(8, count);
    }

    [OpenClFact]
    public void Close_AfterManyRounds_LeavesNothingOpen()
    {
        var source = new GpuTimingSource(acceptsSoftware: true);
        source.Open(); // what the driver keeps for itself it has from here on
        source.Close();
        var files = Directory.GetFileSystemEntries("/proc/self/fd").Length;

        for (var round = 0; round < 100; round++)
        {
            source.Open();
            source.Close();
        }

        Assert.InRange(Directory.GetFileSystemEntries("/proc/self/fd").Length, 0, files + 10); // the test host opens some of its own
    }

    [Fact]
    public void Info_OfAGpu_IsWithoutClaim() => Assert.Equal(0, new GpuTimingSource().Info.ClaimedMinEntropy);
}
