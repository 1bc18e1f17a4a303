namespace OpenEntropy.Cli.Monitor.Figures;

/// <summary>The latest raw samples of the chosen source, counted by value.</summary>
internal sealed class SampleWindow
{
    /// <summary>Samples kept.</summary>
    public const int Capacity = 4096;

    /// <summary>Values a sample can have.</summary>
    public const int Values = 256;

    private readonly byte[] _samples = new byte[Capacity];
    private readonly int[] _counts = new int[Values];
    private int _next;

    /// <summary>How often each value occurs among them.</summary>
    public ReadOnlySpan<int> Counts => _counts;

    /// <summary>How many there are, 0 to <see cref="Capacity"/>.</summary>
    public int Count { get; private set; }

    /// <summary>The entropies of their histogram; zero before the first sample.</summary>
    public EntropyPoint Entropy
    {
        get
        {
            double shannon = 0;
            var most = 0;
            foreach (var count in _counts)
            {
                if (count == 0)
                    continue;
                var share = (double)count / Count;
                shannon -= share * Math.Log2(share);
                most = Math.Max(most, count);
            }

            // + 0.0 turns the −0 of a constant source into 0.
            return most == 0 ? default : new EntropyPoint(shannon + 0.0, -Math.Log2((double)most / Count) + 0.0);
        }
    }

    /// <summary>Takes samples in, in place of the oldest.</summary>
    public void Add(ReadOnlySpan<byte> samples)
    {
        foreach (var sample in samples)
        {
            if (Count == Capacity)
                _counts[_samples[_next]]--;
            else
                Count++;
            _samples[_next] = sample;
            _counts[sample]++;
            _next = (_next + 1) % Capacity;
        }
    }
}
