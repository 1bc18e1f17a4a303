using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;
using OpenEntropy.Server.Security;

namespace OpenEntropy.Server.Randomness;

/// <summary>
/// What answers that are held until their clients have read them rent for their bytes and text, accounted for all requests together, so that those
/// of clients that do not read stay below a limit. A caller that holds none gets whatever fits; one that holds some gets another only where it then
/// holds no more than is left, so that no caller ever holds more than half of all, and beside one that holds this there is room for the largest
/// answer of another. Answers of up to <see cref="Free"/> bytes, those that are drawn in slices, and what the web server and the kernels buffer for a
/// connection are not counted: they grow with the connections, whose number the operator may limit.
/// </summary>
/// <param name="options">The largest answer.</param>
internal sealed class AnswerMemory(IOptions<RandomnessOptions> options)
{
    /// <summary>An answer that holds no more than this is not counted, and so never refused; bytes.</summary>
    public const int Free = 65_536;

    /// <summary>What is said to a request that finds too little left.</summary>
    public const string Refusal =
        "answers that are held whole until their clients have read them take all the memory there is for them: ask for less, or again later";

    /// <summary>What is said to a request whose caller holds its share.</summary>
    public const string ShareRefusal =
        "answers that are held whole until this caller has read them take its share of the memory there is for them: read them, ask for less, or again later";

    // The largest holds its bytes in an array of up to twice their length, and four times as much text; half of all has room for it.
    private const int LargestAnswers = 16;
    private const long Least = 2 << 20;

    // Taken for large answers that are held, and for no others.
    private readonly Lock _lock = new();

    // Only of callers that hold something counted, and so never more than there is room for.
    private readonly Dictionary<Caller, long> _byCaller = [];
    private long _held;

    /// <summary>When to ask again: it is not known when a client reads.</summary>
    public static TimeSpan RetryAfter { get; } = TimeSpan.FromSeconds(1);

    /// <summary>The most that is held, bytes.</summary>
    public long Limit { get; } = Math.Max(Least, LargestAnswers * (long)options.Value.MaxJsonBytes);

    /// <summary>What is held now, bytes; answers that are not counted are not in it.</summary>
    public long Held => Interlocked.Read(ref _held);

    /// <summary>Takes memory for one answer.</summary>
    /// <param name="caller">Whose answer it is.</param>
    /// <param name="bytes">The most it will hold.</param>
    /// <param name="held">To be disposed of when nothing is held any more.</param>
    /// <param name="refusal">Why not, in a sentence for whoever asked.</param>
    /// <returns>False where too little is left, or the caller holds its share.</returns>
    public bool TryHold(Caller caller, long bytes, [NotNullWhen(true)] out HeldMemory? held, [NotNullWhen(false)] out string? refusal)
    {
        var counted = Counted(bytes);
        refusal = counted == 0 ? null : Take(caller, counted);
        held = refusal is null ? new HeldMemory(this, caller, counted) : null;
        return held is not null;
    }

    /// <summary>What of an answer's memory is counted.</summary>
    /// <param name="bytes">What it holds.</param>
    internal static long Counted(long bytes) => bytes > Free ? bytes : 0;

    /// <summary>Changes the account.</summary>
    /// <param name="caller">Whose answer changes.</param>
    /// <param name="bytes">The difference.</param>
    internal void Add(Caller caller, long bytes)
    {
        if (bytes != 0)
        {
            lock (_lock)
            {
                Add_NeedsLock(caller, bytes);
            }
        }
    }

    // Nothing stands in the account, not even for a moment, that does not fit: it would have others refused that do.
    private string? Take(Caller caller, long counted)
    {
        lock (_lock)
        {
            var left = Limit - _held - counted;
            var own = _byCaller.GetValueOrDefault(caller);
            if (own > 0 && own + counted > left)
            {
                return ShareRefusal;
            }

            if (left < 0)
            {
                return Refusal;
            }

            Add_NeedsLock(caller, counted);
            return null;
        }
    }

    private void Add_NeedsLock(Caller caller, long bytes)
    {
        Interlocked.Add(ref _held, bytes); // which is read without the lock
        var own = _byCaller.GetValueOrDefault(caller) + bytes;
        if (own > 0)
        {
            _byCaller[caller] = own;
        }
        else
        {
            _byCaller.Remove(caller);
        }
    }
}
