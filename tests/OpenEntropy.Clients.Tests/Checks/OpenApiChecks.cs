using System.Text.Json;
using OpenEntropy.Clients.Tests.Running;
using Xunit;

namespace OpenEntropy.Clients.Tests.Checks;

/// <summary>What others make of <c>/openapi/v1.json</c>: two validators, and a generator whose client is compiled and asks the service.</summary>
internal static class OpenApiChecks
{
    public const string RedoclyName = "@redocly/openapi-core";
    public const string SeriousmeName = "@seriousme/openapi-schema-validator";
    public const string GeneratedName = "openapi-typescript, openapi-fetch";

    private const string Document = "openapi.json";

    public static ClientProgram Redocly { get; } =
        new(
            RedoclyName,
            NpmFolder.WhyNot,
            () => Task.FromResult(NpmFolder.VersionOf(RedoclyName)),
            [
                new(
                    "lint of /openapi/v1.json by the rules recommended-strict, without operation-4xx-response and no-path-trailing-slash",
                    LintAsync
                ),
            ]
        );

    public static ClientProgram Seriousme { get; } =
        new(
            SeriousmeName,
            NpmFolder.WhyNot,
            () => Task.FromResult(NpmFolder.VersionOf(SeriousmeName)),
            [new("validate-api of /openapi/v1.json", ValidateAsync)]
        );

    public static ClientProgram GeneratedClient { get; } =
        new(
            GeneratedName,
            NpmFolder.WhyNot,
            () => Task.FromResult($"{NpmFolder.VersionOf("openapi-typescript")}, {NpmFolder.VersionOf("openapi-fetch")}"),
            [
                new(
                    "types generated from /openapi/v1.json, compiled by tsc --strict, and asking its routes through them: values with a proof, a shuffle, a receipt, a bundle and more",
                    GenerateAsync
                ),
            ]
        );

    private static async Task LintAsync(ClientSetup setup)
    {
        await FetchAsync(setup);
        var found = await Command.SucceedAsync(NpmFolder.Node("lint.mjs", Document));

        Assert.Equal("no problems", found.Text.Trim());
    }

    private static async Task ValidateAsync(ClientSetup setup)
    {
        await FetchAsync(setup);
        var program = $"node_modules/{SeriousmeName}/bin/validate-api-cli.js";
        using var found = JsonDocument.Parse((await Command.SucceedAsync(NpmFolder.Node(program, Document))).Output);

        Assert.True(found.RootElement.GetProperty("valid").GetBoolean());
    }

    private static async Task GenerateAsync(ClientSetup setup)
    {
        await FetchAsync(setup);
        await Command.SucceedAsync(NpmFolder.Node("node_modules/openapi-typescript/bin/cli.js", Document, "--output", "schema.d.ts"));
        await Command.SucceedAsync(NpmFolder.Node("node_modules/typescript/bin/tsc", "--project", "tsconfig.json"));
        using var got = JsonDocument.Parse(
            (await Command.SucceedAsync(ClientSetup.Direct(NpmFolder.Node("generated-client.mjs", setup.Server.Http)))).Output
        );

        var root = got.RootElement;
        Assert.Equal(16, root.GetProperty("numbers").GetArrayLength());
        Assert.Equal(4096, root.GetProperty("bytes").GetInt32());
        Assert.Equal("length must be between 1 and 65536", root.GetProperty("refusal").GetString());
        Assert.Contains(root.GetProperty("health").GetString(), new[] { "healthy", "degraded" });
        Assert.Equal(400, root.GetProperty("unknown").GetInt32());
        Assert.True(root.GetProperty("blocks").GetInt64() > 0);
        Assert.True(root.GetProperty("sources").GetInt32() > 1);
        Assert.Equal("os_rng", root.GetProperty("source").GetString());
        Assert.True(root.GetProperty("assessments").GetInt32() > 1);
        AssertWhatIsNewer(root);
    }

    private static void AssertWhatIsNewer(JsonElement root)
    {
        Assert.True(root.GetProperty("dice").GetBoolean());
        Assert.Equal(
            ["Doe", "Müller", "Smith, J."],
            root.GetProperty("shuffled").EnumerateArray().Select(each => each.GetString()).Order(StringComparer.Ordinal)
        );
        Assert.True(root.GetProperty("receipt").GetBoolean());
        var anu = root.GetProperty("anu");
        Assert.Equal("4", anu.GetProperty("length").GetString());
        Assert.All(anu.GetProperty("data").EnumerateArray(), block => Assert.Matches("^[0-9a-f]{8}$", block.GetString()));
        var bundle = root.GetProperty("bundle");
        Assert.Equal(1, bundle.GetProperty("secretKeys").GetInt32());
        Assert.True(bundle.GetProperty("signatures").GetInt32() >= 1);
    }

    private static async Task FetchAsync(ClientSetup setup) =>
        await ClientSetup.CurlAsync("-f", "-o", Path.Combine(NpmFolder.Location, Document), $"{setup.Server.Http}/openapi/v1.json");
}
