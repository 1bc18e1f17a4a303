using OpenEntropy.Pqc.Bundles;

namespace OpenEntropy.Server.Bundles;

/// <summary>An identity that signs or signed here.</summary>
/// <param name="Keys">Its public keys.</param>
/// <param name="Created">When they were made.</param>
/// <param name="Replaced">When others were found in their place; null for those in use.</param>
internal sealed record KnownIdentity(PublicIdentity Keys, DateTimeOffset Created, DateTimeOffset? Replaced)
{
    /// <summary>When these keys were found without a history, so that nothing is known of any before them; null where none was missing.</summary>
    public DateTimeOffset? HistoryLost { get; init; }
}

/// <summary>An identity in use.</summary>
/// <param name="Keys">Its keys.</param>
/// <param name="History">It and those before it, the latest first.</param>
internal sealed record OpenBundleIdentity(BundleIdentity Keys, IReadOnlyList<KnownIdentity> History);
