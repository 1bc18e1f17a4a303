using OpenEntropy.Server.Security;

namespace OpenEntropy.Server.Limits;

/// <summary>Keeps shares and the pool in agreement: together they are what it holds, as far as they may save that up.</summary>
internal static class ShareBalance
{
    /// <summary>
    /// Divides what came, and what some cannot keep. Blocks that were granted may have left the pool or not yet: only what came for certain is divided, and
    /// only what is missing for certain, as what grew too old or seeded a generator, is taken from all.
    /// </summary>
    /// <param name="shares">All of them.</param>
    /// <param name="capacity">Blocks the pool can hold.</param>
    /// <param name="available">Blocks it holds.</param>
    /// <param name="pending">Blocks that were granted and not settled.</param>
    public static void Restore(Dictionary<Caller, Share>.ValueCollection shares, int capacity, int available, int pending)
    {
        if (shares.Count == 0)
        {
            return;
        }

        var most = (double)capacity / shares.Count;
        var sum = 0.0;
        foreach (var share in shares)
        {
            share.Credit = Math.Min(share.Credit, most);
            sum += share.Credit;
        }

        if (sum > available)
        {
            foreach (var share in shares)
            {
                share.Credit *= available / sum;
            }
        }
        else
        {
            Divide(shares, available - pending - sum, most);
        }
    }

    private static void Divide(Dictionary<Caller, Share>.ValueCollection shares, double surplus, double most)
    {
        while (surplus > ShareLevel.Rounding)
        {
            var open = 0;
            foreach (var share in shares)
            {
                open += share.Credit < most ? 1 : 0;
            }

            if (open == 0)
            {
                return;
            }

            var part = surplus / open;
            foreach (var share in shares)
            {
                var more = Math.Min(part, most - share.Credit);
                if (more > 0)
                {
                    share.Credit += more;
                    surplus -= more;
                }
            }
        }
    }
}
