using OpenEntropy.Health;
using OpenEntropy.Noise;
using OpenEntropy.Server.Health;
using OpenEntropy.Server.Pool;

namespace OpenEntropy.Server.Bundles;

/// <summary>The evidence in a bundle: what the engine's accounts said when its keys were made. Never the content of pool or generator.</summary>
internal sealed record EvidenceBody
{
    /// <summary>The seed blocks behind the keys of this bundle.</summary>
    public required MintingBody Minting { get; init; }

    /// <summary>The accounts of the pool, as <c>/pool/status</c> has them.</summary>
    public required PoolBody Pool { get; init; }

    /// <summary>The sources that were expected to give samples.</summary>
    public required IReadOnlyList<EvidenceSource> Sources { get; init; }

    /// <summary>All sources, the unavailable and the disabled among them.</summary>
    public required int SourcesTotal { get; init; }

    /// <summary>What the algorithms were tried by before the first key of this process.</summary>
    public required IReadOnlyList<CheckBody> SelfTests { get; init; }

    /// <summary>The program.</summary>
    public required SoftwareBody Software { get; init; }

    /// <summary>From the accounts.</summary>
    /// <param name="status">The accounts, after the draws.</param>
    /// <param name="keys">Keys made, each of a draw of its own.</param>
    /// <param name="blocks">Seed blocks that one draw takes.</param>
    /// <param name="selfTests">The self-tests.</param>
    public static EvidenceBody From(EntropyPoolStatus status, int keys, long blocks, IReadOnlyList<CheckBody> selfTests) =>
        new()
        {
            Minting = new MintingBody(keys, keys * blocks, keys * blocks * status.BlockRequirementBits, status.Reseeds.Values.Sum()),
            Pool = PoolBody.From(status),
            Sources = [.. status.Sources.Where(source => source.Expected).Select(EvidenceSource.From)],
            SourcesTotal = status.Sources.Count,
            SelfTests = selfTests,
            Software = new SoftwareBody("OpenEntropy", typeof(EntropyPool).Assembly.GetName().Version?.ToString(3) ?? "0.0.0"),
        };
}

/// <summary>What the keys took.</summary>
/// <param name="Draws">Draws of generator output with prediction resistance, one for each key.</param>
/// <param name="SeedBlocks">Seed blocks that went into these draws.</param>
/// <param name="AssessedBits">Assessed entropy behind these blocks, bits.</param>
/// <param name="Reseeds">Seedings of the generators since the start.</param>
internal sealed record MintingBody(int Draws, long SeedBlocks, long AssessedBits, long Reseeds);

/// <summary>A source. Entropies are in bits per 8-bit sample.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Category">The part of the machine.</param>
/// <param name="State">Its state.</param>
/// <param name="Bytes">Samples collected and tested.</param>
/// <param name="Failures">Failed health tests.</param>
/// <param name="ClaimedMinEntropy">What a sample earns.</param>
/// <param name="AssessedMinEntropy">The latest assessment on this machine; null before there is one.</param>
/// <param name="Entropy">Shannon entropy of the latest samples. For display.</param>
/// <param name="CreditedBits">Credited min-entropy, bits.</param>
internal sealed record EvidenceSource(
    string Name,
    string Category,
    string State,
    long Bytes,
    long Failures,
    double ClaimedMinEntropy,
    double? AssessedMinEntropy,
    double Entropy,
    double CreditedBits
)
{
    /// <summary>From a source's status.</summary>
    /// <param name="status">The status.</param>
    public static EvidenceSource From(EntropySourceStatus status) =>
        new(
            status.Info.Name,
            StateNames<NoiseCategory>.Of(status.Info.Category),
            StateNames<SourceState>.Of(status.State),
            status.Samples,
            status.Failures.Values.Sum(),
            status.ClaimedMinEntropy,
            status.AssessedMinEntropy,
            status.ShannonEntropy,
            status.CreditedBits
        );
}

/// <summary>The program.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version.</param>
internal sealed record SoftwareBody(string Name, string Version);
