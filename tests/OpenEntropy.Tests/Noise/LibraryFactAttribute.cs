using OpenEntropy.Noise;
using Xunit;

namespace OpenEntropy.Tests.Noise;

/// <summary>A test that calls a library of the system's, skipped where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LibraryFactAttribute : FactAttribute
{
    /// <param name="file">The library's file name.</param>
    /// <param name="packages">The Debian packages that bring it and what the test needs besides.</param>
    public LibraryFactAttribute(string file, string packages) =>
        Skip =
            OperatingSystem.IsLinux() && SharedLibrary.IsInstalled(file) ? null : $"{file} is not installed (Debian packages: {packages})";
}
