using System.Buffers;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using OpenEntropy.Server.Health;

namespace OpenEntropy.Server.Security.Keys;

/// <summary>
/// The keys that let callers in while the service runs. The files are looked at every second, so that a key that is made or revoked meanwhile is so
/// within two. A file that is damaged changes nothing; one that is gone takes its keys with it.
/// </summary>
internal sealed partial class KeyRing : IDisposable
{
    /// <summary>How often the files are looked at.</summary>
    public static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    /// <summary>How often the last uses are written, where there are any.</summary>
    public static readonly TimeSpan WriteInterval = TimeSpan.FromMinutes(1);

    private const int OnStack = 512;

    private readonly Lock _lock = new();
    private readonly FollowedKeys _followed;
    private readonly OperatorKey? _operator;
    private readonly LastUses _uses;
    private readonly TimeProvider _time;
    private readonly LatestTime _latest;
    private readonly bool _needsKeys;
    private readonly DeviationBoard _deviations;
    private readonly ILogger<KeyRing> _logger;
    private readonly ITimer _timer;
    private readonly ConcurrentDictionary<KeyLease, byte> _leases = new();
    private long _written;

    /// <summary>A ring.</summary>
    /// <param name="start">What was found at the start.</param>
    /// <param name="time">The clock.</param>
    /// <param name="deviations">Where it says that the files cannot be followed, and that the last key ends soon.</param>
    /// <param name="audit">Told which keys there are.</param>
    /// <param name="logger">The log.</param>
    public KeyRing(AccessStart start, TimeProvider time, DeviationBoard deviations, KeyAudit audit, ILogger<KeyRing> logger)
    {
        (_deviations, _latest) = (deviations, new LatestTime(time));
        _needsKeys = start is { Mode: not AccessMode.Anonymous, Operator: null, Authority: null };
        (_followed, _operator) = (new FollowedKeys(start, deviations, audit, logger), start.Operator);
        (_uses, _time, _logger) = (new LastUses(start.Files), time, logger);
        _written = time.GetTimestamp();
        _timer = time.CreateTimer(_ => Tick(), state: null, LookInterval, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Why the files cannot be followed, as a sentence; null where they can.</summary>
    public string? Problem => _followed.Problem;

    /// <summary>Whether there is a key in the configuration, which may have any form.</summary>
    public bool HasOperator => _operator is not null;

    /// <summary>Whether any key lets anybody in at this moment.</summary>
    public bool HasAny => _operator is not null || _followed.Keys.All.Any(key => key.IsGood(Now));

    /// <summary>The time by which keys and certificates end: the latest that the clock ever showed, which is looked at every second.</summary>
    public DateTimeOffset Now => _latest.Now;

    /// <summary>Who has a text for a key; null where it is none.</summary>
    /// <param name="text">What was presented, of any length.</param>
    public Caller? Find(string text)
    {
        var length = Encoding.UTF8.GetMaxByteCount(text.Length);
        var rented = length > OnStack ? ArrayPool<byte>.Shared.Rent(length) : null;
        var buffer = rented is null ? stackalloc byte[OnStack] : rented;
        var utf8 = buffer[..Encoding.UTF8.GetBytes(text, buffer)];
        try
        {
            return Find(text, utf8);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(utf8);
            if (rented is not null)
            {
                ArrayPool<byte>.Shared.Return(rented);
            }
        }
    }

    /// <summary>Breaks an answer off that lasts, once the key that it was asked with has ended.</summary>
    /// <param name="context">Its request.</param>
    /// <param name="id">The key's.</param>
    /// <returns>To be disposed when the answer is over.</returns>
    public IDisposable Watch(HttpContext context, string id) => Watch(new KeyLease(context, (keys, now) => keys.IsGood(id, now), End));

    /// <summary>Breaks an answer off that lasts, once its time is over.</summary>
    /// <param name="context">Its request.</param>
    /// <param name="until">When.</param>
    /// <returns>To be disposed when the answer is over.</returns>
    public IDisposable Watch(HttpContext context, DateTimeOffset until) => Watch(new KeyLease(context, (_, now) => now <= until, End));

    /// <summary>Writes the last uses.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        lock (_lock)
        {
            Write_NeedsLock();
        }
    }

    private KeyLease Watch(KeyLease lease)
    {
        _leases.TryAdd(lease, 0);
        return lease;
    }

    private void End(KeyLease lease) => _leases.TryRemove(lease, out _);

    // The next is due an interval after this one's end, however long that takes.
    private void Tick()
    {
        try
        {
            Look();
        }
        catch (Exception exception)
        {
            // On a timer's thread, where it would end the process.
            lock (_lock)
            {
                _followed.Tell(
                    $"the keys could not be looked at ({exception.GetType().Name}: {exception.Message}), and those that were there go on to count"
                );
            }
        }
        finally
        {
            _timer.Change(LookInterval, Timeout.InfiniteTimeSpan);
        }
    }

    private void Look()
    {
        lock (_lock)
        {
            _followed.Look();
            if (_time.GetElapsedTime(_written) >= WriteInterval)
            {
                Write_NeedsLock();
            }
        }

        var (keys, now) = (_followed.Keys, Now);
        _deviations.Set("API keys' end", _needsKeys ? KeyEnds.WhyNoStart(keys.All, now) : null);
        foreach (var lease in _leases.Keys.Where(lease => !lease.IsGood(keys, now)))
        {
            lease.End();
        }
    }

    private Caller? Find(string text, ReadOnlySpan<byte> utf8)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(utf8, digest);
        if (_operator?.Find(text, digest) is { } caller)
        {
            return caller;
        }

        var now = Now;
        if (_followed.Keys.Find(text, utf8, digest, now) is not { } key)
        {
            return null;
        }

        _uses.Note(key.Id, now);
        return key.Caller;
    }

    private void Write_NeedsLock()
    {
        _written = _time.GetTimestamp();
        try
        {
            _uses.Write(_followed.Keys);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LogNotWritten(_logger, exception.Message);
        }
    }

    [LoggerMessage(
        LogLevel.Warning,
        "When API keys were used last could not be written: {Problem}",
        EventName = "api_key_uses_not_written"
    )]
    private static partial void LogNotWritten(ILogger logger, string problem);
}
