using System.ComponentModel.DataAnnotations;

namespace OpenEntropy.Server.Audit;

/// <summary>The audit log.</summary>
internal sealed class AuditOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "OpenEntropy:Audit";

    /// <summary>Whether there is one. Default: true. Without it privileged acts leave no trace, which is a deviation in <c>/health</c>.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Bytes after which the log goes on in another file, 64 KiB to 1 GiB. Default: 16 MiB, about 48,000 entries.</summary>
    [Range(65_536, 1 << 30)]
    public int MaximumFileBytes { get; set; } = 16 << 20;

    /// <summary>Files that are kept, 2 to 10,000; the oldest beyond are deleted. Default: 64, with the default size 1 GiB in all.</summary>
    [Range(2, 10_000)]
    public int KeepFiles { get; set; } = 64;

    /// <summary>
    /// Lines a minute that tell of random output and of refusals, 1 to 4,096: so many for callers that are known by a key, a certificate or as this
    /// machine, and as many for addresses; the rest is counted as others. Default: 64.
    /// </summary>
    [Range(1, 4096)]
    public int LinesPerMinute { get; set; } = 64;
}
