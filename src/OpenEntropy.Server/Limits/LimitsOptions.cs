using System.ComponentModel.DataAnnotations;
using OpenEntropy.Server.Security;

namespace OpenEntropy.Server.Limits;

/// <summary>What callers may ask: each the same, but for those that are named below <c>Callers</c>.</summary>
internal sealed class LimitsOptions : CallerLimits
{
    /// <summary>The configuration section.</summary>
    public const string Section = "OpenEntropy:Limits";

    /// <summary>Where callers have limits of their own: <c>OpenEntropy:Limits:Callers:{id}:RequestsPerSecond</c> and so on.</summary>
    public const string CallersSection = $"{Section}:Callers";

    /// <summary>Whether callers are limited at all. Default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Whether this machine's loopback, which is one caller, is limited as others are. Default false.</summary>
    public bool Local { get; set; }

    /// <summary>Callers that are told apart at once, 1 to 1,048,576; those beyond share one account. Default 16,384, in some 4 MiB.</summary>
    [Range(1, 1 << 20)]
    public int MaximumCallers { get; set; } = 16_384;

    /// <summary>For how long a caller that asked for seed blocks keeps its share of them, 1 s to 1 h. Default 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan ShareWindow { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The callers with limits of their own, by id.</summary>
    public Dictionary<string, CallerLimits> Callers { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A caller's limits; null where it has none.</summary>
    /// <param name="caller">The caller.</param>
    public CallerLimits? Of(Caller caller)
    {
        var limits =
            !Enabled ? null
            : Callers.Count > 0 && Callers.TryGetValue(caller.Id, out var own) ? own
            : caller.Kind == CallerKind.Local && !Local ? null
            : this;
        return limits is { IsAny: true } ? limits : null;
    }
}
