using System.Text.Json;
using OpenEntropy.Clients.Tests.Running;
using Xunit;

namespace OpenEntropy.Clients.Tests.Checks;

/// <summary>Packages of npm that ask <c>qrng.anu.edu.au</c>, which is built in: in a network of their own that name is the service's.</summary>
internal static class NpmClientChecks
{
    public const string RngTsName = "rng-ts";
    public const string AlgoAnuName = "@qiskit/algo-anu";

    private const string Host = "qrng.anu.edu.au";

    public static ClientProgram RngTs { get; } =
        new(
            RngTsName,
            WhyNot,
            () => Task.FromResult(NpmFolder.VersionOf(RngTsName)),
            [new($"RNG with Provider.AnuQrng: 1024 of uint8 and of uint16, from https://{Host}", _ => RngTsAsync())]
        );

    public static ClientProgram AlgoAnu { get; } =
        new(
            AlgoAnuName,
            WhyNot,
            () => Task.FromResult(NpmFolder.VersionOf(AlgoAnuName)),
            [new($"random() and random({{length: 64, format: \"hex\"}}), from http://{Host}", _ => AlgoAnuAsync())]
        );

    private static string? WhyNot() =>
        OperatingSystem.IsLinux() ? PrivateNetwork.WhyNot() ?? NpmFolder.WhyNot() : "a network of its own is a thing of Linux";

    private static async Task RngTsAsync()
    {
        using var got = JsonDocument.Parse((await PrivateNetwork.RunNodeAsync(Host, "rng-ts.mjs")).Output);

        foreach (var (type, most) in new[] { ("uint8", 255), ("uint16", 65_535) })
        {
            var numbers = got.RootElement.GetProperty(type).EnumerateArray().Select(number => number.GetInt32()).ToList();
            Assert.Equal(1024, numbers.Count);
            Assert.All(numbers, number => Assert.InRange(number, 0, most));
            Assert.True(numbers.Distinct().Count() > 100);
        }
    }

    private static async Task AlgoAnuAsync()
    {
        using var got = JsonDocument.Parse((await PrivateNetwork.RunNodeAsync(Host, "algo-anu.mjs")).Output);

        Assert.InRange(got.RootElement.GetProperty("decimal").GetDouble(), 0, 1);
        var hexadecimal = got.RootElement.GetProperty("hexadecimal").GetString()!;
        Assert.Matches("^[0-9a-f]{64}$", hexadecimal);
        Assert.True(hexadecimal.Distinct().Count() > 4);
    }
}
