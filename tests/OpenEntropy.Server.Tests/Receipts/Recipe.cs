using Xunit;

namespace OpenEntropy.Server.Tests.Receipts;

/// <summary>The recipe that docs/api.md gives for verifying a receipt.</summary>
internal static class Recipe
{
    private const string Fence = "```python\n";

    /// <summary>The text of its one Python block.</summary>
    public static string Read()
    {
        using var stream = typeof(Recipe).Assembly.GetManifestResourceStream("api.md")!;
        using var reader = new StreamReader(stream);
        var blocks = reader.ReadToEnd().ReplaceLineEndings("\n").Split(Fence);
        Assert.Equal(2, blocks.Length);
        return blocks[1].Split("```")[0];
    }
}
