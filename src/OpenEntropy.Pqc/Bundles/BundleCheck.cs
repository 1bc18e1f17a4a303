namespace OpenEntropy.Pqc.Bundles;

/// <summary>One thing that was looked at.</summary>
/// <param name="Name">What.</param>
/// <param name="Ok">Whether it is as it must be.</param>
/// <param name="Detail">What was found, and where: one sentence.</param>
internal sealed record BundleCheck(string Name, bool Ok, string Detail);

/// <summary>What verification found.</summary>
/// <param name="Checks">Everything that was looked at.</param>
/// <param name="Id">The bundle; null where it does not say.</param>
/// <param name="Signer">The keys in the bundle, which the signatures were checked by; null where there are none.</param>
internal sealed record BundleVerification(IReadOnlyList<BundleCheck> Checks, string? Id, PublicIdentity? Signer)
{
    /// <summary>Whether all is as it must be. Who the signer is, it does not say.</summary>
    public bool IsValid => Checks.All(check => check.Ok);
}
