using System.Text;
using Xunit;

namespace OpenEntropy.Cli.Tests.Monitor;

/// <summary>
/// Screens as text, kept in the folder Snapshots. To write these anew, after a change that is meant: <c>OPENENTROPY_SNAPSHOTS</c> set to that folder's path; the
/// test fails all the same, so that nothing passes by writing.
/// </summary>
internal static class Snapshot
{
    /// <summary>Asserts that a screen is the one kept, but for spaces at the ends of its rows.</summary>
    /// <param name="name">The file's name without its extension.</param>
    /// <param name="actual">The screen.</param>
    public static void AssertIs(string name, string actual)
    {
        var trimmed = string.Join('\n', actual.Split('\n').Select(line => line.TrimEnd(' ')));
        if (Environment.GetEnvironmentVariable("OPENENTROPY_SNAPSHOTS") is { Length: > 0 } folder)
            File.WriteAllText(Path.Combine(folder, name + ".txt"), trimmed);
        using var file = typeof(Snapshot).Assembly.GetManifestResourceStream($"snapshot.{name}.txt");
        Assert.True(file is not null, $"There is no snapshot {name}.txt.");
        using var reader = new StreamReader(file, Encoding.UTF8);
        Assert.Equal(reader.ReadToEnd().ReplaceLineEndings("\n"), trimmed);
    }
}
