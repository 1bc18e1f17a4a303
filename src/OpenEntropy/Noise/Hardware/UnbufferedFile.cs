using Microsoft.Win32.SafeHandles;

namespace OpenEntropy.Noise.Hardware;

/// <summary>
/// The file of <see cref="DiskBlocks"/> where the way past the system's cache is a flag at its opening: on Windows. Others take the flag and read
/// from their cache all the same.
/// </summary>
internal static class UnbufferedFile
{
    private const FileOptions NoBuffering = (FileOptions)0x2000_0000; // FILE_FLAG_NO_BUFFERING

    /// <summary>Writes what the file lacks, and opens it past the cache.</summary>
    /// <param name="path">The file. Missing directories are created.</param>
    /// <exception cref="NoiseSourceException">The file cannot be had.</exception>
    public static SafeFileHandle Open(string path)
    {
        try
        {
            OwnerDirectory.Create(Path.GetDirectoryName(path)!);
            using (var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite))
                DiskBlocks.Fill(file);
            return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, NoBuffering);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new NoiseSourceException($"{path} cannot be had: {cause.Message}", cause);
        }
    }
}
