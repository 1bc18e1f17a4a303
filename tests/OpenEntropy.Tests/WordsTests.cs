using Xunit;

namespace OpenEntropy.Tests;

public class WordsTests
{
    [Fact]
    public void Xor_EveryLengthUpToSomeVectors_IsThatOfEachByteAndLeavesTheRest()
    {
        for (var length = 0; length <= 200; length++)
        {
            var target = Enumerable.Range(0, length + 3).Select(i => (byte)(i * 37)).ToArray();
            var other = Enumerable.Range(0, length).Select(i => (byte)((i * 101) + 7)).ToArray();
            var expected = target.Select((value, i) => i < length ? (byte)(value ^ other[i]) : value).ToArray();

            Words.Xor(target, other);

            Assert.Equal(expected, target);
        }
    }

    [Fact]
    public void Xor_TargetShorter_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => Words.Xor(new byte[3], new byte[4]));
}
