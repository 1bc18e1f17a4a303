using System.Text.Json;

namespace OpenEntropy.Assessment.Recordings;

/// <summary>What must hold of a recording; each refusal names what is wrong and by how much.</summary>
internal static class RecordingCheck
{
    private const int HashDigits = 64;

    /// <summary>Before anything else is read of a header: another version may mean other things by the same names.</summary>
    public static void Version(JsonElement header, RecordingPaths files)
    {
        if (header.ValueKind != JsonValueKind.Object || !header.TryGetProperty("version", out var version))
            throw new AssessmentInputException($"{files.Header} is not the header of a recording: it has no member 'version'.");
        if (version.ValueKind != JsonValueKind.Number || !version.TryGetInt32(out var number) || number != RecordingHeader.CurrentVersion)
            throw new AssessmentInputException(
                $"{files.Header} is of version {version.GetRawText()}, and this program reads version {RecordingHeader.CurrentVersion}."
            );
    }

    /// <summary>What the header alone must say.</summary>
    public static void Header(RecordingHeader header, RecordingPaths files)
    {
        Require(header.Source.Length > 0, "source is empty");
        Require(
            header.SampleBits is >= 1 and <= SampleSet.MaximumSymbolBits,
            $"sample_bits is {header.SampleBits}, and a sample has 1 to 8"
        );
        Require(
            header.Samples is >= 1 and <= RecordingFile.MaximumSamples,
            $"samples is {header.Samples:N0}, and a recording has 1 to {RecordingFile.MaximumSamples:N0}"
        );
        Require(header.End >= header.Start, $"it ends ({header.End:u}) before it starts ({header.Start:u})");
        Require(
            header.Sha256 is { Length: HashDigits } hash && hash.All(char.IsAsciiHexDigitLower), // null where the member is missing
            $"sha256 is not {HashDigits} lower-case hexadecimal digits"
        );
        Require(header.ClockStepNs is null or (> 0 and < double.PositiveInfinity), "clock_step_ns is not a length of time above 0");

        void Require(bool holds, string problem)
        {
            if (!holds)
                throw new AssessmentInputException($"{files.Header} cannot be the header of a recording: {problem}.");
        }
    }

    /// <summary>The bytes must be as many as the header says.</summary>
    public static void Length(RecordingHeader header, long bytes, RecordingPaths files)
    {
        if (bytes == header.Samples)
            return;
        throw new AssessmentInputException(
            bytes == 0 ? $"{files.Samples} is empty, and its header tells of {header.Samples:N0} samples."
            : bytes < header.Samples
                ? $"{files.Samples} is cut short: it holds {bytes:N0} of the {header.Samples:N0} samples its header tells of; {header.Samples - bytes:N0} are missing."
            : $"{files.Samples} holds {bytes - header.Samples:N0} bytes more than the {header.Samples:N0} samples its header tells of."
        );
    }

    /// <summary>No sample may be wider than the header says.</summary>
    public static void Samples(RecordingHeader header, ReadOnlySpan<byte> samples, RecordingPaths files)
    {
        var widest = (byte)((1 << header.SampleBits) - 1);
        var at = samples.IndexOfAnyInRange((byte)Math.Min(widest + 1, byte.MaxValue), byte.MaxValue);
        if (header.SampleBits < SampleSet.MaximumSymbolBits && at >= 0)
            throw new AssessmentInputException(
                $"{files.Samples}: sample {at:N0} is {samples[at]}, wider than the {header.SampleBits} bits its header tells of."
            );
    }
}
