using System.ComponentModel.DataAnnotations;

namespace OpenEntropy.Server.Hosting;

/// <summary>How the service logs. Levels, and sinks beyond these, follow Serilog's own section, <c>Serilog</c>.</summary>
internal sealed class LoggingOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "OpenEntropy:Logging";

    /// <summary>One JSON object per line instead of readable text. Default false.</summary>
    public bool Json { get; set; }

    /// <summary>Also writes a file a day to <c>logs</c> below the storage directory. Default false.</summary>
    public bool Files { get; set; }

    /// <summary>One line a request: method, route, status, duration, bytes; docs/logs.md. Default false, and nothing is spent on it.</summary>
    public bool Requests { get; set; }

    /// <summary>Lines of one kind, and about one source, that are written in a minute, 1 to 100,000; of the rest the count. Default 10.</summary>
    [Range(1, 100_000)]
    public int RepeatsPerMinute { get; set; } = 10;

    /// <summary>Log files kept, 1 to 3,650. Default 14.</summary>
    [Range(1, 3650)]
    public int RetainedFiles { get; set; } = 14;

    /// <summary>Bytes after which a day's file is continued in another, 64 KiB to 1 GiB. Default 16 MiB.</summary>
    [Range(65_536L, 1_073_741_824L)]
    public long MaximumFileBytes { get; set; } = 16_777_216;
}
