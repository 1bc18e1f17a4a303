using System.Text.Json;
using Xunit;

namespace OpenEntropy.Clients.Tests.Checks;

/// <summary>What clients of the ANU service read of an answer.</summary>
internal static class AnuAnswer
{
    /// <summary>The names of the members, in their order.</summary>
    /// <param name="answer">The answer.</param>
    public static string Members(JsonDocument answer) =>
        string.Join(' ', answer.RootElement.EnumerateObject().Select(member => member.Name));

    /// <summary>The elements, where the answer is a success of a type with as many of them.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="type">The type it should tell.</param>
    /// <param name="length">How many.</param>
    public static IReadOnlyList<JsonElement> Data(JsonDocument answer, string type, int length)
    {
        var root = answer.RootElement;
        Assert.True(root.GetProperty("success").GetBoolean());
        Assert.Equal(type, root.GetProperty("type").GetString());
        var data = root.GetProperty("data").EnumerateArray().ToList();
        Assert.Equal(length, data.Count);
        return data;
    }
}
