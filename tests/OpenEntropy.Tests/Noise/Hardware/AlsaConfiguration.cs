using System.Runtime.InteropServices;

namespace OpenEntropy.Tests.Noise.Hardware;

/// <summary>
/// ALSA's configuration for the time of a test: a file of its own in place of the system's. ALSA looks at the variable, and at the file's time,
/// whenever a device is opened. The runtime's own Environment does not change what C libraries see.
/// </summary>
internal sealed partial class AlsaConfiguration : IDisposable
{
    private const string Variable = "ALSA_CONFIG_PATH";

    private readonly TemporaryDirectory _directory = new();

    /// <param name="text">Receives the directory and gives the text of the file.</param>
    public AlsaConfiguration(Func<TemporaryDirectory, string> text)
    {
        File.WriteAllText(_directory.File("asound.conf"), text(_directory));
        Set(_directory.File("asound.conf"));
    }

    /// <summary>A path in the directory of the file.</summary>
    public string PathOf(string name) => _directory.File(name);

    public void Dispose()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { } before)
            Set(before);
        else
            _ = UnsetVariable(Variable);
        _directory.Dispose();
    }

    private static void Set(string value) => _ = SetVariable(Variable, value, overwrite: 1);

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);

    [LibraryImport("libc", EntryPoint = "unsetenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int UnsetVariable(string name);
}
