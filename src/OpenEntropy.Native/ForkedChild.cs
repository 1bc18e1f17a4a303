using System.Runtime.InteropServices;

namespace OpenEntropy.Native;

/// <summary>
/// A child of fork(2) has the runtime's memory and none of its threads: it would hang, or give the parent's bytes. Asked before anything else, without
/// taking memory.
/// </summary>
internal static partial class ForkedChild
{
    /// <summary>The process that asked first, which <see cref="Exports.Contract"/> does for every caller. A test puts another in its place.</summary>
    internal static int Parent { get; set; } = OperatingSystem.IsWindows() ? 0 : GetProcessId();

    /// <summary>True where another process than this one started the runtime.</summary>
    public static bool IsThis => !OperatingSystem.IsWindows() && GetProcessId() != Parent;

    [LibraryImport("libc", EntryPoint = "getpid")]
    [SuppressGCTransition]
    private static partial int GetProcessId();
}
