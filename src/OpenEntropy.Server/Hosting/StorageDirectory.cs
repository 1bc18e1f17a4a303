using System.Runtime.InteropServices;

namespace OpenEntropy.Server.Hosting;

/// <summary>
/// The storage directory holds the history that decides credit, so that whoever else can write there decides it too: under <c>/tmp</c> anybody may
/// have made it first.
/// </summary>
internal static partial class StorageDirectory
{
    private const int CurrentDirectory = -100;
    private const uint BasicFields = 0x7ff;
    private const uint Root = 0;

    /// <summary>Why a directory cannot be trusted; null where it can, or where there is none yet.</summary>
    /// <param name="path">An absolute path.</param>
    public static string? WhyNot(string path) =>
        OperatingSystem.IsWindows() || !Directory.Exists(path)
            ? null
            : WhyNot(path, File.GetUnixFileMode(path), Owner(path), EffectiveUser());

    /// <summary>Why a directory of this mode and owner cannot be trusted by a user; null where it can.</summary>
    internal static string? WhyNot(string path, UnixFileMode mode, uint? owner, uint user)
    {
        if (mode.HasFlag(UnixFileMode.OtherWrite))
        {
            return $"everybody may write to '{path}' and so change what decides credit: take that away (chmod o-w) or name another directory";
        }

        return owner is null or Root || owner == user
            ? null
            : $"'{path}' belongs to user {owner}, not to user {user} who runs this: change its owner (chown) or name another directory";
    }

    /// <summary>Creates a directory for its owner alone, where there is none.</summary>
    /// <param name="path">An absolute path.</param>
    /// <exception cref="IOException">The system refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The system refuses, or there is one that others can write to.</exception>
    public static void Create(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Check(path);
    }

    /// <summary>Throws where a directory cannot be trusted.</summary>
    /// <param name="path">An absolute path.</param>
    /// <exception cref="UnauthorizedAccessException">Others can write to it.</exception>
    public static void Check(string path)
    {
        if (WhyNot(path) is { } why)
        {
            throw new UnauthorizedAccessException(why);
        }
    }

    /// <summary>A directory's owner; null where the system does not tell. Other systems than Linux are asked for the mode alone.</summary>
    private static uint? Owner(string path) =>
        OperatingSystem.IsLinux() && Status(CurrentDirectory, path, 0, BasicFields, out var fields) == 0 ? fields.Owner : null;

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Status(int directory, string path, int flags, uint mask, out StatusFields fields);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUser();

    /// <summary><c>struct statx</c>, which is the same on every processor.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct StatusFields
    {
        [FieldOffset(20)]
        public uint Owner;
    }
}
