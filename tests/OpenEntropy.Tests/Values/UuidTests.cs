using OpenEntropy.Values;
using Xunit;

namespace OpenEntropy.Tests.Values;

public sealed class UuidTests
{
    // RFC 9562, appendix A.3: the octets of its example are those of version 4 whatever stands in the six bits that are set.
    [Theory]
    [InlineData("919108F752D143209BACF847DB4148A8", "919108f7-52d1-4320-9bac-f847db4148a8")]
    [InlineData("919108F752D1F3205BACF847DB4148A8", "919108f7-52d1-4320-9bac-f847db4148a8")]
    [InlineData("00000000000000000000000000000000", "00000000-0000-4000-8000-000000000000")]
    [InlineData("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF", "ffffffff-ffff-4fff-bfff-ffffffffffff")]
    public void Next4_KnownBytes_GiveTheUuidByHand(string bytes, string expected)
    {
        using var supply = ScriptedSupply.OfHex(bytes);

        Assert.Equal(expected, Version4Uuids.Next(supply).ToString());
        Assert.Equal(16, supply.Consumed);
    }

    // RFC 9562, appendix A.6: 2022-02-22 14:22:22.00 at UTC−5, rand_a CC3, rand_b 18C4DC0C0C07398F. The counter starts at most at 7FF, so CC3 is the
    // UUID of the place CC3 − 7FF.
    [Fact]
    public void Next7_ExampleOfTheRfc_IsReached()
    {
        var time = new DateTimeOffset(2022, 2, 22, 14, 22, 22, TimeSpan.FromHours(-5));
        var random = string.Concat(Enumerable.Repeat("58C4DC0C0C07398F", 0xCC3 - 0x7FF + 1));
        using var supply = ScriptedSupply.OfHex("FFFF" + random);
        var uuids = new Version7Uuids(time);

        var all = Enumerable.Range(0, 0xCC3 - 0x7FF + 1).Select(_ => uuids.Next(supply).ToString()).ToList();

        Assert.Equal("017f22e2-79b0-77ff-98c4-dc0c0c07398f", all[0]);
        Assert.Equal("017f22e2-79b0-7cc3-98c4-dc0c0c07398f", all[^1]);
        Assert.Equal(2 + (8 * all.Count), supply.Consumed);
    }

    [Fact]
    public void Next7_CounterOverflows_RunsIntoTheTime()
    {
        using var supply = ScriptedSupply.OfGenerator(18);
        var time = DateTimeOffset.FromUnixTimeMilliseconds(0x0123456789AB);
        var uuids = new Version7Uuids(time);

        var all = Enumerable.Range(0, 65_536).Select(_ => uuids.Next(supply).ToString()).ToList();

        Assert.StartsWith("01234567-89ab-7", all[0], StringComparison.Ordinal);
        Assert.Equal(all.Order(StringComparer.Ordinal), all);
        Assert.Equal(all.Count, all.Select(uuid => uuid[..18]).Distinct(StringComparer.Ordinal).Count());
        Assert.InRange(
            Convert.ToInt64(all[^1].Replace("-", "", StringComparison.Ordinal)[..12], 16),
            0x0123456789AB + 15,
            0x0123456789AB + 17
        );
        Assert.All(all, uuid => Assert.Matches("^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", uuid));
    }

    [Fact]
    public void New7_TimeBefore1970_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Version7Uuids(DateTimeOffset.UnixEpoch.AddMilliseconds(-1)));

    [Fact]
    public void Next_GeneratorOutput_SetsEveryOtherBitHalfOfTheTime()
    {
        using var supply = ScriptedSupply.OfGenerator(19);
        var seven = new Version7Uuids(DateTimeOffset.UnixEpoch);
        var (ones4, ones7) = (new int[128], new int[128]);
        for (var i = 0; i < 20_000; i++)
        {
            CountBits(Version4Uuids.Next(supply), ones4);
            CountBits(seven.Next(supply), ones7);
        }

        // Half of 20,000 with a standard deviation of 71: five of them either way. Bits 48 to 51 and 64, 65 are set.
        Assert.All(Free4().Select(bit => ones4[bit]), count => Assert.InRange(count, 9_645, 10_355));
        Assert.All(Enumerable.Range(66, 62).Select(bit => ones7[bit]), count => Assert.InRange(count, 9_645, 10_355));
    }

    private static IEnumerable<int> Free4() => Enumerable.Range(0, 128).Where(bit => bit is not (>= 48 and <= 51 or 64 or 65));

    private static void CountBits(Guid uuid, int[] ones)
    {
        var octets = uuid.ToByteArray(bigEndian: true);
        for (var bit = 0; bit < ones.Length; bit++)
            ones[bit] += (octets[bit / 8] >> (7 - (bit % 8))) & 1;
    }
}
