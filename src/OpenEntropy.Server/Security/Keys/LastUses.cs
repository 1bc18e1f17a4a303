using System.Collections.Concurrent;

namespace OpenEntropy.Server.Security.Keys;

/// <summary>When each key was used last. Requests only note it; it is written once a minute, so that a crash loses a minute of it.</summary>
/// <param name="files">Where it is kept.</param>
internal sealed class LastUses(ApiKeyFiles files)
{
    private readonly ConcurrentDictionary<string, Use> _uses = new(
        files.ReadUses().Select(each => KeyValuePair.Create(each.Key, new Use(each.Value))),
        StringComparer.Ordinal
    );
    private volatile bool _hasNews;

    /// <summary>Notes a use.</summary>
    /// <param name="id">The key's.</param>
    /// <param name="now">The time.</param>
    public void Note(string id, DateTimeOffset now)
    {
        var use = _uses.GetOrAdd(id, static _ => new Use(DateTimeOffset.MinValue));
        // Whole seconds, so that many requests do not write what all processors read.
        if (now.UtcTicks - use.Ticks >= TimeSpan.TicksPerSecond)
        {
            use.Ticks = now.UtcTicks;
            _hasNews = true;
        }
    }

    /// <summary>Writes what is new of keys that there are.</summary>
    /// <param name="keys">The keys.</param>
    /// <exception cref="IOException">The system refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The system refuses.</exception>
    public void Write(KeySet keys)
    {
        if (!_hasNews)
        {
            return;
        }

        _hasNews = false; // first: what comes meanwhile is new again
        files.WriteUses(
            keys.All.Where(key => _uses.ContainsKey(key.Id))
                .ToDictionary(key => key.Id, key => new DateTimeOffset(_uses[key.Id].Ticks, TimeSpan.Zero), StringComparer.Ordinal)
        );
    }

    private sealed class Use(DateTimeOffset time)
    {
        private long _ticks = time.UtcTicks;

        public long Ticks
        {
            get => Volatile.Read(ref _ticks);
            set => Volatile.Write(ref _ticks, value);
        }
    }
}
