using OpenEntropy.Noise;
using OpenEntropy.Noise.Hardware;
using Xunit;

namespace OpenEntropy.Tests.Noise.Hardware;

// Bytes laid out by TPM 2.0 Library, Part 3, 16.1: tag, size, code, then TPM2B_DIGEST: size and bytes.
public class TpmGetRandomTests
{
    [Fact]
    public void WriteCommand_FourBytes_IsTheCommandOfTheSpecification()
    {
        var command = new byte[TpmGetRandom.CommandBytes];

        TpmGetRandom.WriteCommand(command, 4);

        Assert.Equal("8001" + "0000000C" + "0000017B" + "0004", Convert.ToHexString(command));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(TpmGetRandom.MaximumRandomBytes + 1)]
    public void WriteCommand_CountOutOfRange_Throws(int count) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => TpmGetRandom.WriteCommand(new byte[TpmGetRandom.CommandBytes], count));

    [Theory]
    [InlineData("8001" + "00000010" + "00000000" + "0004" + "DEADBEEF", "DEADBEEF")]
    [InlineData("8001" + "0000000E" + "00000000" + "0002" + "DEAD", "DEAD")] // fewer than asked
    public void ParseResponse_Success_GivesTheRandomBytes(string response, string random) =>
        Assert.Equal(random, Convert.ToHexString(TpmGetRandom.ParseResponse(Convert.FromHexString(response), 4)));

    [Theory]
    [InlineData("", "after 0 bytes")]
    [InlineData("8001" + "0000000A" + "0000", "after 8 bytes")]
    [InlineData("8001" + "0000000A" + "00000101", "0x101")] // TPM_RC_FAILURE
    [InlineData("00C4" + "0000000A" + "0000001E", "0x01E")] // TPM_RC_BAD_TAG, under the tag of TPM 1.2
    [InlineData("8002" + "00000010" + "00000000" + "0004" + "DEADBEEF", "tag 0x8002")] // a response within a session
    [InlineData("8001" + "00000011" + "00000000" + "0004" + "DEADBEEF", "says 17")] // a byte is missing
    [InlineData("8001" + "0000000A" + "00000000", "says 10")] // success without random bytes
    [InlineData("8001" + "00000010" + "00000000" + "0003" + "DEADBEEF", "3 random bytes")]
    [InlineData("8001" + "00000010" + "00000000" + "0005" + "DEADBEEF", "5 random bytes")]
    [InlineData("8001" + "0000000C" + "00000000" + "0000", "0 random bytes")]
    [InlineData("8001" + "00000011" + "00000000" + "0005" + "DEADBEEF01", "4 were asked for")]
    public void ParseResponse_AnythingElse_ThrowsAndSaysWhat(string response, string saying)
    {
        var bytes = Convert.FromHexString(response);

        var exception = Assert.Throws<NoiseSourceException>(() => TpmGetRandom.ParseResponse(bytes, 4).Length);

        Assert.Contains(saying, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("8001" + "0000000A" + "00000922", true)] // TPM_RC_RETRY
    [InlineData("8001" + "0000000A" + "00000908", true)] // TPM_RC_YIELDED
    [InlineData("8001" + "0000000A" + "0000090A", true)] // TPM_RC_TESTING
    [InlineData("8001" + "0000000A" + "00000921", false)] // TPM_RC_LOCKOUT
    [InlineData("8001" + "00000010" + "00000000" + "0004" + "DEADBEEF", false)]
    [InlineData("8001" + "0000000A" + "0000", false)]
    public void IsBusy_EachResponse_IsTrueForTheWarningsThatAskForPatience(string response, bool busy) =>
        Assert.Equal(busy, TpmGetRandom.IsBusy(Convert.FromHexString(response)));
}
