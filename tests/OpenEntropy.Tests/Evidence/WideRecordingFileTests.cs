using OpenEntropy.Assessment.Recordings;
using OpenEntropy.Evidence.Recordings;
using OpenEntropy.Tests.Noise;
using Xunit;

namespace OpenEntropy.Tests.Evidence;

public sealed class WideRecordingFileTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly string _path;

    public WideRecordingFileTests()
    {
        var source = new ScriptedMeasuredSource(at => at == 1 ? -2 : at << 40);
        _path = new RecordingFolder(_directory.Path).Write(SourceRecorder.Take(source, 3, TimeSpan.FromSeconds(30), TimeProvider.System));
    }

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Read_OfWhatWasWritten_GivesTheMeasurements()
    {
        var (header, measurements) = WideRecordingFile.Read(_path);

        Assert.Equal([-2, 2L << 40, 3L << 40], measurements);
        Assert.Equal((1, "scripted", "int64-le", 3), (header.Version, header.Source, header.Format, header.Samples));
        Assert.Equal((null, null, null, null), (header.Unit, header.TicksPerSecond, header.StepTicks, header.Clock));
        Assert.Equal(RecordingFile.Read(_path).Header.Sha256, header.SamplesSha256);
    }

    [Fact]
    public void Write_OfAMeasurement_IsEightBytesTheLeastFirst() =>
        Assert.Equal(
            [0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0],
            File.ReadAllBytes(_path + ".wide.bin")
        );

    [Fact]
    public void Read_OfAnotherByte_IsRefused()
    {
        var bytes = File.ReadAllBytes(_path + ".wide.bin");
        bytes[0]++;
        File.WriteAllBytes(_path + ".wide.bin", bytes);

        AssertRefused("its SHA-256 is not the header's");
    }

    [Fact]
    public void Read_OfAFileCutShort_IsRefused()
    {
        File.WriteAllBytes(_path + ".wide.bin", new byte[23]);

        AssertRefused("it holds 23 bytes, and 3 measurements have 24");
    }

    [Fact]
    public void Read_BesideOtherSamples_IsRefused()
    {
        File.WriteAllBytes(_path + ".bin", [1, 2, 3]);

        AssertRefused("the samples beside it are not those it was recorded with");
    }

    [Fact]
    public void Read_OfAnotherVersion_IsRefused()
    {
        var header = File.ReadAllText(_path + ".wide.json").Replace("\"version\": 1", "\"version\": 2", StringComparison.Ordinal);
        File.WriteAllText(_path + ".wide.json", header);

        AssertRefused("its version is 2");
    }

    [Fact]
    public void Read_OfNoHeader_IsRefused()
    {
        File.WriteAllText(_path + ".wide.json", "{}");

        Assert.Contains(
            "is no header",
            Assert.Throws<InvalidDataException>(() => WideRecordingFile.Read(_path)).Message,
            StringComparison.Ordinal
        );
    }

    private void AssertRefused(string problem) =>
        Assert.Equal(
            $"{_path}.wide.bin cannot be used: {problem}.",
            Assert.Throws<InvalidDataException>(() => WideRecordingFile.Read(_path)).Message
        );
}
