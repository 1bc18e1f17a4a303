using OpenEntropy.Noise;
using Xunit;

namespace OpenEntropy.Tests.Noise;

public sealed class SharedLibraryTests
{
    [LinuxFact]
    public void IsInstalled_LibraryThatThisProcessHasLoaded_IsFound()
    {
        // The runtime needs the C++ library, whichever C library the system has.
        var loaded = File.ReadLines("/proc/self/maps").First(line => line.Contains("/libstdc++.so.6", StringComparison.Ordinal));

        Assert.Contains("libstdc++", loaded, StringComparison.Ordinal);
        Assert.True(SharedLibrary.IsInstalled("libstdc++.so.6"));
    }

    [LinuxFact]
    public void IsInstalled_NoSuchLibrary_IsNotFound()
    {
        Assert.False(SharedLibrary.IsInstalled("libopenentropy-test.so.9"));
        Assert.False(SharedLibrary.IsInstalled("stdc++.so.6")); // the end of another name
    }
}
