using System.Diagnostics;
using System.Text.Json;
using OpenEntropy.Clients.Tests.Running;
using Xunit;

namespace OpenEntropy.Clients.Tests.Checks;

/// <summary>node, whose own cryptography checks what the service signs.</summary>
internal static class NodeChecks
{
    public const string Name = "node";

    public static ClientProgram Client { get; } =
        new(
            Name,
            () => Programs.WhyNot("node"),
            async () => (await Command.SucceedAsync(new ProcessStartInfo("node", ["--version"]))).Text.Trim().TrimStart('v'),
            [new("fetch of receipts, compact and flattened, and node:crypto (ES256), which refuses a changed one", VerifyAsync)]
        );

    private static async Task VerifyAsync(ClientSetup setup)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "Npm", "verify-receipt.mjs");
        using var found = JsonDocument.Parse(
            (await Command.SucceedAsync(ClientSetup.Direct(new ProcessStartInfo("node", [script, setup.Server.Http])))).Output
        );

        var root = found.RootElement;
        Assert.True(root.GetProperty("compact").GetBoolean());
        Assert.True(root.GetProperty("flattened").GetBoolean());
        Assert.False(root.GetProperty("changed").GetBoolean());
        Assert.False(root.GetProperty("otherData").GetBoolean());
    }
}
