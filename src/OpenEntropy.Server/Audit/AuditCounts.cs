using System.Runtime.InteropServices;
using OpenEntropy.Server.Security;

namespace OpenEntropy.Server.Audit;

/// <summary>What is summed up under one line.</summary>
/// <param name="Caller">Who; null: callers that are not told apart.</param>
/// <param name="Act">What.</param>
/// <param name="Quality">Which output.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Status">The HTTP status of refusals; 0 for none.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct AuditCountKey(Caller? Caller, AuditAct Act, AuditQuality Quality, AuditOutcome Outcome, int Status)
{
    /// <summary>Whether an address is all that is known of the caller, of which anybody may have many.</summary>
    public bool IsOfAnAddress => Caller is { Kind: CallerKind.Anonymous };

    /// <summary>The same of callers that are not told apart.</summary>
    public AuditCountKey OfOthers => this with { Caller = null };
}

/// <summary>A sum.</summary>
/// <param name="Count">Answers.</param>
/// <param name="Bytes">Random bytes.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct AuditSum(long Count, long Bytes)
{
    public static AuditSum operator +(AuditSum a, AuditSum b) => new(a.Count + b.Count, a.Bytes + b.Bytes);
}

/// <summary>
/// What happens too often for a line each, by caller, act, quality, outcome and status, until it is taken. The sums are spread over the cores: two requests
/// that run at once do not wait for each other. Callers beyond the most that are told apart are summed up together, so that nobody fills a disk or memory by
/// coming from many addresses; and those do not displace callers that are known.
/// </summary>
/// <param name="most">Sums for known callers, and as many for addresses.</param>
internal sealed class AuditCounts(int most)
{
    private readonly Stripe[] _stripes = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Stripe(most))];

    /// <summary>Adds to a sum.</summary>
    /// <param name="key">Which.</param>
    /// <param name="sum">What.</param>
    public void Add(in AuditCountKey key, AuditSum sum) =>
        _stripes[(uint)Thread.GetCurrentProcessorId() % (uint)_stripes.Length].Add(key, sum);

    /// <summary>Takes all sums, each once.</summary>
    /// <param name="into">Receives them, beside what it has.</param>
    public void Take(AuditSums into)
    {
        foreach (var stripe in _stripes)
        {
            foreach (var (key, sum) in stripe.Take())
            {
                into.Add(key, sum);
            }
        }
    }

    /// <summary>The sums of one core, whose lock is all but never waited for.</summary>
    /// <param name="most">How many.</param>
    private sealed class Stripe(int most)
    {
        private readonly Lock _lock = new();
        private AuditSums _sums = new(most);

        public void Add(in AuditCountKey key, AuditSum sum)
        {
            lock (_lock)
            {
                _sums.Add(key, sum);
            }
        }

        public AuditSums Take()
        {
            var empty = new AuditSums(most);
            lock (_lock)
            {
                (var taken, _sums) = (_sums, empty);
                return taken;
            }
        }
    }
}
