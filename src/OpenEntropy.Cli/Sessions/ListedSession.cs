using OpenEntropy.Cli.Recording;

namespace OpenEntropy.Cli.Sessions;

/// <summary>How a session is, by its headers.</summary>
internal enum SessionState
{
    /// <summary>Its recordings have what was asked for.</summary>
    Whole,

    /// <summary>One has less, and is good.</summary>
    BrokenOff,

    /// <summary>One lacks its samples or its header.</summary>
    Damaged,

    /// <summary>Its folder cannot be read, so that it may be a session or none.</summary>
    Unreadable,
}

/// <summary>A session in the list.</summary>
/// <param name="Path">Its folder.</param>
/// <param name="Entries">Its recordings.</param>
/// <param name="Problem">Why the folder cannot be read; null where it can.</param>
internal sealed record ListedSession(string Path, IReadOnlyList<SessionEntry> Entries, string? Problem)
{
    /// <summary>Its name.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    public SessionState State =>
        Problem is not null ? SessionState.Unreadable
        : Entries.Any(entry => entry.Problem is not null) ? SessionState.Damaged
        : Entries.Any(entry => entry.Header?.BrokenOff is not null) ? SessionState.BrokenOff
        : SessionState.Whole;

    /// <summary>Looks at a folder.</summary>
    /// <param name="path">The folder.</param>
    /// <returns>Null where it is no session, or has gone meanwhile.</returns>
    public static ListedSession? Of(string path)
    {
        try
        {
            return SessionCheck.HasRecording(path) ? new ListedSession(path, SessionContent.Headers(path), Problem: null) : null;
        }
        catch (DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new ListedSession(path, [], exception.Message);
        }
    }
}
