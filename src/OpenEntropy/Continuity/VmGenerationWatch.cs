using System.Runtime.Versioning;
using OpenEntropy.Noise;

namespace OpenEntropy.Continuity;

/// <summary>
/// Listens for the kernel's event that the virtual machine has a new generation identifier (it was restored from a snapshot or cloned):
/// the uevent variable NEW_VMGENID, on kernels and hypervisors that have it. Where the socket cannot be had, nothing is heard.
/// </summary>
internal sealed class VmGenerationWatch : IDisposable
{
    private const int EventBytes = 8192;
    private const int WakeUpSeconds = 1;

    private readonly int _socket;
    private readonly Action _sign;
    private volatile bool _disposed;

    [SupportedOSPlatform("linux")]
    private VmGenerationWatch(int socket, Action sign)
    {
        _socket = socket;
        _sign = sign;
        new Thread(Listen, 128 * 1024) { IsBackground = true, Name = "vmgenid" }.Start();
    }

    /// <summary>A watch on a thread of its own; null where the system has no such events.</summary>
    /// <param name="sign">Called for each event of a new generation.</param>
    public static VmGenerationWatch? Start(Action sign)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        var socket = LinuxSockets.TryOpenKernelEvents(WakeUpSeconds);
        return socket < 0 ? null : new VmGenerationWatch(socket, sign);
    }

    /// <summary>True when a failed receive says that none after it will do better, so that trying again would only burn a core.</summary>
    /// <param name="error">errno.</param>
    public static bool IsFatal(int error) => error is not (LinuxError.TryAgain or LinuxError.Interrupted or LinuxError.NoBuffers);

    /// <summary>True when an event announces a new generation: a header, then variables, each ended by a zero byte.</summary>
    /// <param name="message">The event as received.</param>
    public static bool Announces(ReadOnlySpan<byte> message)
    {
        foreach (var variable in message.Split((byte)0))
        {
            if (message[variable].StartsWith("NEW_VMGENID="u8))
                return true;
        }

        return false;
    }

    /// <summary>Stops listening, within a second: no call can end a receive on such a socket from outside.</summary>
    public void Dispose() => _disposed = true;

    [SupportedOSPlatform("linux")]
    private void Listen()
    {
        Span<byte> message = stackalloc byte[EventBytes];
        while (!_disposed)
        {
            var length = LinuxSockets.Receive(_socket, message, out var error);
            if (length > 0 && Announces(message[..length]))
                _sign();
            if (length < 0 && IsFatal(error))
                break;
        }

        LinuxFiles.Close(_socket);
    }
}
