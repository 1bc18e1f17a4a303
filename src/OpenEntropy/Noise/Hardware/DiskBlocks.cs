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

    /// <summary>Writes the blocks that the file lacks, in their order, up to a number of them: what is there stays.</summary>
    /// <param name="file">Open for writing.</param>
    /// <param name="blocks">How many the file holds at least afterwards. One that is longer than all of them is cut off and written anew.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Fill(SafeFileHandle file, int blocks = Blocks)
    {
        var length = RandomAccess.GetLength(file);
        if (length > (long)Blocks * BlockBytes)
        {
            RandomAccess.SetLength(file, 0);
            length = 0;
        }

        var next = (int)(length / BlockBytes);
        if (next >= blocks)
            return;

        // Every block is written: one that is only allocated is answered with zeros without asking the device. No two blocks are alike and
        // none is zero, for the sake of file systems that share or drop such blocks.
        var block = new byte[BlockBytes];
        for (var i = next; i < blocks; i++)
        {
            for (var word = 0; word < BlockBytes; word += sizeof(int))
                _ = BitConverter.TryWriteBytes(block.AsSpan(word), (i * BlockBytes) + word + 1);
            RandomAccess.Write(file, block, (long)i * BlockBytes);
        }

        RandomAccess.FlushToDisk(file);
    }
}
