using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;

namespace OpenEntropy.Server.Randomness;

/// <summary>
/// What answers that are held until their clients have read them rent for their bytes and text, accounted for all requests together, so that those
/// of clients that do not read stay below a limit. Answers of up to <see cref="Free"/> bytes, those that are drawn in slices, and what the web
/// server and the kernels buffer for a connection are not counted: they grow with the connections, whose number the operator may limit.
/// </summary>
/// <param name="options">The largest answer.</param>
internal sealed class AnswerMemory(IOptions<RandomnessOptions> options)
{
    /// <summary>An answer that holds no more than this is not counted, and so never refused; bytes.</summary>
    public const int Free = 65_536;

    /// <summary>What is said to a request that finds too little left.</summary>
    public const string Refusal =
        "answers that are held whole until their clients have read them take all the memory there is for them: ask for less, or again later";

    // The largest holds its bytes in an array of up to twice their length, and four times as much text.
    private const int LargestAnswers = 8;
    private const long Least = 1 << 20;

    private long _held;

    /// <summary>When to ask again: it is not known when a client reads.</summary>
    public static TimeSpan RetryAfter { get; } = TimeSpan.FromSeconds(1);

    /// <summary>The most that is held, bytes.</summary>
    public long Limit { get; } = Math.Max(Least, LargestAnswers * (long)options.Value.MaxJsonBytes);

    /// <summary>What is held now, bytes; answers that are not counted are not in it.</summary>
    public long Held => Interlocked.Read(ref _held);

    /// <summary>Takes memory for one answer.</summary>
    /// <param name="bytes">The most it will hold.</param>
    /// <param name="held">To be disposed of when nothing is held any more.</param>
    /// <returns>False where too little is left.</returns>
    public bool TryHold(long bytes, [NotNullWhen(true)] out HeldMemory? held)
    {
        // Nothing stands in the account, not even for a moment, that does not fit: it would have others refused that do.
        var counted = Counted(bytes);
        for (var now = Held; counted == 0 || counted <= Limit - now; )
        {
            var before = Interlocked.CompareExchange(ref _held, now + counted, now);
            if (before == now)
            {
                held = new HeldMemory(this, counted);
                return true;
            }

            now = before;
        }

        held = null;
        return false;
    }

    /// <summary>What of an answer's memory is counted.</summary>
    /// <param name="bytes">What it holds.</param>
    internal static long Counted(long bytes) => bytes > Free ? bytes : 0;

    /// <summary>Changes the account.</summary>
    /// <param name="bytes">The difference.</param>
    internal void Add(long bytes) => Interlocked.Add(ref _held, bytes);
}
