namespace OpenEntropy.Server.Limits;

/// <summary>
/// What one answer takes of its caller's random bytes of the day: what it may draw is taken beforehand, and what it did not draw is given back at its
/// end. It belongs to one answer.
/// </summary>
/// <param name="account">The caller's.</param>
internal sealed class OutputQuota(CallerAccount account) : IDisposable
{
    private long _taken;
    private long _drawn;
    private bool _isStream;

    /// <summary>The quota of a request; null where its caller has no limits.</summary>
    /// <param name="context">The request.</param>
    public static OutputQuota? Of(HttpContext context) =>
        context.Features.Get<CallerAccount>() is { } account ? new OutputQuota(account) : null;

    /// <summary>Takes bytes that are to be drawn.</summary>
    /// <param name="bytes">How many.</param>
    /// <returns>Null where there were so many, otherwise why not.</returns>
    public LimitRefusal? TryTake(long bytes)
    {
        if (account.TryBytes(bytes, takes: true) is { } refusal)
        {
            return refusal;
        }

        _taken += bytes;
        return null;
    }

    /// <summary>What <see cref="TryTake"/> would say; nothing is taken.</summary>
    /// <param name="bytes">How many.</param>
    public LimitRefusal? FindRefusal(long bytes) => account.TryBytes(bytes, takes: false);

    /// <summary>Takes bytes that are to be drawn, as many as there are.</summary>
    /// <param name="most">How many at most.</param>
    /// <param name="unit">What they are a multiple of, unless there are as many as at most.</param>
    /// <returns>How many; 0 where there is not a unit left.</returns>
    public int TakeUpTo(int most, int unit)
    {
        while (true)
        {
            var left = account.BytesLeft;
            var length = left >= most ? most : (int)left / unit * unit;
            if (length == 0 || TryTake(length) is null)
            {
                return length;
            }
        }
    }

    /// <summary>Why an answer that found too few bytes ends, also where some were earned since.</summary>
    /// <param name="bytes">How many it asked for.</param>
    public LimitRefusal RefuseMore(long bytes) => account.RefuseBytes(bytes);

    /// <summary>Counts the answer as a stream until its end.</summary>
    public LimitRefusal? TryOpenStream()
    {
        var refusal = account.TryOpenStream();
        _isStream = refusal is null;
        if (!_isStream)
        {
            account.ReturnRequest();
        }

        return refusal;
    }

    /// <summary>Says that bytes were drawn.</summary>
    /// <param name="bytes">How many.</param>
    public void Drew(long bytes) => _drawn += bytes;

    /// <summary>Settles. To be called once.</summary>
    public void Dispose()
    {
        if (_drawn != _taken)
        {
            account.Charge(_drawn - _taken);
        }

        if (_isStream)
        {
            account.CloseStream();
        }
    }
}
