namespace OpenEntropy.Tests.Evidence;

/// <summary>A document of the repository, as this assembly was built with it.</summary>
internal static class EmbeddedDocument
{
    /// <summary>Its text, with line feeds.</summary>
    /// <param name="name">Its name.</param>
    public static string Read(string name)
    {
        using var reader = new StreamReader(typeof(EmbeddedDocument).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    /// <summary>The lines below a heading, up to the next heading.</summary>
    /// <param name="document">The text.</param>
    /// <param name="heading">The whole line.</param>
    public static IReadOnlyList<string> Section(string document, string heading) =>
        [.. document.Split('\n').SkipWhile(line => line != heading).Skip(1).TakeWhile(line => !line.StartsWith('#'))];
}
