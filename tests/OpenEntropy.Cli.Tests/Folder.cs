using OpenEntropy.Assessment.Recordings;

namespace OpenEntropy.Cli.Tests;

/// <summary>A directory of its own for a test's files.</summary>
internal sealed class Folder : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("openentropy-cli-");

    /// <summary>Samples that are the same in every run: the high bits of a linear congruential generator.</summary>
    public static byte[] Samples(int length = 2_000, int bits = 8)
    {
        var samples = new byte[length];
        var state = 1u;
        foreach (ref var sample in samples.AsSpan())
            sample = (byte)((state = state * 1664525 + 1013904223) >> (32 - bits));
        return samples;
    }

    public string Path(string name) => System.IO.Path.Combine(_directory.FullName, name);

    public string Write(string name, byte[] content)
    {
        File.WriteAllBytes(Path(name), content);
        return Path(name);
    }

    /// <summary>Writes a recording.</summary>
    /// <returns>Its path without an extension.</returns>
    public string Record(string name, byte[] samples, RecordingKind kind = RecordingKind.Raw, int bits = 8)
    {
        var header = new RecordingHeader
        {
            Source = name,
            Kind = kind,
            SampleBits = bits,
            Digitization = "None.",
            Machine = RecordingMachine.ThisOne(),
            Start = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero),
            End = new DateTimeOffset(2026, 3, 1, 12, 0, 1, TimeSpan.Zero),
            ProductVersion = "0.1.0",
        };
        RecordingFile.Write(Path(name), header, samples);
        return Path(name);
    }

    public void Dispose() => _directory.Delete(recursive: true);
}
