using OpenEntropy.Pqc.Falcon;
using OpenEntropy.Pqc.Falcon.Formats;
using Xunit;

namespace OpenEntropy.Pqc.Tests.Falcon;

public class FalconParametersTests
{
    // Specification 2.6 and 3.13: ε = 1/√(2^64 λ), σ_min = √(ln(4n (1 + 1/ε)) / 2) / π, σ = 1.17 √q σ_min, β = 1.1 σ √(2n).
    [Theory]
    [InlineData("Falcon-512", 128, 897, 1281, 666)]
    [InlineData("Falcon-1024", 256, 1793, 2305, 1280)]
    public void Constants_DerivedAgain_AreThoseUsed(string name, int security, int publicBytes, int privateBytes, int signatureBytes)
    {
        var set = FalconCases.Set(name);
        var inverseOfEpsilon = Math.Sqrt(Math.ScaleB(security, 64));
        var sigmaMin = Math.Sqrt(Math.Log(4.0 * set.Degree * (1 + inverseOfEpsilon)) / 2) / Math.PI;
        var sigma = 1.17 * Math.Sqrt(FalconParameters.Modulus) * sigmaMin;
        var beta = 1.1 * sigma * Math.Sqrt(2.0 * set.Degree);

        Assert.Equal(name, set.Name);
        Assert.Equal(sigmaMin, set.SigmaMin, 1e-14);
        Assert.Equal(sigma, set.Sigma, 1e-11);
        Assert.Equal((int)(beta * beta), set.NormBound);
        Assert.Equal(publicBytes, set.PublicKeyBytes);
        Assert.Equal(privateBytes, set.PrivateKeyBytes);
        Assert.Equal(signatureBytes, set.PaddedSignatureBytes);
    }

    // The longest signature within the norm: the unary parts are no more than Σ |s| / 128 ≤ √n β / 128.
    [Theory]
    [InlineData("Falcon-512")]
    [InlineData("Falcon-1024")]
    public void MaxCompressedSignatureBytes_LongestWithinTheNorm_IsEnough(string name)
    {
        var set = FalconCases.Set(name);
        var unary = Math.Sqrt((double)set.Degree * set.NormBound) / 128;
        var bits = (9 * set.Degree) + (int)Math.Ceiling(unary);

        Assert.InRange(FalconParameters.SignatureHeadBytes + ((bits + 7) / 8), set.PaddedSignatureBytes, set.MaxCompressedSignatureBytes);
    }

    [Theory]
    [InlineData(5, 15)]
    [InlineData(6, 31)]
    [InlineData(8, 127)]
    public void MaxMagnitude_Width_LeavesTheLeastValueOut(int bits, int magnitude) =>
        Assert.Equal(magnitude, PrivateKeyEncoding.MaxMagnitude(bits));
}
