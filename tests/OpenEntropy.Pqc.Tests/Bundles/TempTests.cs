using System.Security.Cryptography;
using OpenEntropy.Pqc.Falcon;
using Xunit;

namespace OpenEntropy.Pqc.Tests.Bundles;

public sealed class TempTests
{
    [Fact]
    public void Print()
    {
        using var key = FalconKeyGenerator.Generate(FalconParameters.Falcon512, new byte[48]);
        File.WriteAllText(
            "/tmp/wt/pqc_b-scratch/hash.txt",
            Convert.ToHexStringLower(SHA256.HashData(key.PublicKey.Encoded))
                + "\n"
                + Convert.ToHexStringLower(SHA256.HashData(key.Encode()))
        );
    }
}
