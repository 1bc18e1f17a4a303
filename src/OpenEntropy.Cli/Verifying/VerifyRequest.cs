namespace OpenEntropy.Cli.Verifying;

/// <summary>What <c>verify</c> was asked for.</summary>
/// <param name="Path">The receipt or bundle; - for standard input.</param>
/// <param name="Key">The file of the key that receipts are signed with; null: none.</param>
/// <param name="Identity">The file of the identity that bundles are signed with; null: none.</param>
/// <param name="Data">The file of a receipt's data; null: none.</param>
/// <param name="IsJson">Whether JSON is written.</param>
internal sealed record VerifyRequest(string Path, string? Key, string? Identity, string? Data, bool IsJson);

/// <summary>One thing that was looked at.</summary>
/// <param name="Name">What.</param>
/// <param name="Outcome"><c>passed</c>, <c>failed</c> or <c>not_checked</c>.</param>
/// <param name="Detail">What was found; null where there is nothing to say.</param>
internal sealed record VerifyCheck(string Name, string Outcome, string? Detail)
{
    public const string Passed = "passed";
    public const string Failed = "failed";
    public const string NotChecked = "not_checked";
}

/// <summary>What was found.</summary>
/// <param name="Kind"><c>receipt</c> or <c>bundle</c>.</param>
/// <param name="Valid">Whether it verifies.</param>
/// <param name="Id">A bundle's identifier; null of a receipt.</param>
/// <param name="Sequence">A receipt's number; null of a bundle.</param>
/// <param name="SignedBy">Identifiers of the keys that signed.</param>
/// <param name="Checks">Everything that was looked at.</param>
internal sealed record VerifyResult(
    string Kind,
    bool Valid,
    string? Id,
    long? Sequence,
    IReadOnlyList<string> SignedBy,
    IReadOnlyList<VerifyCheck> Checks
);
