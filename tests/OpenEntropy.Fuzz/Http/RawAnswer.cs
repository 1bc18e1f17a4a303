namespace OpenEntropy.Fuzz.Http;

/// <summary>An answer as it came.</summary>
/// <param name="Status">The status.</param>
/// <param name="Headers">The headers; those that came several times are joined by commas.</param>
/// <param name="Body">The body, or the beginning of one that has no end.</param>
internal sealed record RawAnswer(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    /// <summary>Whether the server says that it closes the connection.</summary>
    public bool Closes => string.Equals(Header("Connection"), "close", StringComparison.OrdinalIgnoreCase);

    /// <summary>A header; null where there is none.</summary>
    /// <param name="name">Its name.</param>
    public string? Header(string name) => Headers.GetValueOrDefault(name);
}
