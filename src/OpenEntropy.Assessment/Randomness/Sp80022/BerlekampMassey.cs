using System.Numerics;

namespace OpenEntropy.Assessment.Randomness.Sp80022;

/// <summary>
/// The linear complexity of blocks of bits by J. L. Massey, "Shift-register synthesis and BCH decoding", IEEE Transactions on Information Theory 15,
/// 1969, with 64 coefficients of a polynomial in a word.
/// </summary>
internal sealed class BerlekampMassey
{
    private readonly int _blockLength;
    private readonly ulong[] _connection; // C(x), coefficient i at bit i.
    private readonly ulong[] _previous; // x^(N−m) B(x): C before the length last changed, moved up by the steps since.
    private readonly ulong[] _reversed; // The bits so far, the latest at bit 0: what C is multiplied by.

    /// <param name="blockLength">M, bits.</param>
    public BerlekampMassey(int blockLength)
    {
        _blockLength = blockLength;
        var words = (blockLength / 64) + 1; // C(x) has a degree of up to M.
        (_connection, _previous, _reversed) = (new ulong[words], new ulong[words], new ulong[words]);
    }

    /// <summary>L, the length of the shortest linear feedback shift register that generates a block.</summary>
    /// <param name="bits">The sequence.</param>
    /// <param name="start">Where the block begins.</param>
    public int LinearComplexity(BitSequence bits, int start)
    {
        // m = −1 to begin with.
        Array.Clear(_connection);
        Array.Clear(_previous);
        Array.Clear(_reversed);
        (_connection[0], _previous[0]) = (1, 1);
        var complexity = 0;
        for (var n = 0; n < _blockLength; n++)
        {
            var at = start + n;
            var words = ((n + 1) / 64) + 1; // No polynomial has a degree above n + 1 yet.
            if (!Advance((bits.Words[at >> 6] >> at) & 1, words))
                continue;
            var grows = complexity <= n / 2;
            Correct(words, grows);
            if (grows)
                complexity = n + 1 - complexity;
        }

        return complexity;
    }

    /// <summary>Takes the next bit; whether the register so far predicts it wrongly.</summary>
    private bool Advance(ulong bit, int words)
    {
        var connection = _connection.AsSpan(0, words);
        var previous = _previous.AsSpan(0, words);
        var reversed = _reversed.AsSpan(0, words);
        var (product, carry, previousCarry) = (0UL, bit, 0UL);
        for (var i = 0; i < connection.Length; i++)
        {
            var (word, previousWord) = (reversed[i], previous[i]);
            reversed[i] = (word << 1) | carry;
            previous[i] = (previousWord << 1) | previousCarry;
            (carry, previousCarry) = (word >> 63, previousWord >> 63);
            product ^= connection[i] & reversed[i];
        }

        return (BitOperations.PopCount(product) & 1) != 0;
    }

    /// <summary>C(x) += x^(N−m) B(x); where the register grows, B(x) is the old C(x).</summary>
    private void Correct(int words, bool grows)
    {
        var connection = _connection.AsSpan(0, words);
        var previous = _previous.AsSpan(0, words);
        for (var i = 0; i < connection.Length; i++)
        {
            var old = connection[i];
            connection[i] ^= previous[i];
            if (grows)
                previous[i] = old;
        }
    }
}
