using System.Security.Cryptography;
using OpenEntropy.Health;

namespace OpenEntropy.Server.Dashboard;

/// <summary>
/// Generator output that is drawn for the page alone, by calls of its own as any client's, while somebody watches: shown, and given to nobody else. The
/// latest are kept to tell their entropies, and zeroed when nobody watches any more.
/// </summary>
/// <param name="pool">Where it is drawn.</param>
internal sealed class PageOutput(EntropyPool pool)
{
    /// <summary>Bytes drawn at once.</summary>
    public const int Bytes = 32;

    /// <summary>Bytes that the entropies are of.</summary>
    public const int WindowBytes = 4096;

    private readonly Lock _lock = new();
    private readonly byte[] _window = new byte[WindowBytes];
    private bool _isFull;
    private int _next;
    private long _drawn;

    /// <summary>Bytes drawn since the start.</summary>
    public long Drawn => Volatile.Read(ref _drawn);

    /// <summary>The entropies of the latest 4,096 bytes; null while there are none.</summary>
    public Entropies? Entropies
    {
        get
        {
            lock (_lock)
            {
                if (!_isFull)
                {
                    return null;
                }

                var statistics = new SampleStatistics();
                statistics.Add(_window);
                var (shannon, min, collision) = statistics.Entropies();
                return Dashboard.Entropies.Of(shannon, min, collision);
            }
        }
    }

    /// <summary>Draws the next bytes, and the first time a whole window.</summary>
    /// <returns>Hexadecimal digits; null where the pool gives none.</returns>
    public string? Draw()
    {
        lock (_lock)
        {
            var bytes = _isFull ? _window.AsSpan(_next, Bytes) : _window;
            if (pool.TryGetBytes(bytes) is not null)
            {
                Forget_NeedsLock();
                return null;
            }

            _drawn += bytes.Length;
            _isFull = true;
            _next = (_next + Bytes) % WindowBytes;
            return Convert.ToHexStringLower(bytes[..Bytes]);
        }
    }

    /// <summary>Forgets all bytes.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            Forget_NeedsLock();
        }
    }

    private void Forget_NeedsLock()
    {
        CryptographicOperations.ZeroMemory(_window);
        (_isFull, _next) = (false, 0);
    }
}
