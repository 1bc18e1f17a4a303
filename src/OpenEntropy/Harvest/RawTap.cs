using System.Security.Cryptography;

namespace OpenEntropy.Harvest;

/// <summary>
/// Diverts samples to those who asked for raw ones. A sample goes to one demand, earns no credit and enters no block. A demand for several
/// sources receives the byte-wise XOR of as many samples of each.
/// </summary>
internal sealed class RawTap
{
    private readonly Lock _gate = new();
    private readonly List<RawDemand> _demands = [];
    private volatile int _waiting;
    private volatile bool _closed;

    /// <summary>Called, under the lock, when a demand arrives.</summary>
    public Action? Demanded { get; set; }

    /// <summary>True once the harvest has ended for good.</summary>
    public bool IsClosed => _closed;

    /// <summary>True while somebody waits.</summary>
    public bool HasDemand => _waiting > 0;

    /// <summary>Samples given out since the start.</summary>
    public long Delivered { get; private set; }

    /// <summary>True while somebody waits for samples of this source.</summary>
    /// <param name="source">Its index.</param>
    public bool Wants(int source)
    {
        if (!HasDemand)
            return false;
        lock (_gate)
            return _demands.Exists(demand => demand.Wants(source));
    }

    /// <summary>Hands samples to those who wait, each to one of them; what nobody wants is lost.</summary>
    /// <param name="source">The source's index.</param>
    /// <param name="samples">Its samples.</param>
    public void Deliver(int source, ReadOnlySpan<byte> samples)
    {
        lock (_gate)
        {
            for (var i = 0; i < _demands.Count && samples.Length > 0; i++)
                samples = _demands[i].Take(source, samples);
            foreach (var demand in _demands.Where(demand => demand.IsComplete))
            {
                Delivered += demand.Length;
                demand.Completed.TrySetResult(true);
            }

            _demands.RemoveAll(demand => demand.IsComplete);
            _waiting = _demands.Count;
        }
    }

    /// <summary>Waits for raw samples.</summary>
    /// <param name="members">The sources' indices.</param>
    /// <param name="destination">Receives as many samples as it is long; zeroed when the time runs out.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="time">Counts it.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>False when the time ran out, or when the tap is or was closed.</returns>
    public async ValueTask<bool> ReadAsync(
        int[] members,
        Memory<byte> destination,
        TimeSpan timeout,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        var demand = new RawDemand(members, destination);
        lock (_gate)
        {
            if (_closed)
                return false;
            _demands.Add(demand);
            _waiting = _demands.Count;
            Demanded?.Invoke();
        }

        try
        {
            return await demand.Completed.Task.WaitAsync(timeout, time, cancellation);
        }
        catch (TimeoutException)
        {
            return !Withdraw(demand);
        }
        catch
        {
            // However the wait ends, nothing may write to the destination afterwards.
            if (Withdraw(demand))
                throw;
            return true;
        }
    }

    /// <summary>No more samples will come: whoever waits is told so, and the destinations are zeroed.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            foreach (var demand in _demands)
            {
                CryptographicOperations.ZeroMemory(demand.Destination.Span);
                demand.Completed.TrySetResult(false);
            }

            _demands.Clear();
            _waiting = 0;
        }
    }

    /// <summary>Takes a demand back, after which nothing writes to its destination; false when it was complete already.</summary>
    private bool Withdraw(RawDemand demand)
    {
        lock (_gate)
        {
            if (demand.IsComplete)
                return false;
            _demands.Remove(demand);
            _waiting = _demands.Count;
            CryptographicOperations.ZeroMemory(demand.Destination.Span);
            return true;
        }
    }

    private sealed class RawDemand
    {
        private readonly int[] _members;
        private readonly int[] _taken;
        private int _incomplete;

        public RawDemand(int[] members, Memory<byte> destination)
        {
            (_members, _taken, _incomplete, Destination) = (members, new int[members.Length], members.Length, destination);
            destination.Span.Clear();
        }

        public Memory<byte> Destination { get; }

        public int Length => Destination.Length;

        public TaskCompletionSource<bool> Completed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool IsComplete => _incomplete == 0;

        public bool Wants(int source) => Array.IndexOf(_members, source) is var i && i >= 0 && _taken[i] < Length;

        /// <summary>Mixes in what is still wanted of a source and gives back the rest.</summary>
        public ReadOnlySpan<byte> Take(int source, ReadOnlySpan<byte> samples)
        {
            var member = Array.IndexOf(_members, source);
            if (member < 0)
                return samples;

            var count = Math.Min(samples.Length, Length - _taken[member]);
            var target = Destination.Span.Slice(_taken[member], count);
            Words.Xor(target, samples[..count]);
            _taken[member] += count;
            if (count > 0 && _taken[member] == Length)
                _incomplete--;
            return samples[count..];
        }
    }
}
