using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace OpenEntropy.Noise.Hardware;

/// <summary>The Bluetooth controllers that the kernel knows.</summary>
[SupportedOSPlatform("linux")]
internal static class BluetoothControllers
{
    private const int NotPermitted = 1; // EPERM
    private const int NotConnected = 32; // EPIPE: what sockets of a controller that is gone say
    private const int NetworkDown = 100; // ENETDOWN

    /// <summary>Why a controller does not do as it was asked, in one clause.</summary>
    /// <param name="name">The controller's.</param>
    /// <param name="act">What was tried, up to the name.</param>
    /// <param name="error">The errno.</param>
    public static string WhyFailed(string name, string act, int error) =>
        error switch
        {
            NotPermitted => $"scanning by {name} needs the capability CAP_NET_RAW",
            NetworkDown => $"{name} is off: switch it on, for example by bluetoothctl power on",
            LinuxError.NoDevice or NotConnected => $"{name} was unplugged",
            _ => $"{act} {name} failed: {Marshal.GetPInvokeErrorMessage(error)}",
        };

    /// <summary>The lowest number of a controller; null where there is none. Opens nothing.</summary>
    /// <param name="directory">Where the kernel shows them. Connections ("hci0:64") stand there as well.</param>
    public static int? FirstIn(string directory)
    {
        if (!Directory.Exists(directory))
            return null;
        int? first = null;
        foreach (var path in Directory.EnumerateFileSystemEntries(directory, "hci*"))
            if (int.TryParse(Path.GetFileName(path.AsSpan())[3..], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                first = Math.Min(first ?? number, number);
        return first;
    }

    /// <summary>A socket that receives a controller's ends of commands and its LE events.</summary>
    /// <param name="number">The controller's.</param>
    /// <exception cref="NoiseSourceException">The kernel refused.</exception>
    public static int Open(int number)
    {
        Span<byte> filter = stackalloc byte[HciPackets.FilterBytes];
        HciPackets.WriteFilter(filter);
        return RadioSockets.OpenBluetooth(number, filter);
    }
}
