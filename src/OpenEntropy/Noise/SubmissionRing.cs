using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace OpenEntropy.Noise;

/// <summary>
/// A pair of rings shared with the kernel (io_uring(7)) through which one empty request at a time is submitted and its completion waited for.
/// Structures, offsets and flags are those of linux/io_uring.h; the calls have the same numbers on every architecture .NET runs on.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe partial class SubmissionRing : IDisposable
{
    private const nint Setup = 425; // io_uring_setup
    private const nint Enter = 426; // io_uring_enter
    private const uint Entries = 1;
    private const nint GetEvents = 1; // IORING_ENTER_GETEVENTS
    private const nint EntriesOffset = 0x10000000; // IORING_OFF_SQES
    private const nint CompletionsOffset = 0x8000000; // IORING_OFF_CQ_RING
    private const int EntryBytes = 64; // struct io_uring_sqe
    private const int CompletionBytes = 16; // struct io_uring_cqe
    private const int EntryFlags = 1; // io_uring_sqe.flags
    private const int EntryUserData = 32; // io_uring_sqe.user_data
    private const byte Asynchronous = 16; // IOSQE_ASYNC: a worker of the kernel does it, even what could be done at once

    private Parameters _parameters;
    private int _ring = -1;
    private byte* _submissions;
    private byte* _completions;
    private byte* _entries;
    private ulong _submitted;

    /// <summary>Makes the rings.</summary>
    /// <exception cref="NoiseSourceException">The kernel has none or forbids them.</exception>
    public SubmissionRing()
    {
        fixed (Parameters* parameters = &_parameters)
            _ring = (int)Call(Setup, (nint)Entries, (nint)parameters, 0, 0, 0, 0);
        if (_ring < 0)
            throw LinuxFiles.Failed("io_uring_setup");
        try
        {
            _submissions = LinuxMemory.MapShared(_ring, offset: 0, SubmissionBytes);
            _completions = LinuxMemory.MapShared(_ring, CompletionsOffset, CompletionsBytes);
            _entries = LinuxMemory.MapShared(_ring, EntriesOffset, _parameters.SubmissionEntries * EntryBytes);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Why the kernel would make no rings for this process, in one clause; null where it would. Makes none.</summary>
    public static string? WhyUnavailable()
    {
        // Without parameters the call fails in any case, but only after it was found to be known and allowed.
        _ = Call(Setup, (nint)Entries, 0, 0, 0, 0, 0);
        var error = Marshal.GetLastPInvokeError();
        return error == LinuxError.BadAddress ? null : $"the kernel refuses io_uring: {Marshal.GetPInvokeErrorMessage(error)}";
    }

    private nuint SubmissionBytes => _parameters.Submission.Last + (_parameters.SubmissionEntries * sizeof(uint)); // up to the array's end

    private nuint CompletionsBytes => _parameters.Completion.Entries + (_parameters.CompletionEntries * CompletionBytes);

    /// <summary>Submits a request to do nothing (IORING_OP_NOP), has a worker thread of the kernel do it and waits until that has.</summary>
    /// <exception cref="NoiseSourceException">The kernel refused, or its answer is not the request's.</exception>
    public void RoundTrip()
    {
        var tail = (uint*)(_submissions + _parameters.Submission.Tail);
        var slot = *tail & *(uint*)(_submissions + _parameters.Submission.Mask);
        var entry = _entries + (slot * EntryBytes); // the kernel zeroed it; opcode 0 is IORING_OP_NOP
        entry[EntryFlags] = Asynchronous;
        *(ulong*)(entry + EntryUserData) = ++_submitted;
        ((uint*)(_submissions + _parameters.Submission.Last))[slot] = slot;
        Volatile.Write(ref *tail, *tail + 1);

        var completed = (uint*)(_completions + _parameters.Completion.Tail);
        var taken = (uint*)(_completions + _parameters.Completion.Head);
        for (nint submit = 1; Volatile.Read(ref *completed) == *taken; )
        {
            var accepted = Call(Enter, _ring, submit, 1, GetEvents, 0, 0);
            if (accepted < 0 && Marshal.GetLastPInvokeError() != LinuxError.Interrupted)
                throw LinuxFiles.Failed("io_uring_enter");
            if (accepted > 0)
                submit = 0;
        }

        var index = *taken & *(uint*)(_completions + _parameters.Completion.Mask);
        var completion = _completions + _parameters.Completion.Entries + (index * CompletionBytes);
        var (answered, result) = (*(ulong*)completion, *(int*)(completion + sizeof(ulong)));
        Volatile.Write(ref *taken, *taken + 1);
        if (answered != _submitted || result != 0)
            throw new NoiseSourceException($"the ring answered request {answered} with {result} where {_submitted} was asked");
    }

    /// <summary>Gives the rings back; the kernel ends the worker threads it made for them.</summary>
    public void Dispose()
    {
        if (_submissions is not null)
            PosixMemory.Unmap(_submissions, SubmissionBytes);
        if (_completions is not null)
            PosixMemory.Unmap(_completions, CompletionsBytes);
        if (_entries is not null)
            PosixMemory.Unmap(_entries, _parameters.SubmissionEntries * EntryBytes);
        if (_ring >= 0)
            LinuxFiles.Close(_ring);
        _submissions = null;
        _completions = null;
        _entries = null;
        _ring = -1;
    }

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint Call(nint number, nint first, nint second, nint third, nint fourth, nint fifth, nint sixth);

    /// <summary>struct io_uring_params.</summary>
    private struct Parameters
    {
        public uint SubmissionEntries;
        public uint CompletionEntries;
        public fixed uint Unused[8];
        public Offsets Submission;
        public Offsets Completion;
    }

    /// <summary>struct io_sqring_offsets and io_cqring_offsets, which differ in two names.</summary>
    private struct Offsets
    {
        public uint Head;
        public uint Tail;
        public uint Mask;
        public uint EntryCount;
        public uint Flags; // of completions: how many overflowed
        public uint Entries; // of submissions: how many were dropped
        public uint Last; // of submissions: the array; of completions: flags
        public uint Reserved;
        public ulong UserAddress;
    }
}
