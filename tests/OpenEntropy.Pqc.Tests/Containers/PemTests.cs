using OpenEntropy.Pqc.Containers;
using Xunit;

namespace OpenEntropy.Pqc.Tests.Containers;

public class PemTests
{
    // RFC 9881, C.1.1.1.
    private const string Example =
        "-----BEGIN PRIVATE KEY-----\nMDQCAQAwCwYJYIZIAWUDBAMRBCKAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZ\nGhscHR4f\n-----END PRIVATE KEY-----\n";

    [Fact]
    public void WriteAndRead_ExampleOfTheStandard_AreEachOthersReverse()
    {
        var encoded = Pem.Read(Example, PrivateKeyInfo.PemLabel);

        Assert.Equal(Enumerable.Range(0, 32).Select(value => (byte)value), encoded[^32..]);
        Assert.Equal(Example, new string(Pem.Write(PrivateKeyInfo.PemLabel, encoded)));
    }

    [Fact]
    public void Read_WhiteSpaceAround_IsTaken() =>
        Assert.NotEmpty(Pem.Read($"\r\n {Example.Replace("\n", "\r\n", StringComparison.Ordinal)}\t\n", PrivateKeyInfo.PemLabel));

    [Theory]
    [InlineData("", "The text is not PEM.")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nMDQ=\n-----END PUBLIC KEY-----", "The text is not PEM.")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nMD*=\n-----END PRIVATE KEY-----", "The text is not PEM.")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nMDQ=\n-----END PUBLIC KEY-----", "The text is a PUBLIC KEY in PEM, not a PRIVATE KEY.")]
    [InlineData("x\n" + Example, "There is something else in the text than a PRIVATE KEY in PEM.")]
    [InlineData(Example + "x", "There is something else in the text than a PRIVATE KEY in PEM.")]
    [InlineData(Example + Example, "There is something else in the text than a PRIVATE KEY in PEM.")]
    public void Read_AnythingElse_IsNamed(string text, string message) =>
        Assert.Equal(message, Assert.Throws<KeyFormatException>(() => Pem.Read(text, PrivateKeyInfo.PemLabel)).Message);
}
