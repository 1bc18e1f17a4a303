using OpenEntropy.Server.Audit;

namespace OpenEntropy.Server.Tests.Audit;

/// <summary>A file system that fails where a test says so.</summary>
internal sealed class FaultyDisk : AuditDisk
{
    private const int NoSpace = 28; // ENOSPC
    private const int InputOutput = 5; // EIO

    /// <summary>Bytes that can still be written; null: as many as the machine has.</summary>
    public int? Room { get; set; }

    /// <summary>Whether waiting for the device fails.</summary>
    public bool FailsToSync { get; set; }

    /// <summary>Whether cutting fails.</summary>
    public bool FailsToCut { get; set; }

    /// <summary>Whether removing fails.</summary>
    public bool FailsToDelete { get; set; }

    /// <summary>How often the device was waited for.</summary>
    public int Syncs { get; private set; }

    public override void Write(FileStream file, ReadOnlySpan<byte> bytes, long at)
    {
        if (Room is not { } room || bytes.Length <= room)
        {
            base.Write(file, bytes, at);
            Room -= bytes.Length;
            return;
        }

        base.Write(file, bytes[..room], at); // what has room is there
        Room = 0;
        throw new IOException("No space left on device", NoSpace);
    }

    public override void Sync(FileStream file)
    {
        Fail(FailsToSync);
        Syncs++; // nothing is read after a power cut here, and so nothing is waited for
    }

    public override void SyncDirectory(string path) => Fail(FailsToSync);

    public override void Cut(FileStream file, long length)
    {
        Fail(FailsToCut);
        base.Cut(file, length);
    }

    public override void Delete(string path)
    {
        Fail(FailsToDelete);
        base.Delete(path);
    }

    private static void Fail(bool fails)
    {
        if (fails)
        {
            throw new IOException("Input/output error", InputOutput);
        }
    }
}
