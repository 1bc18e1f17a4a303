using System.Runtime.InteropServices;
using OpenEntropy.Cli.Running;

namespace OpenEntropy.Cli.Recording;

/// <summary>
/// The folder of a session's recordings. It is filled under another name beside its own, and takes its own when it is whole: another session there stays
/// until then, and is never mixed with the new one.
/// </summary>
internal sealed partial class SessionFolder : IDisposable
{
    private const nint CurrentFolder = -100; // AT_FDCWD
    private const nint Exchange = 2; // RENAME_EXCHANGE

    // renameat2 by its number, since not every C library has a function for it; none where the number is not known.
    private static readonly nint? s_renameAt = RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 316,
        Architecture.Arm64 => 276,
        _ => null,
    };

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly string _target;

    /// <summary>Makes the folder.</summary>
    /// <param name="target">What it is to be named.</param>
    /// <param name="force">Whether a session of that name may be replaced.</param>
    /// <exception cref="CommandFailureException">There is something that must stay, or it cannot be made.</exception>
    public SessionFolder(string target, bool force)
    {
        _target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(target));
        if (File.Exists(_target))
            throw new CommandFailureException($"{target} is a file: name a folder for the session.");
        if (Directory.Exists(_target) && !IsEmpty(_target))
        {
            if (!IsSession(_target))
                throw new CommandFailureException($"{target} holds other things than recordings: name a folder of its own.");
            if (!force)
                throw new CommandFailureException($"{target} is a session already: name another folder, or give --force to replace it.");
        }

        Current = Beside($".{Path.GetFileName(_target)}.{Path.GetRandomFileName()}");
        try
        {
            var parent =
                Path.GetDirectoryName(_target) ?? throw new CommandFailureException($"{target} cannot be a session: name a folder.");
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

    /// <summary>Gives it its name, or, where it has less than what it would replace, one that says so.</summary>
    /// <param name="isWhole">Whether it has everything that was asked for.</param>
    /// <returns>Where it is.</returns>
    /// <exception cref="IOException">The system refuses; another session is as it was.</exception>
    public string Keep(bool isWhole)
    {
        if (!Directory.Exists(_target) || IsEmpty(_target))
        {
            if (Directory.Exists(_target))
                Directory.Delete(_target);
            MoveTo(_target);
        }
        else if (isWhole)
            Replace();
        else
            MoveTo(Incomplete());
        var kept = Current;
        Current = "";
        return kept;
    }

    /// <summary>One that was not kept goes.</summary>
    public void Dispose()
    {
        if (Current.Length > 0 && Directory.Exists(Current))
            Directory.Delete(Current, recursive: true);
    }

    /// <summary>Whether a folder holds recordings and nothing else.</summary>
    public static bool IsSession(string folder)
    {
        var names = Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path)).ToHashSet(StringComparer.Ordinal);
        return names.Count > 0
            && names.All(name =>
                Path.GetExtension(name) switch
                {
                    ".bin" => names.Contains(Path.ChangeExtension(name, ".json")),
                    ".json" => names.Contains(Path.ChangeExtension(name, ".bin")),
                    _ => false,
                }
            );
    }

    private static bool IsEmpty(string folder) => !Directory.EnumerateFileSystemEntries(folder).Any();

    private static void Make(string folder)
    {
        if (OperatingSystem.IsWindows())
            _ = Directory.CreateDirectory(folder);
        else
            _ = Directory.CreateDirectory(folder, OwnerOnly);
    }

    private void Replace()
    {
        if (
            OperatingSystem.IsLinux()
            && s_renameAt is { } number
            && RenameAt(number, CurrentFolder, Current, CurrentFolder, _target, Exchange) == 0
        )
        {
            Directory.Delete(Current, recursive: true); // which is the old one now
            Current = _target;
            return;
        }

        // Where two names cannot be exchanged, the old one steps aside.
        var old = Beside($".{Path.GetFileName(_target)}.{Path.GetRandomFileName()}");
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

        Directory.Delete(old, recursive: true);
    }

    private string Incomplete()
    {
        var name = _target + ".incomplete";
        for (var number = 2; Path.Exists(name); number++)
            name = $"{_target}.incomplete-{number}";
        return name;
    }

    private void MoveTo(string name)
    {
        Directory.Move(Current, name);
        Current = name;
    }

    private string Beside(string name) => Path.Combine(Path.GetDirectoryName(_target) ?? _target, name);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint RenameAt(nint number, nint oldFolder, string oldPath, nint newFolder, string newPath, nint flags);
}
