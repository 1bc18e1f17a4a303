using System.Numerics;
using OpenEntropy.Assessment.Recordings;

namespace OpenEntropy.Assessment.Reports;

/// <summary>What a report is of: enough to find the same samples again.</summary>
public sealed record ReportSubject
{
    /// <summary>L, the number of samples.</summary>
    public required int Samples { get; init; }

    /// <summary>SHA-256 of the samples, one a byte, 64 lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>k, the number of distinct samples.</summary>
    public required int AlphabetSize { get; init; }

    /// <summary>w, the width of a sample, bits: as declared, or up to the highest bit in use.</summary>
    public required int SymbolBits { get; init; }

    /// <summary>The bits up to the highest in use; less than the width where a wider one was declared.</summary>
    public required int UsedBits { get; init; }

    /// <summary>What the samples are; null where nothing says.</summary>
    public required RecordingKind? Kind { get; init; }

    /// <summary>The recording's header; null of bare samples.</summary>
    public required RecordingHeader? Recording { get; init; }

    /// <summary>True where nothing says that the samples are anything but raw.</summary>
    public bool IsTakenAsRaw => Kind is null or RecordingKind.Raw;

    /// <summary>All of it, but for the hash of bare samples.</summary>
    internal static ReportSubject Of(SampleSet samples, RecordingKind? kind, RecordingHeader? header)
    {
        byte widest = 0;
        foreach (var sample in samples.Samples)
            widest |= sample;
        return new ReportSubject
        {
            Samples = samples.Length,
            Sha256 = header?.Sha256 ?? "",
            AlphabetSize = samples.AlphabetSize,
            SymbolBits = samples.SymbolBits,
            UsedBits = BitOperations.Log2(widest) + 1,
            Kind = kind,
            Recording = header,
        };
    }
}
