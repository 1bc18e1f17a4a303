using OpenEntropy.Server.Health;

namespace OpenEntropy.Server.Security.Keys;

/// <summary>
/// The keys of the files, as they are now. A file that is damaged changes nothing; one that is gone takes its keys with it. Read from any thread; looked at
/// under its owner's lock.
/// </summary>
/// <param name="start">What was found at the start.</param>
/// <param name="deviations">Where it says that the files cannot be followed.</param>
/// <param name="audit">Told which keys there are.</param>
/// <param name="logger">The log.</param>
internal sealed partial class FollowedKeys(AccessStart start, DeviationBoard deviations, KeyAudit audit, ILogger<KeyRing> logger)
{
    private readonly ApiKeyFiles _files = start.Files;
    private volatile KeySet _keys = start.Keys;
    private volatile string? _problem;
    private string _stamp = start.Stamp;
    private bool _hadList = start.Keys.All.Count > 0;

    /// <summary>The keys.</summary>
    public KeySet Keys => _keys;

    /// <summary>Why the files cannot be followed, as a sentence; null where they can.</summary>
    public string? Problem => _problem;

    /// <summary>Reads them anew where they have changed, or could not be read.</summary>
    public void Look()
    {
        var stamp = _files.Stamp();
        if (stamp != _stamp || _problem is not null)
        {
            Read(stamp);
        }
    }

    /// <summary>Says what is wrong, once for each problem.</summary>
    /// <param name="problem">A sentence; null where nothing is.</param>
    public void Tell(string? problem)
    {
        var isNew = problem is not null && problem != _problem;
        _problem = problem;
        deviations.Set("API keys", problem);
        if (isNew)
        {
            LogUnreadable(logger, problem!, _files.Directory);
        }
    }

    private void Read(string stamp)
    {
        try
        {
            var keys = _files.Read();
            _keys = keys ?? KeySet.None;
            audit.Take(_keys);
            _hadList |= keys is not null;
            Tell(keys is null && _hadList ? $"{ApiKeyFiles.ListName} is gone, and no key of it lets anybody in any more" : null);
            if (stamp != _stamp)
            {
                _stamp = stamp;
                LogRead(logger, _keys.All.Count);
            }
        }
        catch (Exception exception) when (exception is ApiKeyFileException or IOException or UnauthorizedAccessException)
        {
            Tell($"{exception.Message}; the keys that were there before go on to count");
        }
    }

    [LoggerMessage(LogLevel.Information, "Read the file of API keys anew: {Count} keys", EventName = "api_keys_read")]
    private static partial void LogRead(ILogger logger, int count);

    [LoggerMessage(LogLevel.Error, "{Problem} ({Directory})", EventName = "api_keys_unusable")]
    private static partial void LogUnreadable(ILogger logger, string problem, string directory);
}
