using System.Text.Json;
using Xunit;

namespace OpenEntropy.Server.Tests.Documentation;

/// <summary>
/// The document is the one that was last looked at: a change of the API is seen in a change of <c>openapi.json</c>, which
/// <c>OPENENTROPY_OPENAPI=&lt;that file&gt; dotnet test --filter OpenApiSnapshot</c> writes anew.
/// </summary>
public sealed class OpenApiSnapshotTests
{
    private const string Variable = "OPENENTROPY_OPENAPI";

    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    [Fact]
    public async Task Document_Text_IsThatOfTheFile()
    {
        await using var factory = new ServerFactory();
        using var client = factory.CreateClient();
        using var document = JsonDocument.Parse(await client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)));
        var text = JsonSerializer.Serialize(document.RootElement, s_indented).ReplaceLineEndings("\n") + "\n";
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } path)
        {
            await File.WriteAllTextAsync(path, text);
            return;
        }

        Assert.Equal(KeptDocument.Text, text);
    }
}
