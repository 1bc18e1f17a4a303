using System.Security.Cryptography;
using OpenEntropy.Drbg;
using Xunit;

namespace OpenEntropy.Tests.Drbg;

public sealed unsafe class OsRandomTests
{
    private const int Interrupted = 4; // EINTR
    private const int NoSuchCall = 38; // ENOSYS

    [Theory]
    [InlineData(0)]
    [InlineData(32)]
    [InlineData(100_000)]
    public void Fill_AnyLength_WritesToTheLastByte(int length)
    {
        // A byte that is zero after 16 fills was not written, except with probability 2^-128 each.
        var union = new byte[length];
        var filled = new byte[length];
        for (var fill = 0; fill < 16; fill++)
        {
            OsRandom.Fill(filled);
            for (var i = 0; i < length; i++)
                union[i] |= filled[i];
        }
        Assert.DoesNotContain((byte)0, union);
    }

    [Fact]
    public void Fill_ShortAndInterruptedCalls_GoesOnUntilFull()
    {
        var calls = 0;
        nint Scripted(byte* buffer, nuint length, out int error)
        {
            error = 0;
            if (++calls % 2 == 0)
            {
                error = Interrupted;
                return -1;
            }
            var written = Math.Min((int)length, 7);
            new Span<byte>(buffer, written).Fill((byte)calls);
            return written;
        }

        var destination = new byte[20];
        OsRandom.Fill(destination, Scripted);
        Assert.Equal([1, 1, 1, 1, 1, 1, 1, 3, 3, 3, 3, 3, 3, 3, 5, 5, 5, 5, 5, 5], destination);
        Assert.Equal(5, calls);
    }

    [Theory]
    [InlineData(-1, NoSuchCall)]
    [InlineData(0, 0)]
    [InlineData(21, 0)]
    public void Fill_CallThatFails_ThrowsAndZeroesWhatItHad(int result, int errno)
    {
        var calls = 0;
        nint Scripted(byte* buffer, nuint length, out int error)
        {
            error = calls == 0 ? 0 : errno;
            if (calls++ > 0)
                return result;
            new Span<byte>(buffer, 7).Fill(0xA5);
            return 7;
        }

        var destination = new byte[20];
        Assert.Throws<CryptographicException>(() => OsRandom.Fill(destination, Scripted));
        Assert.Equal(new byte[20], destination);
        Assert.Equal(2, calls);
    }
}
