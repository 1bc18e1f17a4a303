using System.Globalization;
using System.Runtime.Versioning;

namespace OpenEntropy.Noise.Hardware;

/// <summary>The Bluetooth controllers that the kernel knows.</summary>
[SupportedOSPlatform("linux")]
internal static class BluetoothControllers
{
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
