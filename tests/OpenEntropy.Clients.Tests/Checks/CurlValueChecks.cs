using System.Globalization;
using System.Text.Json;
using OpenEntropy.Clients.Tests.Running;
using Xunit;

namespace OpenEntropy.Clients.Tests.Checks;

/// <summary>curl on the routes of values.</summary>
internal static class CurlValueChecks
{
    private const int Dice = 6;
    private const int Accepted = 252; // the largest multiple of 6 that a byte can be below

    public static IReadOnlyList<ClientCheck> All { get; } =
    [
        new("GET /api/v1/integers?min=1&max=6&count=1000&proof=true, computed again from the proof", IntegersAsync),
        new("GET /api/v1/floats?count=100&format=lines", FloatsAsync),
        new("GET /api/v1/uuids?version=7&count=100", UuidsAsync),
        new("POST /api/v1/shuffle with a JSON array (--json)", ShuffleAsync),
    ];

    private static async Task IntegersAsync(ClientSetup setup)
    {
        using var answer = await GetAsync(setup, "integers?min=1&max=6&count=1000&proof=true");

        var proof = answer.RootElement.GetProperty("proof");
        Assert.Equal("integers/1", proof.GetProperty("mapping").GetString());
        Assert.Equal(
            Convert.FromHexString(proof.GetProperty("bytes").GetString()!).Where(each => each < Accepted).Select(each => 1 + (each % Dice)),
            Data(answer).Select(each => each.GetInt32())
        );
    }

    private static async Task FloatsAsync(ClientSetup setup)
    {
        var text = (await ClientSetup.CurlAsync("-f", $"{setup.Server.Http}/api/v1/floats?count=100&format=lines")).Text;

        var numbers = text.TrimEnd('\n').Split('\n').Select(line => double.Parse(line, CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(100, numbers.Distinct().Count());
        Assert.All(numbers, number => Assert.InRange(number, 0, Math.BitDecrement(1)));
    }

    private static async Task UuidsAsync(ClientSetup setup)
    {
        using var answer = await GetAsync(setup, "uuids?version=7&count=100");

        var uuids = Data(answer).Select(each => each.GetString()!).ToList();
        Assert.Equal(100, uuids.Count);
        Assert.All(uuids, uuid => Assert.Equal(7, Guid.Parse(uuid).Version));
        Assert.Equal(uuids.Order(StringComparer.Ordinal), uuids);
    }

    private static async Task ShuffleAsync(ClientSetup setup)
    {
        var address = $"{setup.Server.Http}/api/v1/shuffle";
        using var answer = JsonDocument.Parse(
            (await ClientSetup.CurlAsync("-f", "--json", """["Smith, J.","Doe","Müller"]""", address)).Output
        );

        Assert.Equal(["Doe", "Müller", "Smith, J."], Data(answer).Select(each => each.GetString()).Order(StringComparer.Ordinal));
    }

    private static async Task<JsonDocument> GetAsync(ClientSetup setup, string address) =>
        JsonDocument.Parse((await ClientSetup.CurlAsync("-f", $"{setup.Server.Http}/api/v1/{address}")).Output);

    private static JsonElement.ArrayEnumerator Data(JsonDocument answer) => answer.RootElement.GetProperty("data").EnumerateArray();
}
