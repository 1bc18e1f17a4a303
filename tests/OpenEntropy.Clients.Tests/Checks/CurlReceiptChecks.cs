using OpenEntropy.Clients.Tests.Running;
using OpenEntropy.Receipts;
using Xunit;

namespace OpenEntropy.Clients.Tests.Checks;

/// <summary>curl, fetching receipts and the key they are checked with by the library.</summary>
internal static class CurlReceiptChecks
{
    private const string Query = "/api/v1/random?length=100&type=hex16&size=4";

    public static IReadOnlyList<ClientCheck> All { get; } =
    [
        new($"GET {Query}&receipt=true and /api/v1/identity, verified by the library", CompactAsync),
        new($"GET {Query} with Accept: application/jose+json, verified by the library", FlattenedAsync),
    ];

    private static Task CompactAsync(ClientSetup setup) => VerifyAsync(setup, "-f", $"{setup.Server.Http}{Query}&receipt=true");

    private static Task FlattenedAsync(ClientSetup setup) =>
        VerifyAsync(setup, "-f", "-H", "Accept: application/jose+json", setup.Server.Http + Query);

    private static async Task VerifyAsync(ClientSetup setup, params string[] arguments)
    {
        var answer = (await ClientSetup.CurlAsync(arguments)).Text;
        var identity = (await ClientSetup.CurlAsync("-f", $"{setup.Server.Http}/api/v1/identity")).Text;

        Assert.True(ReceiptPublicKey.TryParse(identity, out var key));
        var found = ReceiptVerifier.Verify(answer, key);
        Assert.True(found.IsValidForData, string.Join('\n', found.Checks));
        Assert.Equal(800, found.Receipt!.Bytes);
    }
}
