using System.Text.Json.Nodes;
using OpenEntropy.Assessment.Recordings;
using Xunit;

namespace OpenEntropy.Assessment.Tests;

public sealed class RecordingFileTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("openentropy-recording-");

    private string Name => Path.Combine(_directory.FullName, "disk_io");

    public void Dispose() => _directory.Delete(recursive: true);

    [Theory]
    [InlineData("")]
    [InlineData(".bin")]
    public void Read_WhatWasWritten_IsTheSame(string extension)
    {
        var samples = Samples(5000);
        var header = RecordingFile.Write(Name + extension, Header(), samples);

        var recording = RecordingFile.Read(Name + extension);

        Assert.Equal(header, recording.Header);
        Assert.Equal((5000, 64), (header.Samples, header.Sha256.Length));
        Assert.Equal(samples, recording.Samples.ToArray());
        Assert.Equal(samples, File.ReadAllBytes(Name + ".bin"));
        Assert.Equal(samples, recording.ToSampleSet().Samples.ToArray());
        Assert.Equal(8, recording.ToSampleSet().SymbolBits);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(7)]
    public void Write_NarrowSamples_KeepTheirWidth(int bits)
    {
        byte[] samples = [.. Samples(300).Select(sample => (byte)(sample & ((1 << bits) - 1)))];
        RecordingFile.Write(Name, Header() with { SampleBits = bits }, samples);

        Assert.Equal(bits, RecordingFile.Read(Name).ToSampleSet().SymbolBits);
    }

    [Fact]
    public void Write_OverAnother_ReplacesBothFilesAndLeavesNoThird()
    {
        RecordingFile.Write(Name, Header(), Samples(100));
        File.WriteAllText(Name + ".bin.part", "left by a program that was killed");
        RecordingFile.Write(Name, Header() with { Source = "other" }, Samples(50));

        Assert.Equal((50, "other"), (RecordingFile.Read(Name).Samples.Length, RecordingFile.Read(Name).Header.Source));
        Assert.Equal(["disk_io.bin", "disk_io.json"], _directory.GetFiles().Select(file => file.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Write_OnUnix_IsReadableByItsOwnerAlone()
    {
        RecordingFile.Write(Name, Header(), Samples(10));

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Name + ".bin"));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Name + ".json"));
        }
    }

    [Fact]
    public void Write_Header_HasTheMembersOfTheFormatInSnakeCase()
    {
        RecordingFile.Write(Name, Header(), Samples(10));

        var members = JsonNode.Parse(File.ReadAllText(Name + ".json"))!.AsObject().Select(member => member.Key);

        Assert.Equal(
            "version source kind sample_bits samples digitization sequence machine clock clock_step_ns start end product_version sha256",
            string.Join(' ', members)
        );
    }

    [Theory]
    [InlineData(RecordingKind.Conditioned, "'conditioned'")]
    [InlineData(RecordingKind.Output, "'output'")]
    public void ToSampleSet_NotRaw_IsRefused(RecordingKind kind, string word)
    {
        RecordingFile.Write(Name, Header() with { Kind = kind }, Samples(100));

        AssertRefused(() => RecordingFile.Read(Name).ToSampleSet(), word, "'raw'", "disk_io");
    }

    [Theory]
    [InlineData(".bin")]
    [InlineData(".json")]
    public void Read_FileMissing_NamesIt(string extension)
    {
        RecordingFile.Write(Name, Header(), Samples(100));
        File.Delete(Name + extension);

        AssertRefused(() => RecordingFile.Read(Name), Name + extension + " is missing", "beside it");
    }

    [Fact]
    public void Read_DirectoryMissing_SaysSo() => AssertRefused(() => RecordingFile.Read(Path.Combine(Name, "x")), "is missing");

    [Theory]
    [InlineData(0, "is empty, and its header tells of 1,000 samples")]
    [InlineData(1, "holds 1 of the 1,000 samples", "999 are missing")]
    [InlineData(999, "holds 999 of the 1,000 samples", "1 are missing")]
    [InlineData(1003, "holds 3 bytes more than the 1,000 samples")]
    public void Read_OtherLengthThanTold_SaysByHowMuch(int length, params string[] said)
    {
        RecordingFile.Write(Name, Header(), Samples(1000));
        File.WriteAllBytes(Name + ".bin", Samples(length));

        AssertRefused(() => RecordingFile.Read(Name), said);
    }

    [Fact]
    public void Read_OneBitOfOneSampleChanged_NamesBothHashes()
    {
        var header = RecordingFile.Write(Name, Header(), Samples(1000));
        var bytes = Samples(1000);
        bytes[500] ^= 1;
        File.WriteAllBytes(Name + ".bin", bytes);

        AssertRefused(() => RecordingFile.Read(Name), "SHA-256", header.Sha256);
    }

    [Theory]
    [InlineData("version", "2", "is of version 2", "reads version 1")]
    [InlineData("version", "\"1\"", "is of version \"1\"")]
    [InlineData("version", null, "no member 'version'")]
    [InlineData("samples", "0", "samples is 0", "1 to 134,217,728")]
    [InlineData("samples", "-1", "samples is -1")]
    [InlineData("samples", "134217729", "samples is 134,217,729")]
    [InlineData("samples", "1e400", "$.samples")]
    [InlineData("samples", "12.5", "$.samples")]
    [InlineData("sample_bits", "0", "sample_bits is 0", "1 to 8")]
    [InlineData("sample_bits", "9", "sample_bits is 9")]
    [InlineData("sample_bits", null, "sample_bits")]
    [InlineData("kind", "\"cooked\"", "$.kind")]
    [InlineData("kind", "0", "$.kind")]
    [InlineData("kind", null, "kind")]
    [InlineData("source", "\"\"", "source is empty")]
    [InlineData("source", "null", "source")]
    [InlineData("machine", null, "machine")]
    [InlineData("end", "\"2020-01-01T00:00:00+00:00\"", "before it starts")]
    [InlineData("start", "\"yesterday\"", "$.start")]
    [InlineData("sha256", "\"abc\"", "64 lower-case")]
    [InlineData("sha256", null, "64 lower-case")]
    [InlineData("clock_step_ns", "0", "clock_step_ns")]
    public void Read_HeaderMemberWrong_NamesIt(string member, string? json, params string[] said)
    {
        RecordingFile.Write(Name, Header(), Samples(100));
        var header = JsonNode.Parse(File.ReadAllText(Name + ".json"))!.AsObject();
        header.Remove(member);
        if (json is not null)
        {
            header[member] = JsonNode.Parse(json);
        }

        File.WriteAllText(Name + ".json", header.ToJsonString());

        AssertRefused(() => RecordingFile.Read(Name), [.. said, Name + ".json"]);
    }

    [Theory]
    [InlineData("", "has 0 bytes")]
    [InlineData("{", "is not the header of a recording")]
    [InlineData("[]", "no member 'version'")]
    [InlineData("{\"version\":1}", "source")]
    [InlineData("{\"version\":1,\"version\":1}", "is not the header")]
    [InlineData("\0\u0001", "is not the header of a recording")]
    [InlineData("{\"\\ud800\":1,\"a\":2}", "is not the header of a recording")]
    public void Read_HeaderDamaged_SaysSo(string content, string said)
    {
        RecordingFile.Write(Name, Header(), Samples(100));
        File.WriteAllText(Name + ".json", content);

        AssertRefused(() => RecordingFile.Read(Name), said, Name + ".json");
    }

    [Fact]
    public void Read_HeaderTooLong_IsNotRead()
    {
        RecordingFile.Write(Name, Header(), Samples(100));
        File.AppendAllText(Name + ".json", new string(' ', 70_000));

        AssertRefused(() => RecordingFile.Read(Name), "1 to 65,536");
    }

    [Fact]
    public void Read_SampleWiderThanTold_NamesSampleAndWidth()
    {
        RecordingFile.Write(Name, Header(), [1, 2, 3, 200, 5]);
        var text = File.ReadAllText(Name + ".json").Replace("\"sample_bits\": 8", "\"sample_bits\": 4", StringComparison.Ordinal);
        File.WriteAllText(Name + ".json", text);

        AssertRefused(() => RecordingFile.Read(Name), "sample 3 is 200", "4 bits");
    }

    [Fact]
    public void Write_WhatWouldNotBeReadAgain_IsRefusedAndWritesNothing()
    {
        AssertRefused(() => RecordingFile.Write(Name, Header(), []), "samples is 0");
        AssertRefused(() => RecordingFile.Write(Name, Header() with { SampleBits = 1 }, [0, 1, 2]), "sample 2 is 2");
        AssertRefused(() => RecordingFile.Write(Name, Header() with { End = DateTimeOffset.UnixEpoch }, [0, 1]), "before it starts");
        Assert.Empty(_directory.GetFiles());
    }

    [Fact]
    public void ToSampleSet_OneSymbol_IsRefusedAsAnywhere()
    {
        RecordingFile.Write(Name, Header(), new byte[100]);

        AssertRefused(() => RecordingFile.Read(Name).ToSampleSet(), "All 100 samples are 0");
    }

    [Fact]
    public void ThisOne_OnThisMachine_IsTold()
    {
        var machine = RecordingMachine.ThisOne();

        Assert.True(machine.Cores >= 1);
        Assert.All([machine.Cpu, machine.Os, machine.Kernel], text => Assert.False(string.IsNullOrWhiteSpace(text)));
    }

    private static RecordingHeader Header() =>
        new()
        {
            Source = "disk_io",
            Kind = RecordingKind.Raw,
            SampleBits = 8,
            Digitization = "The low byte of each duration, in steps of the machine's counter.",
            Sequence = "Consecutive.",
            Machine = RecordingMachine.ThisOne(),
            Clock = "CLOCK_MONOTONIC",
            ClockStepNs = 1.5,
            Start = DateTimeOffset.UnixEpoch.AddDays(20_000),
            End = DateTimeOffset.UnixEpoch.AddDays(20_000.5),
            ProductVersion = "0.1.0",
        };

    private static byte[] Samples(int count) => [.. Enumerable.Range(0, count).Select(i => (byte)((i * 167) ^ (i >> 3)))];

    private static void AssertRefused(Func<object> act, params string[] said)
    {
        var message = Assert.Throws<AssessmentInputException>(act).Message;
        Assert.All(said, text => Assert.Contains(text, message, StringComparison.Ordinal));
    }
}
