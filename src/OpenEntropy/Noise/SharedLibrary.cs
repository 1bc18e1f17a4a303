using System.Runtime.InteropServices;
using System.Text;

namespace OpenEntropy.Noise;

/// <summary>
/// Whether a library of the system is installed, told without loading it: loading runs its code, and a source that only says whether it could be
/// opened must not. A library that is found here may still fail to load; opening the source tells.
/// </summary>
internal static class SharedLibrary
{
    private const string LoaderCache = "/etc/ld.so.cache"; // see ldconfig(8)

    /// <summary>Whether Linux's loader would find a library by its file name.</summary>
    /// <param name="file">The name with its version, as in <c>libasound.so.2</c>.</param>
    public static bool IsInstalled(string file) =>
        Directories().Any(directory => File.Exists(Path.Combine(directory, file))) || IsCached(file);

    /// <summary>What the loader searches besides its cache, and musl's loader instead of one. See ld.so(8).</summary>
    private static IEnumerable<string> Directories()
    {
        var triplet = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "aarch64-linux-gnu" : "x86_64-linux-gnu";
        var configured = Environment.GetEnvironmentVariable("LD_LIBRARY_PATH") ?? "";
        return
        [
            .. configured.Split(':', ';').Where(Path.IsPathRooted),
            "/lib",
            "/usr/lib",
            "/lib64",
            "/usr/lib64",
            "/usr/local/lib",
            $"/lib/{triplet}",
            $"/usr/lib/{triplet}",
        ];
    }

    /// <summary>The cache holds every library's path as text that ends with a zero byte.</summary>
    private static bool IsCached(string file)
    {
        try
        {
            return File.ReadAllBytes(LoaderCache).AsSpan().IndexOf(Encoding.UTF8.GetBytes($"/{file}\0")) >= 0;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return false; // there is no cache, so it lists nothing
        }
    }
}
