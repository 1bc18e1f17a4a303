namespace OpenEntropy.Server.Receipts;

/// <summary>
/// Numbers that are each given once, in ascending order, across restarts: a range is on disk before its first number is given, so that after
/// any end of the process only numbers are left out.
/// </summary>
/// <param name="next">The first number that is not reserved.</param>
/// <param name="save">Writes the first number that is not reserved, durably.</param>
internal sealed class SequenceNumbers(long next, Action<long> save) : IDisposable
{
    /// <summary>Numbers reserved at once.</summary>
    public const int Range = 1024;

    /// <summary>The highest number: every JSON reader holds it exactly (RFC 8259, 6).</summary>
    public const long Highest = (1L << 53) - 1;

    private readonly SemaphoreSlim _reserving = new(1, 1);
    private long _next = next;
    private long _limit = next;

    /// <summary>Gives the next number; once in <see cref="Range"/> numbers after a range was written.</summary>
    /// <exception cref="IdentityException">There are no more.</exception>
    /// <exception cref="IOException">The range cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The range cannot be written.</exception>
    public ValueTask<long> NextAsync() => TryTake(out var number) ? new(number) : ReserveAsync();

    /// <inheritdoc/>
    public void Dispose() => _reserving.Dispose();

    private bool TryTake(out long number)
    {
        number = Volatile.Read(ref _next);
        while (number < Volatile.Read(ref _limit))
        {
            var seen = Interlocked.CompareExchange(ref _next, number + 1, number);
            if (seen == number)
            {
                return true;
            }

            number = seen;
        }

        return false;
    }

    private async ValueTask<long> ReserveAsync()
    {
        await _reserving.WaitAsync();
        try
        {
            long number;
            while (!TryTake(out number))
            {
                var limit = _limit + Range;
                if (limit > Highest)
                {
                    throw new IdentityException("the identity has given every sequence number there is");
                }

                await Task.Run(() => save(limit)); // not on the request's thread: it waits for the device
                Volatile.Write(ref _limit, limit);
            }

            return number;
        }
        finally
        {
            _reserving.Release();
        }
    }
}
