using System.Numerics;
using System.Runtime.Intrinsics;

namespace OpenEntropy.Assessment.NonIid;

/// <summary>
/// The scoreboard of 16 subpredictors: who has the most points leads, on a tie who reached it last, of several at once the last in order.
/// </summary>
/// <remarks>
/// The scores are bytes relative to the leader's: over 120 steps one that is 128 or more points behind cannot come to lead, so that its byte may
/// stand at zero meanwhile.
/// </remarks>
internal struct DepthScoreboard
{
    private const int BlockSteps = 120;
    private const byte LeaderAtStart = 128;

    private Scores _scores;
    private Vector128<byte> _relative;
    private Vector128<byte> _atStart;
    private byte _best;
    private int _stepsLeft;

    /// <summary>A scoreboard without points; the first subpredictor leads.</summary>
    public DepthScoreboard() => StartBlock();

    /// <summary>Who leads, 0 to 15.</summary>
    public int Leader { get; private set; }

    /// <summary>A byte of ones for each bit that is set.</summary>
    public static Vector128<byte> Expand(ushort bits)
    {
        var selector = Vector128.Create((byte)1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128);
        var halves = Vector128.Create((ulong)(bits & 0xFF) * 0x0101010101010101, (ulong)(bits >> 8) * 0x0101010101010101).AsByte();
        return Vector128.Equals(halves & selector, selector);
    }

    /// <summary>Gives points.</summary>
    /// <param name="right">A byte of ones for each subpredictor that was right.</param>
    public void Add(Vector128<byte> right)
    {
        _relative -= right;
        var scored = _relative & right;

        // Nobody gains more than one point a step: who leads now has one more than the best before, or as many.
        var leaders = Vector128.Equals(scored, Vector128.Create((byte)(_best + 1))).ExtractMostSignificantBits();
        if (leaders != 0)
            _best++;
        else
            leaders = Vector128.Equals(scored, Vector128.Create(_best)).ExtractMostSignificantBits();
        if (leaders != 0)
            Leader = BitOperations.Log2(leaders);

        if (--_stepsLeft == 0)
        {
            for (var i = 0; i < Vector128<byte>.Count; i++)
                _scores[i] += _relative[i] - _atStart[i];
            StartBlock();
        }
    }

    private void StartBlock()
    {
        Span<byte> relative = stackalloc byte[Vector128<byte>.Count];
        for (var i = 0; i < relative.Length; i++)
            relative[i] = (byte)Math.Max(0, _scores[i] - _scores[Leader] + LeaderAtStart);
        _relative = _atStart = Vector128.Create<byte>(relative);
        (_best, _stepsLeft) = (LeaderAtStart, BlockSteps);
    }

    [System.Runtime.CompilerServices.InlineArray(16)]
    private struct Scores
    {
        private long _first;
    }
}
