using System.Globalization;

namespace OpenEntropy.Cli.Recording;

/// <summary>Where sessions are that nobody gave another place.</summary>
internal static class SessionPlace
{
    /// <summary>Their folder.</summary>
    public static string Folder => Path.Combine(new StorageOptions().Directory, "sessions");

    /// <summary>The name of a session that begins now: later ones come later in the alphabet.</summary>
    /// <param name="now">The time.</param>
    public static string NameOf(DateTimeOffset now) => now.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture);

    /// <summary>The folder of a session: a path, or the name of one in <see cref="Folder"/>.</summary>
    /// <param name="given">What the user wrote.</param>
    public static string Find(string given) =>
        !Directory.Exists(given) && given == Path.GetFileName(given) && Directory.Exists(Path.Combine(Folder, given))
            ? Path.Combine(Folder, given)
            : given;
}
