using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OpenEntropy.Clients.Tests.Running;
using Xunit;

namespace OpenEntropy.Clients.Tests.Checks;

/// <summary>curl, sending what clients of other services send.</summary>
internal static class CurlDialectChecks
{
    public static IReadOnlyList<ClientCheck> All { get; } =
    [
        new("GET /?length=1024&type=hex16&size=10 with x-api-key, the newer ANU API", NewerAsync),
        new("GET /API/jsonI.php?length=16&type=hex16&size=4, the older ANU API", OlderAsync),
        new("POST /pollen with a challenge", PollenAsync),
    ];

    private static async Task NewerAsync(ClientSetup setup)
    {
        var address = $"{setup.Server.Http}/?length=1024&type=hex16&size=10";
        using var answer = JsonDocument.Parse((await ClientSetup.CurlAsync("-f", "-H", "x-api-key: none", address)).Output);

        Assert.Equal("success type length", string.Join(' ', AnuAnswer.Members(answer).Split(' ').Take(3)));
        Assert.Equal("1024", answer.RootElement.GetProperty("length").GetString());
        Assert.All(AnuAnswer.Data(answer, "hex16", 1024), block => Assert.Equal(40, block.GetString()!.Length));
    }

    private static async Task OlderAsync(ClientSetup setup)
    {
        var address = $"{setup.Server.Http}/API/jsonI.php?length=16&type=hex16&size=4";
        using var answer = JsonDocument.Parse((await ClientSetup.CurlAsync("-f", address)).Output);

        Assert.Equal("type length size data success", AnuAnswer.Members(answer));
        Assert.All(AnuAnswer.Data(answer, "string", 16), block => Assert.Equal(8, block.GetString()!.Length)); // size counts bytes
    }

    private static async Task PollenAsync(ClientSetup setup)
    {
        var lines = (await ClientSetup.CurlAsync("-f", "--data", "challenge=of curl", $"{setup.Server.Http}/pollen")).Text.Split('\n');

        Assert.Equal(Convert.ToHexStringLower(SHA512.HashData(Encoding.UTF8.GetBytes("of curl"))), lines[0]);
        Assert.Equal(64, Convert.FromHexString(lines[1]).Length);
    }
}
