using System.Runtime.InteropServices;
using OpenEntropy.Cli.Running;
using OpenEntropy.Noise;

namespace OpenEntropy.Cli.Bytes;

/// <summary>Standard output for bytes, of which a reader may have enough at any time.</summary>
internal sealed class ByteOutput : IDisposable
{
    private const int BrokenPipe = 32; // EPIPE

    // What a pipe may be given without privilege.
    private const int PipeBytes = 1 << 20;

    private readonly Stream? _stream;
    private readonly int _descriptor;

    public ByteOutput(CommandConsole console)
    {
        if (console.Descriptor is { } descriptor && OperatingSystem.IsLinux())
        {
            _descriptor = descriptor;
            _ = PipeCalls.Hold(descriptor, PipeBytes);
        }
        else
            _stream = console.Out();
    }

    /// <summary>Writes all of it.</summary>
    /// <returns>False where the reader is gone.</returns>
    /// <exception cref="CommandFailureException">It cannot be written, a disk being full for example.</exception>
    public bool TryWrite(ReadOnlySpan<byte> bytes)
    {
        try
        {
            if (_stream is null)
                return OperatingSystem.IsLinux() && TryWriteDescriptor(bytes);
            _stream.Write(bytes);
            return true;
        }
        catch (IOException exception)
        {
            // Elsewhere than on Linux a reader that is gone cannot be told from another failure.
            throw new CommandFailureException($"Standard output cannot be written: {exception.Message}", ExitCodes.BrokenOff);
        }
    }

    public void Dispose() => _stream?.Dispose();

    [System.Runtime.Versioning.SupportedOSPlatform("linux")]
    private unsafe bool TryWriteDescriptor(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            for (var written = 0; written < bytes.Length; )
            {
                var count = LinuxFiles.Write(_descriptor, start + written, bytes.Length - written);
                if (count >= 0)
                {
                    written += count;
                    continue;
                }

                var error = Marshal.GetLastPInvokeError();
                if (error == BrokenPipe)
                    return false;
                if (error == LinuxError.TryAgain && PipeCalls.WaitForRoom(_descriptor))
                    continue; // somebody made it a descriptor that does not wait
                throw new CommandFailureException(
                    $"Standard output cannot be written: {Marshal.GetPInvokeErrorMessage(error)}.",
                    ExitCodes.BrokenOff
                );
            }
        }

        return true;
    }
}
