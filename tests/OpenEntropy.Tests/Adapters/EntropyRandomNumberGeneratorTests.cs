using System.Reflection;
using System.Security.Cryptography;
using OpenEntropy.Adapters;
using Xunit;

namespace OpenEntropy.Tests.Adapters;

public sealed class EntropyRandomNumberGeneratorTests
{
    [Fact]
    public void GetBytes_KnownBytes_AreGivenAsTheyAre()
    {
        var bytes = new KnownBytes("0102030405060708");
        using var numbers = new EntropyRandomNumberGenerator(bytes.Fill);
        byte[] first = [9, 9, 9, 9];
        var second = new byte[3];

        numbers.GetBytes(first, 1, 2);
        numbers.GetBytes(second);
        numbers.GetBytes([]);

        Assert.Equal([9, 1, 2, 9], first);
        Assert.Equal([3, 4, 5], second);
        Assert.Equal(5, bytes.Asked); // nothing is drawn ahead
    }

    [Fact]
    public void GetNonZeroBytes_BytesWithZeros_DropsThemAndDrawsAgain()
    {
        var bytes = new KnownBytes("0001000203" + "0004" + "05");
        using var numbers = new EntropyRandomNumberGenerator(bytes.Fill);
        var data = new byte[5];

        numbers.GetNonZeroBytes(data);

        Assert.Equal([1, 2, 3, 4, 5], data);
        Assert.Equal(8, bytes.Asked);
    }

    [Fact]
    public void EveryMember_OfARefusingPool_ThrowsAndLeavesZeros()
    {
        using var numbers = new EntropyRandomNumberGenerator(new KnownBytes("") { RefuseFrom = 1 }.Fill);
        byte[] data = [1, 1, 1];
        Action[] members =
        [
            () => numbers.GetBytes(data),
            () => numbers.GetBytes(data.AsSpan()),
            () => numbers.GetNonZeroBytes(data),
            () => numbers.GetNonZeroBytes(data.AsSpan()),
        ];
        foreach (var member in members)
        {
            Array.Fill(data, (byte)1);
            Assert.Throws<EntropyUnavailableException>(member);
            Assert.Equal([0, 0, 0], data);
        }

        Array.Fill(data, (byte)1);
        Assert.Throws<EntropyUnavailableException>(() => numbers.GetBytes(data, 0, 2));
        Assert.Equal([0, 0, 1], data);
    }

    [Fact]
    public void GetNonZeroBytes_RefusedInTheMiddle_LeavesZeros()
    {
        using var numbers = new EntropyRandomNumberGenerator(new KnownBytes("0102") { RefuseFrom = 2 }.Fill);
        byte[] data = [1, 1, 1];

        Assert.Throws<EntropyUnavailableException>(() => numbers.GetNonZeroBytes(data));

        Assert.Equal([0, 0, 0], data);
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, -1)]
    [InlineData(0, 5)]
    [InlineData(5, 0)]
    [InlineData(3, int.MaxValue)]
    public void GetBytes_PartOutsideTheArray_IsRefused(int offset, int count)
    {
        using var numbers = new EntropyRandomNumberGenerator(new KnownBytes("").Fill);

        Assert.ThrowsAny<ArgumentException>(() => numbers.GetBytes(new byte[4], offset, count));
    }

    [Fact]
    public void Members_ThatCanBeOverridden_AllAre()
    {
        const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
#pragma warning disable RS0030 // only looked at
        var members = typeof(RandomNumberGenerator).GetMethods(Declared);
#pragma warning restore RS0030
        foreach (var member in members.Where(method => method.IsVirtual && !method.IsFinal && method.Name != "Dispose"))
        {
            var types = member.GetParameters().Select(parameter => parameter.ParameterType).ToArray();

            Assert.True(
                typeof(EntropyRandomNumberGenerator).GetMethod(member.Name, Declared, types) is not null,
                $"{member} is the base's"
            );
        }
    }
}
