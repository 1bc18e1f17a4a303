namespace OpenEntropy.Server.Bundles;

/// <summary>
/// Work that computes for long, done by a few at once: who comes takes a seat, or is sent away where too much work is there already, and then waits for
/// a place. What is there is never more than the most and one request.
/// </summary>
/// <param name="places">How many work at once.</param>
/// <param name="most">With so much work there, under way and waiting, nobody is let in; in the units of <see cref="TryTake"/>.</param>
internal sealed class WorkQueue(int places, int most) : IDisposable
{
    /// <summary>Half of the processors, so that other requests get the rest however much is to be done.</summary>
    public static readonly int HalfTheMachine = Math.Max(1, Environment.ProcessorCount / 2);

    private readonly SemaphoreSlim _places = new(places);
    private int _load;
    private int _waiting;

    /// <summary>Seats whose holders wait for a place.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Work under way and waiting.</summary>
    public int Load => Volatile.Read(ref _load);

    /// <summary>Takes a seat.</summary>
    /// <param name="work">How much work, at least 1.</param>
    /// <returns>The seat, to be disposed of when the work is done or given up; null where too much is there already.</returns>
    public Seat? TryTake(int work)
    {
        if (Interlocked.Add(ref _load, work) - work < most)
        {
            return new Seat(this, work);
        }

        Interlocked.Add(ref _load, -work);
        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => _places.Dispose();

    /// <summary>A seat; a place with it, once it was waited for.</summary>
    internal sealed class Seat(WorkQueue queue, int work) : IDisposable
    {
        private bool _hasPlace;
        private bool _isLeft;

        /// <summary>Waits for a place.</summary>
        /// <param name="gone">Ends the wait.</param>
        public async Task WaitAsync(CancellationToken gone)
        {
            Interlocked.Increment(ref queue._waiting);
            try
            {
                await queue._places.WaitAsync(gone);
                _hasPlace = true;
            }
            finally
            {
                Interlocked.Decrement(ref queue._waiting);
            }
        }

        /// <summary>Leaves.</summary>
        public void Dispose()
        {
            if (_isLeft)
            {
                return;
            }

            _isLeft = true;
            Interlocked.Add(ref queue._load, -work);
            if (_hasPlace)
            {
                queue._places.Release();
            }
        }
    }
}
