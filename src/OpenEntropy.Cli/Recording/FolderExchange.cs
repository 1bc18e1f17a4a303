using System.Runtime.InteropServices;

namespace OpenEntropy.Cli.Recording;

/// <summary>Two folders that take each other's name at one moment.</summary>
internal static partial class FolderExchange
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

    /// <summary>Exchanges their names.</summary>
    /// <param name="first">A path.</param>
    /// <param name="second">Another on the same file system.</param>
    /// <returns>False, and nothing is changed, where the system or the file system cannot.</returns>
    public static bool TryExchange(string first, string second) =>
        OperatingSystem.IsLinux()
        && s_renameAt is { } number
        && RenameAt(number, CurrentFolder, first, CurrentFolder, second, Exchange) == 0;

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint RenameAt(nint number, nint oldFolder, string oldPath, nint newFolder, string newPath, nint flags);
}
