using OpenEntropy.Assessment.Recordings;
using Xunit;

namespace OpenEntropy.Assessment.Tests;

public sealed class RecordingWriterTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("openentropy-recording-");

    private string Name => Path.Combine(_directory.FullName, "disk_io");

    public void Dispose() => _directory.Delete(recursive: true);

    [Theory]
    [InlineData(null)]
    [InlineData("No space left on device.")]
    public void Complete_WhatWasAppended_IsRead(string? brokenOff)
    {
        byte[] samples = [.. Enumerable.Range(0, 1000).Select(i => (byte)(i * 7))];
        using (var writer = new RecordingWriter(Name))
        {
            writer.Append(samples.AsSpan(0, 300));
            writer.Append(samples.AsSpan(300));
            var written = writer.Complete(Header() with { BrokenOff = brokenOff });
            Assert.Equal((1000, 1000), (writer.Count, written.Samples));
        }

        var recording = RecordingFile.Read(Name);
        Assert.Equal(samples, recording.Samples.ToArray());
        Assert.Equal(brokenOff, recording.Header.BrokenOff);
        Assert.Equal(recording.Header, RecordingFile.ReadHeader(Name));
        Assert.Equal(brokenOff is not null, File.ReadAllText(Name + ".json").Contains("\"broken_off\"", StringComparison.Ordinal));
        Assert.Equal(2, _directory.GetFiles().Length);
        if (!OperatingSystem.IsWindows())
            Assert.All(_directory.GetFiles(), file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, file.UnixFileMode));
    }

    [Fact]
    public void Dispose_WithoutCompletion_LeavesNothing()
    {
        using (var writer = new RecordingWriter(Name))
            writer.Append([1, 2, 3]);

        Assert.Empty(_directory.GetFiles());
    }

    [Fact]
    public void Complete_WithoutSamples_IsRefused()
    {
        using var writer = new RecordingWriter(Name);

        Assert.Contains(
            "samples is 0",
            Assert.Throws<AssessmentInputException>(() => writer.Complete(Header())).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Writer_WhereAFileIs_LeavesIt()
    {
        File.WriteAllText(Name + ".json", "mine");

        Assert.Throws<IOException>(() => new RecordingWriter(Name).Dispose());

        Assert.Equal("mine", File.ReadAllText(Name + ".json"));
        Assert.Single(_directory.GetFiles());
    }

    [Fact]
    public void InMemory_Samples_AreARecording()
    {
        var recording = RecordingFile.InMemory(Header(), [1, 2, 3]);

        Assert.Equal([1, 2, 3], recording.Samples.ToArray());
        Assert.Equal((3, 64), (recording.Header.Samples, recording.Header.Sha256.Length));
    }

    private static RecordingHeader Header() =>
        new()
        {
            Source = "disk_io",
            Kind = RecordingKind.Raw,
            SampleBits = 8,
            Digitization = "None.",
            Machine = RecordingMachine.ThisOne(),
            Start = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero),
            End = new DateTimeOffset(2026, 3, 1, 12, 0, 1, TimeSpan.Zero),
            ProductVersion = "0.1.0",
        };
}
