using System.Runtime.InteropServices;
using OpenEntropy.Server.Health;

namespace OpenEntropy.Server.Hardening;

/// <summary>
/// Keeps the process' memory out of files and from other processes: no core dump (<c>RLIMIT_CORE</c>), also of its children, and on Linux no tracing and no
/// reading of its memory by other processes of its user (<c>PR_SET_DUMPABLE</c>). Root can all the same.
/// </summary>
internal static partial class ProcessHardening
{
    private const string About = "core dumps";
    private const string MiniDumps = "mini dumps";
    private const int CoreSize = 4; // RLIMIT_CORE, on Linux and macOS
    private const int SetDumpable = 4; // PR_SET_DUMPABLE

    private static readonly string[] s_miniDumpVariables = ["DOTNET_DbgEnableMiniDump", "COMPlus_DbgEnableMiniDump"];

    /// <summary>Does it, unless it is switched off, and says what it could not do.</summary>
    /// <param name="options">Whether.</param>
    /// <param name="deviations">Where to say it.</param>
    public static void Apply(HardeningOptions options, DeviationBoard deviations)
    {
        deviations.Set(
            About,
            options.AllowCoreDumps
                    ? $"{HardeningOptions.Section}:{nameof(HardeningOptions.AllowCoreDumps)} is set: a dump of the process holds its secrets"
                : Refuse() is { } why ? $"a dump of the process may hold its secrets: {why}"
                : null
        );

        // The runtime writes these itself, whatever the limit says.
        var variable = s_miniDumpVariables.FirstOrDefault(name =>
            Environment.GetEnvironmentVariable(name) is { Length: > 0 } value && value != "0"
        );
        deviations.Set(
            MiniDumps,
            variable is null ? null : $"{variable} is set: a crash writes the process' memory, with its secrets, to a file"
        );
    }

    private static string? Refuse()
    {
        if (OperatingSystem.IsWindows())
        {
            return null; // there is nothing like it to switch off: Windows Error Reporting is the machine's setting
        }

        var none = default(Limit);
        if (SetLimit(CoreSize, in none) != 0)
        {
            return $"setrlimit failed: {Marshal.GetLastPInvokeErrorMessage()}";
        }

        return OperatingSystem.IsLinux() && Control(SetDumpable, 0, 0, 0, 0) != 0
            ? $"prctl failed: {Marshal.GetLastPInvokeErrorMessage()}"
            : null;
    }

    [LibraryImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    private static partial int SetLimit(int resource, in Limit limit);

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static partial int Control(int option, nuint second, nuint third, nuint fourth, nuint fifth);

    /// <summary><c>struct rlimit</c> where the processor has 64 bits.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Limit
    {
        private readonly ulong _soft;
        private readonly ulong _hard;
    }
}
