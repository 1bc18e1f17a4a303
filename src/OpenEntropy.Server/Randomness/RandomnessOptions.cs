using System.ComponentModel.DataAnnotations;

namespace OpenEntropy.Server.Randomness;

/// <summary>What one request for random values may ask.</summary>
internal sealed class RandomnessOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "OpenEntropy:Randomness";

    /// <summary>Array elements in one JSON answer, or lines in one of <c>format=lines</c>: 1 to 16,777,216. Default 65,536.</summary>
    [Range(1, 1 << 24)]
    public int MaxLength { get; set; } = 65_536;

    /// <summary>
    /// Random bytes behind one JSON answer or one of <c>format=lines</c>: 2,048 (one largest element) to 67,108,864. Default 4 MiB. The text is up to
    /// four times as long, and where it must be made before it is sent sixteen times as much memory holds all such answers (<see cref="AnswerMemory"/>).
    /// </summary>
    [Range(2048, 1 << 26)]
    public int MaxJsonBytes { get; set; } = 4 << 20;

    /// <summary>Random bytes in one streamed answer (octet-stream, hex, base64): 1 to 2^50. Default 1 GiB.</summary>
    [Range(1L, 1L << 50)]
    public long MaxBytes { get; set; } = 1L << 30;

    /// <summary>
    /// Whether anyone may read untested raw samples (<c>raw=true</c>, <c>conditioning=raw</c>, <c>conditioning=vonneumann</c>).
    /// Default false: they are research material and no randomness to use.
    /// </summary>
    public bool AllowRaw { get; set; }
}
