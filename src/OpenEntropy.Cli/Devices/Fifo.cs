using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;
using OpenEntropy.Cli.Bytes;
using OpenEntropy.Cli.Running;
using OpenEntropy.Noise;

namespace OpenEntropy.Cli.Devices;

/// <summary>A named pipe with its writing end, which is held open so that a reader never finds an end; the name goes with it.</summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class Fifo : IDisposable
{
    private const int WriteOnly = 1; // O_WRONLY
    private const int NonBlocking = 0x800; // O_NONBLOCK
    private const int PathOnly = 0x200000; // O_PATH: nothing is opened, and nothing happens to it
    private const int OwnerOnly = 0x180; // 0600
    private const int Exists = 17; // EEXIST

    private readonly string _path;
    private readonly string? _place;

    /// <summary>Makes the pipe, or takes over one that nobody writes to.</summary>
    /// <param name="path">Its name.</param>
    /// <param name="mode">Who may read and write it.</param>
    /// <param name="bytes">What it holds, rounded up to whole pages by the kernel; less where it may not hold so much.</param>
    /// <param name="user">Whose it must be; null: this process's.</param>
    /// <exception cref="CommandFailureException">There is something else, it is another user's, or it cannot be made.</exception>
    public Fifo(string path, UnixFileMode mode, int bytes, uint? user = null)
    {
        _path = path;
        if (Directory.Exists(path))
            throw new CommandFailureException($"{path} is a directory: name a pipe that is to be made.");
        var error = PipeCalls.MakeNamed(path, OwnerOnly);
        if (error is not (0 or Exists))
            throw new CommandFailureException($"{path} cannot be made: {Marshal.GetPInvokeErrorMessage(error)}.");
        var isOurs = error == 0;
        Writer = -1;
        try
        {
            Writer = OpenWriter(bytes, isOurs, user ?? PipeCalls.User());
            using var handle = new SafeFileHandle(Writer, ownsHandle: false);
            File.SetUnixFileMode(handle, mode);
            _place = Place();
        }
        catch (Exception exception)
        {
            Close(Writer);
            if (isOurs)
                File.Delete(path);
            if (exception is UnauthorizedAccessException or IOException)
                throw new CommandFailureException($"{path} cannot be given its mode: {exception.Message}");
            throw;
        }
    }

    /// <summary>The writing end, which never waits.</summary>
    public int Writer { get; }

    /// <summary>Bytes that wait in it.</summary>
    public int Waiting => PipeCalls.Waiting(Writer);

    /// <summary>Whether anybody has it open to read.</summary>
    public bool HasReader
    {
        get
        {
            Span<PollRequest> one = [new() { Descriptor = Writer }];
            return PipeCalls.Wait(one, 0) >= 0 && (one[0].Happened & PipeCalls.NoReader) == 0;
        }
    }

    /// <summary>Writes what there is room for.</summary>
    /// <returns>Bytes written; 0 where there is no room or no reader.</returns>
    /// <exception cref="CommandFailureException">The kernel refuses.</exception>
    public int Write(ReadOnlySpan<byte> bytes)
    {
        const int BrokenPipe = 32; // EPIPE
        fixed (byte* start = bytes)
        {
            var count = LinuxFiles.Write(Writer, start, bytes.Length);
            if (count >= 0)
                return count;
        }

        return Marshal.GetLastPInvokeError() is LinuxError.TryAgain or BrokenPipe
            ? 0
            : throw new CommandFailureException($"{_path} cannot be written: {Marshal.GetLastPInvokeErrorMessage()}.", ExitCodes.BrokenOff);
    }

    /// <summary>Takes bytes out that nobody has read.</summary>
    /// <param name="most">How many at most.</param>
    /// <returns>How many there were.</returns>
    public int Drop(int most)
    {
        // By the descriptor: the name may be another's by now.
        var reader = Open(Writer, LinuxFiles.ReadOnly);
        if (reader < 0)
            return 0;
        const int Length = 4096;
        var taken = stackalloc byte[Length];
        var total = 0;
        for (int read; total < most && (read = LinuxFiles.Read(reader, taken, Math.Min(Length, most - total))) > 0; )
            total += read;
        new Span<byte>(taken, Length).Clear();
        Close(reader);
        return total;
    }

    public void Dispose()
    {
        // Who has taken the name meanwhile keeps it.
        if (_place is not null && Place() == _place)
            File.Delete(_path);
        Close(Writer);
    }

    private static void Close(int descriptor)
    {
        if (descriptor >= 0)
            LinuxFiles.Close(descriptor);
    }

    /// <summary>Opens what a descriptor is on once more.</summary>
    private static int Open(int descriptor, int access) => LinuxFiles.TryOpen($"/proc/self/fd/{descriptor}", access | NonBlocking);

    private int OpenWriter(int bytes, bool isOurs, uint user)
    {
        var (place, reader) = (-1, -1);
        try
        {
            place = LinuxFiles.TryOpen(_path, PathOnly | LinuxFiles.NoFollow);
            if (place < 0)
                throw CannotBeOpened();
            if (PipeCalls.Look(place) is not { IsPipe: true, Owner: var owner })
                throw new CommandFailureException($"{_path} exists and is no named pipe: it is left as it is. Name another.");
            if (owner != user)
                throw new CommandFailureException($"{_path} is another user's pipe, who could write to it as well: name another.");
            // A pipe can be opened to write only while somebody reads it.
            reader = Open(place, LinuxFiles.ReadOnly);
            if (reader < 0)
                throw CannotBeOpened();
            _ = PipeCalls.Hold(reader, bytes);
            if (!isOurs && HasWriter(reader))
                throw new CommandFailureException($"{_path} is a pipe that another program writes to: name another.");
            var writer = Open(place, WriteOnly);
            return writer >= 0 ? writer : throw CannotBeOpened();
        }
        finally
        {
            Close(reader);
            Close(place);
        }
    }

    private CommandFailureException CannotBeOpened() => new($"{_path} cannot be opened: {Marshal.GetLastPInvokeErrorMessage()}.");

    /// <summary>Where the kernel says the pipe is; it adds a word to one that was removed.</summary>
    private string? Place() => new FileInfo($"/proc/self/fd/{Writer}").LinkTarget;

    /// <summary>Without a writer a pipe is at its end; what waits in it is left to its readers.</summary>
    private static bool HasWriter(int reader)
    {
        byte one;
        return PipeCalls.Waiting(reader) > 0 || LinuxFiles.Read(reader, &one, 1) != 0;
    }
}
