using System.Collections.Frozen;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace OpenEntropy.Noise;

/// <summary>A serial port as a plain stream of bytes: 8 data bits, no parity, 1 stop bit, no flow control, nothing translated. See termios(3).</summary>
[SupportedOSPlatform("linux")]
internal static unsafe partial class LinuxTerminal
{
    // struct termios has 60 bytes on Linux: four words of flags, one byte, 32 control characters, two words of speed.
    private const int SettingsBytes = 128;
    private const int ControlFlagsOffset = 8;
    private const int CharactersOffset = 17;

    // asm-generic/termbits.h, which x86 and arm share
    private const uint TwoStopBits = 0x40; // CSTOPB
    private const uint Receiver = 0x80; // CREAD
    private const uint NoModem = 0x800; // CLOCAL
    private const uint HardwareFlowControl = 0x8000_0000; // CRTSCTS
    private const int TimeIndex = 5; // VTIME
    private const int MinimumIndex = 6; // VMIN
    private const int Now = 0; // TCSANOW

    private const nuint FlushCall = 0x540B; // TCFLSH
    private const nuint ExclusiveCall = 0x540C; // TIOCEXCL
    private const nuint SharedCall = 0x540D; // TIOCNXCL
    private const nint Input = 0; // TCIFLUSH

    private static readonly FrozenDictionary<int, uint> s_rates = new Dictionary<int, uint>
    {
        [300] = 0x7,
        [600] = 0x8,
        [1200] = 0x9,
        [2400] = 0xB,
        [4800] = 0xC,
        [9600] = 0xD,
        [19200] = 0xE,
        [38400] = 0xF,
        [57600] = 0x1001,
        [115200] = 0x1002,
        [230400] = 0x1003,
        [460800] = 0x1004,
        [500000] = 0x1005,
        [576000] = 0x1006,
        [921600] = 0x1007,
        [1000000] = 0x1008,
        [1152000] = 0x1009,
        [1500000] = 0x100A,
        [2000000] = 0x100B,
        [2500000] = 0x100C,
        [3000000] = 0x100D,
        [3500000] = 0x100E,
        [4000000] = 0x100F,
    }.ToFrozenDictionary();

    /// <summary>The rates the kernel has a name for, in baud, ascending.</summary>
    public static IReadOnlyList<int> Rates { get; } = [.. s_rates.Keys.Order()];

    /// <summary>Makes a port a plain stream of bytes that nobody else may open, and drops what it received before. A FIFO is one already.</summary>
    /// <param name="port">The descriptor.</param>
    /// <param name="rate">One of <see cref="Rates"/>.</param>
    /// <returns>False for a FIFO or another descriptor that is no terminal.</returns>
    /// <exception cref="NoiseSourceException">The port cannot be set so.</exception>
    public static bool MakeRaw(int port, int rate)
    {
        var settings = stackalloc byte[SettingsBytes];
        if (GetAttributes(port, settings) != 0)
        {
            if (Marshal.GetLastPInvokeError() == LinuxError.UnknownRequest)
                return false;
            throw LinuxFiles.Failed("asking for the port's settings");
        }

        MakeRaw(settings);
        ref var flags = ref *(uint*)(settings + ControlFlagsOffset);
        flags = (flags & ~(TwoStopBits | HardwareFlowControl)) | Receiver | NoModem;
        settings[CharactersOffset + TimeIndex] = 0;
        settings[CharactersOffset + MinimumIndex] = 1;
        if (
            LinuxDevices.Control(port, ExclusiveCall, 0) != 0
            || !TrySetSpeed(settings, rate)
            || SetAttributes(port, Now, settings) != 0
            || LinuxDevices.Control(port, FlushCall, Input) != 0
        )
            throw LinuxFiles.Failed($"setting the port to {rate} baud");
        return true;
    }

    /// <summary>Lets others open the port again.</summary>
    /// <param name="port">The descriptor.</param>
    public static void Share(int port) => _ = LinuxDevices.Control(port, SharedCall, 0);

    /// <summary>
    /// Since glibc 2.42 a speed is a plain number, and the kernel's code for one would be taken for so many baud. Earlier ones take either, and no code
    /// is a rate; other libraries know the codes alone, and refuse plain numbers.
    /// </summary>
    private static bool TrySetSpeed(byte* settings, int rate) =>
        SetSpeed(settings, (uint)rate) == 0 || SetSpeed(settings, s_rates[rate]) == 0;

    [LibraryImport("libc", EntryPoint = "tcgetattr", SetLastError = true)]
    private static partial int GetAttributes(int port, byte* settings);

    [LibraryImport("libc", EntryPoint = "tcsetattr", SetLastError = true)]
    private static partial int SetAttributes(int port, int when, byte* settings);

    [LibraryImport("libc", EntryPoint = "cfmakeraw")]
    private static partial void MakeRaw(byte* settings);

    [LibraryImport("libc", EntryPoint = "cfsetspeed", SetLastError = true)]
    private static partial int SetSpeed(byte* settings, uint speed);
}
