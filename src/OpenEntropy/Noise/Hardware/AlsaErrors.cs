using System.Runtime.InteropServices;

namespace OpenEntropy.Noise.Hardware;

/// <summary>What ALSA's negative errno values mean for a capture device, in words an operator can act on.</summary>
internal static class AlsaErrors
{
    /// <summary>Why a device could not be opened, in one clause.</summary>
    /// <param name="device">Its name.</param>
    /// <param name="error">The negative errno.</param>
    public static string WhyNotOpened(string device, int error) =>
        -error switch
        {
            LinuxError.NoEntry =>
                $"there is no capture device {device}: neither a sound card nor ALSA's configuration (asound.conf) leads to one",
            LinuxError.PermissionDenied or LinuxError.NotPermitted =>
                $"opening the capture device {device} is not permitted: this user may need the group audio",
            LinuxError.Busy => $"the capture device {device} is in use by another program",
            LinuxError.NoDevice => $"the capture device {device} was unplugged",
            _ => $"opening the capture device {device} failed: {Marshal.GetPInvokeErrorMessage(-error)}",
        };

    /// <summary>Why a running stream gives no more frames, in one clause.</summary>
    /// <param name="device">Its name.</param>
    /// <param name="error">The negative errno; 0 for a stream that ended.</param>
    public static string WhyNoFrames(string device, int error) =>
        -error switch
        {
            0 => $"the capture device {device} gives no more frames",
            LinuxError.NoDevice or LinuxError.BadState => $"the capture device {device} was unplugged",
            _ => $"reading the capture device {device} failed: {Marshal.GetPInvokeErrorMessage(-error)}",
        };
}
