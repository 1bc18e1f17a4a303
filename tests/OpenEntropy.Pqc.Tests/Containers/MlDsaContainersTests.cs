using OpenEntropy.Pqc.Containers;
using OpenEntropy.Pqc.MlDsa;
using Xunit;

namespace OpenEntropy.Pqc.Tests.Containers;

public class MlDsaContainersTests
{
    [Theory]
    [InlineData("ML-DSA-44")]
    [InlineData("ML-DSA-65")]
    [InlineData("ML-DSA-87")]
    public void ReadPrivateKey_EachFormWritten_IsTheKey(string name)
    {
        var known = new ContainerKey(name);
        using var key = MlDsaPrivateKey.FromSeed(MlDsaParameters.All.Single(parameters => parameters.Name == name), known.Seed);
        Assert.Equal(known.Pkcs8(PrivateKeyForm.Seed), MlDsaContainers.WritePrivateKey(key));
        foreach (var form in Enum.GetValues<PrivateKeyForm>())
        {
            Assert.Equal(known.Pkcs8(form), MlDsaContainers.WritePrivateKey(key, form));
            using var again = MlDsaContainers.ReadPrivateKey(known.Pkcs8(form));
            Assert.Equal(form != PrivateKeyForm.Expanded, again.HasSeed);
            Assert.True(again.PublicKey.IsSame(MlDsaContainers.ReadPublicKey(MlDsaContainers.WritePublicKey(key.PublicKey))));
        }

        using var expanded = MlDsaContainers.ReadPrivateKey(known.Pkcs8(PrivateKeyForm.Expanded));
        Assert.Throws<InvalidOperationException>(() => MlDsaContainers.WritePrivateKey(expanded));
    }

    [Fact]
    public void Read_KeyOfMlKem_IsNamed()
    {
        var key = new ContainerKey("ML-KEM-768");

        var ofPublic = Assert.Throws<KeyFormatException>(() => MlDsaContainers.ReadPublicKey(key.Spki));
        var ofPrivate = Assert.Throws<KeyFormatException>(() => MlDsaContainers.ReadPrivateKey(key.Pkcs8(PrivateKeyForm.Seed)));
        Assert.Equal("The key is one of ML-KEM-768, not of ML-DSA.", ofPublic.Message);
        Assert.Equal(ofPublic.Message, ofPrivate.Message);
    }
}
