namespace OpenEntropy.Browser.Tests.Running;

/// <summary>Where pictures are kept for people to look at: <c>OPENENTROPY_SCREENSHOTS</c>, or beside the tests.</summary>
internal static class Artifacts
{
    /// <summary>The directory, which is there.</summary>
    public static string Location { get; } = Directory.CreateDirectory(Chosen()).FullName;

    /// <summary>A picture's file.</summary>
    /// <param name="name">Its name without what tells the format.</param>
    public static string Picture(string name) => Path.Combine(Location, name + ".png");

    private static string Chosen() =>
        Environment.GetEnvironmentVariable("OPENENTROPY_SCREENSHOTS") is { Length: > 0 } directory
            ? directory
            : Path.Combine(AppContext.BaseDirectory, "screenshots");
}
