using OpenEntropy.Pqc.Containers;
using OpenEntropy.Pqc.Tests.MlDsa;
using Xunit;

namespace OpenEntropy.Pqc.Tests.Containers;

/// <summary>A key pair of any algorithm with containers, the same in every run.</summary>
internal sealed class ContainerKey
{
    public ContainerKey(string name, string label = "container")
    {
        Algorithm = KeyAlgorithm.Named(name);
        Seed = new ScriptedBytes($"{label} {name}").Next(Algorithm.SeedBytes);
        (PublicKey, ExpandedKey) = (new byte[Algorithm.PublicKeyBytes], new byte[Algorithm.ExpandedKeyBytes]);
        Algorithm.Expand(Seed, PublicKey, ExpandedKey);
    }

    public static TheoryData<string> Names => [.. KeyAlgorithm.All.Select(algorithm => algorithm.Name)];

    public KeyAlgorithm Algorithm { get; }

    public byte[] Seed { get; }

    public byte[] PublicKey { get; }

    public byte[] ExpandedKey { get; }

    public byte[] Spki => SubjectPublicKeyInfo.Write(Algorithm, PublicKey);

    public byte[] Pkcs8(PrivateKeyForm form) =>
        form switch
        {
            PrivateKeyForm.Seed => PrivateKeyInfo.WriteSeed(Algorithm, Seed),
            PrivateKeyForm.Expanded => PrivateKeyInfo.WriteExpanded(Algorithm, ExpandedKey),
            _ => PrivateKeyInfo.WriteBoth(Algorithm, Seed, ExpandedKey),
        };
}
