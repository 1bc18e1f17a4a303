using System.Runtime.Versioning;
using OpenEntropy.Noise;
using Xunit;

namespace OpenEntropy.Tests.Noise;

[SupportedOSPlatform("linux")]
[Collection(HardwareAlone.Name)]
public sealed class UnixSocketSourceTests
{
    [LinuxFact]
    public void Close_AfterEachOpening_LeavesNeitherSocketNorPassedDescriptor()
    {
        var source = new UnixSocketSource();
        for (var round = 0; round < 3; round++)
        {
            var (sockets, pipes) = (OpenFiles.CountOfKind("socket:"), OpenFiles.CountOfKind("pipe:"));
            source.Open();
            Assert.Equal(8, source.Measure(new long[8]));
            Assert.Equal((sockets + 2, pipes + 2), (OpenFiles.CountOfKind("socket:"), OpenFiles.CountOfKind("pipe:")));
            source.Close();
            Assert.Equal((sockets, pipes), (OpenFiles.CountOfKind("socket:"), OpenFiles.CountOfKind("pipe:")));
        }

        Assert.Throws<NoiseSourceException>(() => source.Measure(new long[1]));
    }

    [LinuxFact]
    public void Receive_WhatWasSent_IsAnotherDescriptorOfTheSamePipe()
    {
        var (reader, writer) = LinuxPipes.Open();
        using var post = new DescriptorPost();

        post.Send(reader);
        var copy = post.Receive();

        Assert.NotEqual(reader, copy);
        Assert.Equal(LinkOf(reader), LinkOf(copy));
        foreach (var descriptor in (int[])[reader, writer, copy])
            LinuxFiles.Close(descriptor);
    }

    [LinuxFact]
    public void Receive_NothingSent_ThrowsAtOnce()
    {
        using var post = new DescriptorPost();

        Assert.Throws<NoiseSourceException>(() => post.Receive());
    }

    [LinuxFact]
    public void Send_NoDescriptor_Throws()
    {
        using var post = new DescriptorPost();

        Assert.Throws<NoiseSourceException>(() => post.Send(-1));
    }

    [LinuxFact]
    public void Dispose_DescriptorOnItsWay_IsClosedWithThePair()
    {
        var (reader, writer) = LinuxPipes.Open();
        var post = new DescriptorPost();
        post.Send(reader);
        LinuxFiles.Close(reader);

        post.Dispose();
        post.Dispose();

        // The last reader went with the pair, so nobody is left to write to.
        unsafe
        {
            byte one = 1;
            Assert.Equal(-1, LinuxFiles.Write(writer, &one, 1));
        }

        LinuxFiles.Close(writer);
    }

    private static string? LinkOf(int descriptor) => new FileInfo($"/proc/self/fd/{descriptor}").LinkTarget;
}
