using System.ComponentModel.DataAnnotations;

namespace OpenEntropy.Server.Drills;

/// <summary>Whether parts of the service can be made to fail on purpose, and for how long.</summary>
internal sealed class DrillOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "OpenEntropy:Drills";

    /// <summary>The setting that allows drills, as messages name it.</summary>
    public const string EnabledKey = $"{Section}:{nameof(Enabled)}";

    /// <summary>Whether operators may drill: make a source, the pool or a self-test fail for a while. Default false; then the routes answer 404.</summary>
    public bool Enabled { get; set; }

    /// <summary>The longest a drill may be asked to last, 1 s to 10 min. Default 10 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan LongestDuration { get; set; } = TimeSpan.FromMinutes(10);
}
