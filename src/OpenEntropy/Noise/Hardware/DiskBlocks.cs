using Microsoft.Win32.SafeHandles;

namespace OpenEntropy.Noise.Hardware;

/// <summary>
/// The contents of the file that <see cref="DiskIoSource"/> reads. It is written once, synced and kept: its size and contents are fixed and not
/// secret, and writing 4 MiB at every start would cost time and wear for nothing.
/// </summary>
internal static class DiskBlocks
{
    /// <summary>Bytes of one read; a multiple of every logical block size in use, and the alignment that reads past the page cache ask for.</summary>
    public const int BlockBytes = 4096;

    /// <summary>Blocks in the file.</summary>
    public const int Blocks = 1024;

    /// <summary>Writes the file, unless it has its size.</summary>
    /// <param name="file">Open for writing.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void WriteWhereOfAnotherSize(SafeFileHandle file)
    {
        if (RandomAccess.GetLength(file) == (long)Blocks * BlockBytes)
            return;

        // Every block is written: one that is only allocated is answered with zeros without asking the device. No two blocks are alike and
        // none is zero, for the sake of file systems that share or drop such blocks.
        RandomAccess.SetLength(file, 0);
        var block = new byte[BlockBytes];
        for (var i = 0; i < Blocks; i++)
        {
            for (var word = 0; word < BlockBytes; word += sizeof(int))
                _ = BitConverter.TryWriteBytes(block.AsSpan(word), (i * BlockBytes) + word + 1);
            RandomAccess.Write(file, block, (long)i * BlockBytes);
        }

        RandomAccess.FlushToDisk(file);
    }
}
