using OpenEntropy.Cli.Running;

namespace OpenEntropy.Cli.Recording;

/// <summary>
/// The folder of a session's recordings. It is filled under another name beside its own, and takes its own when it is whole: another session there stays
/// until then, and is never mixed with the new one.
/// </summary>
internal sealed class SessionFolder : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly string _target;
    private readonly bool _force;
    private bool _isToStay;

    /// <summary>Makes the folder.</summary>
    /// <param name="target">What it is to be named; where that is a link, what it leads to.</param>
    /// <param name="force">Whether a session of that name may be replaced.</param>
    /// <exception cref="CommandFailureException">There is something that must stay, or it cannot be made.</exception>
    public SessionFolder(string target, bool force)
    {
        _force = force;
        try
        {
            _target = Place(target);
            if (File.Exists(_target))
                throw new CommandFailureException($"{target} is a file: name a folder for the session.");
            if (Directory.Exists(_target) && !IsEmpty(_target))
            {
                if (!SessionCheck.HasNothingElse(_target))
                    throw new CommandFailureException($"{target} holds other things than recordings: name a folder of its own.");
                if (!force)
                    throw new CommandFailureException(
                        $"{target} is a session already: name another folder, or give --force to replace it."
                    );
            }

            var parent =
                Path.GetDirectoryName(_target) ?? throw new CommandFailureException($"{target} cannot be a session: name a folder.");
            Current = Hidden();
            Make(parent);
            Make(Current);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailureException($"{target} cannot be made: {exception.Message}");
        }
    }

    /// <summary>Where it is at this moment.</summary>
    public string Current { get; private set; }

    /// <summary>
    /// Gives it its name. Where something has that name that must stay, it takes one beside it: what may be replaced is asked again here, since a
    /// recording takes long and others write, too.
    /// </summary>
    /// <param name="isWhole">Whether it has everything that was asked for; what has not replaces nothing, and its name says so.</param>
    /// <exception cref="IOException">The system refuses; it is <see cref="Current"/> and stays, and another session is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public KeptSession Keep(bool isWhole)
    {
        _isToStay = true;
        if (TryTakeName())
            return new KeptSession(Current);
        if (isWhole && _force && MayBeReplaced())
            return new KeptSession(_target, Replace());
        MoveTo(Free(isWhole ? "" : ".incomplete"));
        return new KeptSession(Current) { Taken = isWhole ? _target : null };
    }

    /// <summary>One that was not to be kept goes.</summary>
    public void Dispose()
    {
        try
        {
            if (!_isToStay && Directory.Exists(Current))
                Directory.Delete(Current, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // An exception here would take the place of the one that says why nothing is kept.
        }
    }

    private static string Place(string target)
    {
        var place = Path.TrimEndingDirectorySeparator(Path.GetFullPath(target));
        return new DirectoryInfo(place).LinkTarget is null ? place
            : Directory.Exists(place) ? Directory.ResolveLinkTarget(place, returnFinalTarget: true)!.FullName
            : throw new CommandFailureException($"{target} is a link that leads to no folder: name a folder for the session.");
    }

    private static bool IsEmpty(string folder) => !Directory.EnumerateFileSystemEntries(folder).Any();

    private static void Make(string folder)
    {
        if (OperatingSystem.IsWindows())
            _ = Directory.CreateDirectory(folder);
        else
            _ = Directory.CreateDirectory(folder, OwnerOnly);
    }

    private bool TryTakeName()
    {
        try
        {
            if (Directory.Exists(_target))
                Directory.Delete(_target); // which the system does only where it is empty
            MoveTo(_target);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private bool MayBeReplaced()
    {
        try
        {
            return Directory.Exists(_target) && SessionCheck.HasNothingElse(_target);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <returns>What is left of the old one, a sentence; null: nothing.</returns>
    private string? Replace()
    {
        if (FolderExchange.TryExchange(Current, _target))
        {
            var other = Current;
            Current = _target;
            return Drop(other);
        }

        // Where two names cannot be exchanged, the old one steps aside.
        var old = Hidden();
        Directory.Move(_target, old);
        try
        {
            MoveTo(_target);
        }
        catch
        {
            Directory.Move(old, _target);
            throw;
        }

        return Drop(old);
    }

    private static string? Drop(string old)
    {
        try
        {
            if (!SessionCheck.HasNothingElse(old))
                return $"The session before got other things than recordings meanwhile, and stays as {old}.";
            Directory.Delete(old, recursive: true);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"The session before could not be removed, and what there is of it stays as {old}: {exception.Message}";
        }
    }

    private string Free(string kind)
    {
        var name = kind.Length > 0 ? _target + kind : $"{_target}-2";
        for (var number = kind.Length > 0 ? 2 : 3; Path.Exists(name); number++)
            name = $"{_target}{kind}-{number}";
        return name;
    }

    private void MoveTo(string name)
    {
        Directory.Move(Current, name);
        Current = name;
    }

    private string Hidden() =>
        Path.Combine(Path.GetDirectoryName(_target) ?? _target, $".{Path.GetFileName(_target)}.{Path.GetRandomFileName()}");
}
