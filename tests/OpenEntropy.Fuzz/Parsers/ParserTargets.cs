using OpenEntropy.Fuzz.Parsers.Targets;

namespace OpenEntropy.Fuzz.Parsers;

/// <summary>Every parser that reads what another wrote.</summary>
internal static class ParserTargets
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<ParserTarget> All { get; } =
    [
        .. DeviceTargets.All,
        .. NetworkTargets.All,
        .. SettingTargets.All,
        .. RequestTargets.All,
        .. BundleTargets.All,
        .. KeyTargets.All,
        .. ApiKeyTargets.All,
        .. ReceiptTargets.All,
        .. FileTargets.All,
        .. FrameTargets.All,
        .. AuditTargets.All,
        .. CommandLineTargets.All,
        .. ClientTargets.All,
    ];
}
