using System.Reflection;
using OpenEntropy.Adapters;
using OpenEntropy.Tests.Values;
using Xunit;

namespace OpenEntropy.Tests.Adapters;

public sealed class EntropyRandomTests
{
    // By hand: n = 2^31 − 1 goes twice into 2^32, so FFFFFFFE and FFFFFFFF are dropped.
    [Theory]
    [InlineData("00000005", 5)]
    [InlineData("7FFFFFFE", int.MaxValue - 1)]
    [InlineData("7FFFFFFF", 0)]
    [InlineData("FFFFFFFD", int.MaxValue - 1)]
    [InlineData("FFFFFFFEFFFFFFFF00000007", 7)]
    public void Next_KnownBytes_GivesTheNumberByHand(string bytes, int expected)
    {
        using var random = new EntropyRandom(new KnownBytes(bytes).Fill);

        Assert.Equal(expected, random.Next());
    }

    [Theory]
    [InlineData(0, 6, "FCFDFEFF03", 3)]
    [InlineData(-3, 0, "04", -2)]
    [InlineData(0, 257, "FFFF0101", 0)]
    [InlineData(int.MinValue, int.MaxValue, "00000000", int.MinValue)]
    [InlineData(int.MinValue, int.MaxValue, "FFFFFFFE", int.MaxValue - 1)]
    [InlineData(int.MinValue, int.MaxValue, "FFFFFFFF00000001", int.MinValue + 1)]
    public void Next_KnownBytesAndARange_GivesTheNumberByHand(int min, int max, string bytes, int expected)
    {
        using var random = new EntropyRandom(new KnownBytes(bytes).Fill);
        using var wide = new EntropyRandom(new KnownBytes(bytes).Fill);

        Assert.Equal(expected, random.Next(min, max));
        Assert.Equal(expected, wide.NextInt64(min, max));
    }

    [Theory]
    [InlineData(long.MinValue, long.MaxValue, "0000000000000000", long.MinValue)]
    [InlineData(long.MinValue, long.MaxValue, "FFFFFFFFFFFFFFFF8000000000000000", 0)]
    [InlineData(-1, long.MaxValue, "0000000000000001", 0)]
    public void NextInt64_KnownBytes_GivesTheNumberByHand(long min, long max, string bytes, long expected)
    {
        using var random = new EntropyRandom(new KnownBytes(bytes).Fill);

        Assert.Equal(expected, random.NextInt64(min, max));
    }

    [Fact]
    public void Floats_HighestAndLowestBytes_StayBelowOneAndReachZero()
    {
        using var highest = new EntropyRandom(new KnownBytes(new string('F', 40)).Fill);
        using var lowest = new EntropyRandom(new KnownBytes("").Fill);

        Assert.Equal(1 - Math.ScaleB(1, -53), highest.NextDouble());
        Assert.Equal(1 - MathF.ScaleB(1, -24), highest.NextSingle());
        Assert.Equal(0, lowest.NextDouble());
        Assert.Equal(0, lowest.NextSingle());
        Assert.Equal(long.MaxValue - 1, new EntropyRandom(new KnownBytes("7FFFFFFFFFFFFFFE").Fill).NextInt64());
    }

    [Fact]
    public void Members_ThatCanBeOverridden_AllAre()
    {
        const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        foreach (var member in typeof(Random).GetMethods(Declared).Where(method => method.IsVirtual && !method.IsFinal))
        {
            var types = member.GetParameters().Select(parameter => parameter.ParameterType).ToArray();
            var own = typeof(EntropyRandom).GetMethod(member.Name, Declared, types);

            Assert.True(own is not null, $"{member} is the base's");
        }
    }

    [Fact]
    public void EveryMember_OfARefusingPool_Throws()
    {
        using var random = new EntropyRandom(new KnownBytes("") { RefuseFrom = 1 }.Fill);
        Action[] members =
        [
            () => random.Next(),
            () => random.Next(9),
            () => random.Next(-1, 9),
            () => random.NextInt64(),
            () => random.NextInt64(9),
            () => random.NextInt64(-1, 9),
            () => random.NextDouble(),
            () => random.NextSingle(),
            () => random.NextBytes(new byte[1]),
            () => random.NextBytes(new byte[EntropyRandom.DrawnAhead].AsSpan()),
            () => random.Shuffle(new int[3]),
            () => random.GetItems([1, 2, 3], 2),
            () => random.GetItems([1, 2, 3, 4], 2),
            () => random.GetHexString(5),
            () => random.GetString("abc", 5),
        ];

        Assert.All(members, member => Assert.Throws<EntropyUnavailableException>(member));
    }

    [Theory]
    [InlineData(1000)] // the second piece is refused
    [InlineData(EntropyRandom.DrawnAhead)]
    public void NextBytes_Refused_LeavesZeros(int length)
    {
        using var random = new EntropyRandom(new KnownBytes(new string('F', 2 * EntropyRandom.DrawnAhead)) { RefuseFrom = 2 }.Fill);
        var buffer = new byte[length];
        random.NextBytes(buffer.AsSpan(0, 500));
        Array.Fill(buffer, (byte)1);

        Assert.Throws<EntropyUnavailableException>(() => random.NextBytes(buffer));

        Assert.All(buffer, value => Assert.Equal(0, value));
    }

    [Fact]
    public void NextBytes_OfManyBytes_AreDrawnByThemselves()
    {
        var bytes = new KnownBytes("");
        using var random = new EntropyRandom(bytes.Fill);

        random.NextBytes(new byte[100_000]);
        Assert.Equal(100_000, bytes.Asked);
        random.NextBytes(new byte[10]);
        random.NextBytes([]);
        Assert.Equal(100_000 + EntropyRandom.DrawnAhead, bytes.Asked);
    }

    [Fact]
    public void Next_BadRange_IsRefusedAsTheBaseDoes()
    {
        using var random = new EntropyRandom(new KnownBytes("").Fill);

        Assert.Throws<ArgumentOutOfRangeException>(() => random.Next(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.Next(2, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.NextInt64(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.NextInt64(2, 1));
        Assert.Equal(0, random.Next(0));
        Assert.Equal(0, random.NextInt64(0));
        Assert.Equal(7, random.Next(7, 7));
        Assert.Equal(-7, random.NextInt64(-7, -7));
    }

    [Fact]
    public void Next_OfOurGenerator_GivesEveryNumberEquallyOften()
    {
        using var supply = ScriptedSupply.OfGenerator(seed: 7);
        using var random = new EntropyRandom(supply.Read);
        var counts = new long[7];
        for (var i = 0; i < 70_000; i++)
            counts[random.Next(7)]++;

        Assert.True(Math.Abs(Goodness.ChiSquareScore(counts)) < 3.09); // the same in every run
    }
}
