using System.Runtime.InteropServices;

namespace OpenEntropy.Cli.Monitor.Screens;

/// <summary>
/// Standard input as it is typed: no echo, no line, no signal of a key (termios(3), cfmakeraw). Disposed, the terminal is as it was before.
/// </summary>
internal sealed unsafe partial class RawMode : IDisposable
{
    private const int StandardInput = 0;
    private const int Now = 0; // TCSANOW
    private const int AfterOutput = 1; // TCSADRAIN

    // struct termios has 60 bytes on Linux, 72 on macOS; its members are left to the C library.
    private const int SettingsBytes = 128;

    private readonly byte[] _before = new byte[SettingsBytes];

    /// <exception cref="IOException">Standard input is no terminal.</exception>
    public RawMode()
    {
        fixed (byte* before = _before)
        {
            if (GetAttributes(StandardInput, before) != 0)
                throw new IOException("Standard input is no terminal.");
        }

        Keep();
    }

    /// <summary>Sees to it that it is in force: while the process was stopped, a shell has set its own mode, and the runtime sets that of the start when it goes on.</summary>
    public void Keep()
    {
        var settings = stackalloc byte[SettingsBytes];
        _before.CopyTo(new Span<byte>(settings, SettingsBytes));
        MakeRaw(settings);
        _ = SetAttributes(StandardInput, Now, settings); // fails where the terminal is gone, which reading it tells
    }

    public void Dispose()
    {
        fixed (byte* before = _before)
            _ = SetAttributes(StandardInput, AfterOutput, before); // as above
    }

    [LibraryImport("libc", EntryPoint = "tcgetattr")]
    private static partial int GetAttributes(int terminal, byte* settings);

    [LibraryImport("libc", EntryPoint = "tcsetattr")]
    private static partial int SetAttributes(int terminal, int when, byte* settings);

    [LibraryImport("libc", EntryPoint = "cfmakeraw")]
    private static partial void MakeRaw(byte* settings);
}
