using Microsoft.Win32.SafeHandles;

namespace OpenEntropy.Cli.Monitor.Screens;

/// <summary>Reads what is typed on a thread of its own, which waits for the next byte until the process ends.</summary>
internal static class TerminalKeys
{
    private const int StandardInput = 0;
    private const int LargestRead = 256;

    /// <summary>Begins to read. The runtime's own stream for standard input would gather lines and echo them.</summary>
    /// <param name="post">Receives the bytes; at the end none, once.</param>
    public static void Begin(Action<ReadOnlyMemory<byte>> post)
    {
        var thread = new Thread(() => Read(post)) { IsBackground = true, Name = "keys" };
        thread.Start();
    }

    private static void Read(Action<ReadOnlyMemory<byte>> post)
    {
        try
        {
            using var handle = new SafeFileHandle(StandardInput, ownsHandle: false);
            using var input = new FileStream(handle, FileAccess.Read, bufferSize: 0);
            var buffer = new byte[LargestRead];
            while (input.Read(buffer) is > 0 and var count)
                post(buffer.AsMemory(0, count).ToArray());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // EIO: the terminal is gone, which is an end like any other.
        }

        post(default);
    }
}
