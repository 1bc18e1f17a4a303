using OpenEntropy.Noise;
using OpenEntropy.Noise.Hardware;
using Xunit;

namespace OpenEntropy.Tests.Noise.Hardware;

/// <summary>The dispatch over OpenCL on the processor (pocl), which the source itself refuses.</summary>
[Collection(HardwareAlone.Name)]
public sealed class GpuTimingSourceTests
{
    private const int Rounds = 1000;

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
    public void Open_OnTheStackItAsksFor_Opens()
    {
        var count = 0;
        var source = new GpuTimingSource(acceptsSoftware: true);
        var thread = new Thread(
            () =>
            {
                source.Open();
                count = source.Collect(new byte[8]);
                source.Close();
            },
            source.Info.StackBytes
        );
        thread.Start();
        thread.Join();

        Assert.Equal(8, count);
    }

    [OpenClFact]
    public void Close_AThousandTimesOpened_LeavesNothingOpen()
    {
        var source = new GpuTimingSource(acceptsSoftware: true);
        source.Open(); // what the driver keeps for itself it has from here on
        source.Close();
        source.Open();
        source.Close();
        var before = DescriptorsOfDevices();

        for (var round = 0; round < Rounds; round++)
        {
            source.Open();
            source.Close();
        }

        Assert.Equal(before, DescriptorsOfDevices());
    }

    [Fact]
    public void Info_OfAGpu_IsWithoutClaimAndHasADriversStack()
    {
        var info = new GpuTimingSource().Info;

        Assert.Equal((0.0, 8 * 1024 * 1024), (info.ClaimedMinEntropy, info.StackBytes));
    }

    /// <summary>What a driver opens; the test host opens pipes, sockets and files of its own meanwhile.</summary>
    private static int DescriptorsOfDevices() =>
        OpenFiles.CountOfKind("/dev/") + OpenFiles.CountOfKind("anon_inode:") + OpenFiles.CountOfKind("/memfd:");
}
