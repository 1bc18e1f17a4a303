using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using OpenEntropy.Assessment.Recordings;

namespace OpenEntropy.Evidence.Recordings;

/// <summary>
/// The measurements behind a recording, at their full width: <c>NAME.wide.bin</c>, 64-bit signed numbers, the least significant byte first, one for
/// each sample of <c>NAME.bin</c> in the same order, and <c>NAME.wide.json</c> beside it.
/// </summary>
internal static class WideRecordingFile
{
    private const string Suffix = ".wide";

    /// <summary>Writes both files, readable by their owner alone.</summary>
    /// <param name="path">The recording's path, without an extension.</param>
    /// <param name="header">The header; the hash is set here.</param>
    /// <param name="measurements">As many as the header says.</param>
    /// <returns>The header as written.</returns>
    public static WideRecordingHeader Write(string path, WideRecordingHeader header, ReadOnlySpan<long> measurements)
    {
        if (header.Samples != measurements.Length)
            throw new ArgumentException($"The header tells of {header.Samples} measurements, not {measurements.Length}.", nameof(header));
        var bytes = LittleEndian(measurements);
        header = header with { Sha256 = Hash(bytes) };
        PrivateFile.Replace(path + Suffix + ".bin", bytes);
        PrivateFile.Replace(
            path + Suffix + ".json",
            JsonSerializer.SerializeToUtf8Bytes(header, WideRecordingJson.Default.WideRecordingHeader)
        );
        return header;
    }

    /// <summary>Reads both files and checks that they belong together and to the recording beside them.</summary>
    /// <param name="path">The recording's path, without an extension.</param>
    /// <returns>The header and the measurements.</returns>
    /// <exception cref="InvalidDataException">They do not; the message says what is wrong.</exception>
    public static (WideRecordingHeader Header, long[] Measurements) Read(string path)
    {
        var header = ReadHeader(path + Suffix + ".json");
        var bytes = File.ReadAllBytes(path + Suffix + ".bin");
        Require(header.Version == WideRecordingHeader.CurrentVersion, $"its version is {header.Version}");
        Require(header.Format == WideRecordingHeader.Int64LittleEndian, $"its format is '{header.Format}'");
        Require(
            bytes.Length == (long)header.Samples * sizeof(long),
            $"it holds {bytes.Length:N0} bytes, and {header.Samples:N0} measurements have {(long)header.Samples * sizeof(long):N0}"
        );
        Require(Hash(bytes) == header.Sha256, "its SHA-256 is not the header's");
        Require(Hash(File.ReadAllBytes(path + ".bin")) == header.SamplesSha256, "the samples beside it are not those it was recorded with");

        var measurements = new long[header.Samples];
        for (var i = 0; i < measurements.Length; i++)
            measurements[i] = BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(i * sizeof(long)));
        return (header, measurements);

        void Require(bool holds, string problem)
        {
            if (!holds)
                throw new InvalidDataException($"{path}{Suffix}.bin cannot be used: {problem}.");
        }
    }

    private static WideRecordingHeader ReadHeader(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), WideRecordingJson.Default.WideRecordingHeader)
                ?? throw new InvalidDataException($"{path} is no header.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{path} is no header: {exception.Message}", exception);
        }
    }

    private static byte[] LittleEndian(ReadOnlySpan<long> measurements)
    {
        var bytes = GC.AllocateUninitializedArray<byte>(measurements.Length * sizeof(long));
        for (var i = 0; i < measurements.Length; i++)
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(i * sizeof(long)), measurements[i]);
        return bytes;
    }

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
