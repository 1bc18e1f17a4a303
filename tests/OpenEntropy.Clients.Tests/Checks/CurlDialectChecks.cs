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
        new("GET /v1/auth/check-key with a bearer, quantum-vllm's first", CheckKeyAsync),
        new("GET /v1/qrng/latest twice with a bearer, quantum-vllm's batches, the hashes verified", LatestAsync),
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

    private static async Task CheckKeyAsync(ClientSetup setup)
    {
        using var answer = await AskAsync(setup, "/v1/auth/check-key");

        Assert.True(answer.RootElement.GetProperty("capabilities").GetProperty("qrng").GetBoolean());
    }

    private static async Task LatestAsync(ClientSetup setup)
    {
        var payloads = new List<string>();
        for (var i = 0; i < 2; i++)
        {
            using var answer = await AskAsync(setup, "/v1/qrng/latest");
            Assert.Equal("payload_b64 payload_hash cadence_ms batch_closed_at server_time", AnuAnswer.Members(answer));
            var payload = answer.RootElement.GetProperty("payload_b64").GetBytesFromBase64();
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(payload)), answer.RootElement.GetProperty("payload_hash").GetString());
            payloads.Add(Convert.ToHexStringLower(payload));
        }

        Assert.NotEqual(payloads[0], payloads[1]);
    }

    private static async Task<JsonDocument> AskAsync(ClientSetup setup, string path) =>
        JsonDocument.Parse((await ClientSetup.CurlAsync("-f", "-H", "Authorization: Bearer ql_day_any", setup.Server.Http + path)).Output);

    private static async Task PollenAsync(ClientSetup setup)
    {
        var lines = (await ClientSetup.CurlAsync("-f", "--data", "challenge=of curl", $"{setup.Server.Http}/pollen")).Text.Split('\n');

        Assert.Equal(Convert.ToHexStringLower(SHA512.HashData(Encoding.UTF8.GetBytes("of curl"))), lines[0]);
        Assert.Equal(64, Convert.FromHexString(lines[1]).Length);
    }
}
