using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using OpenEntropy.Clients.Tests.Running;
using Xunit;

namespace OpenEntropy.Clients.Tests.Checks;

/// <summary>curl, on every body of <c>/api/v1/random</c>, and what else there is.</summary>
internal static class CurlChecks
{
    public const string Name = "curl";

    private const string Digits = "^[0-9a-f]+$";

    public static ClientProgram Client { get; } =
        new(
            Name,
            () => Programs.WhyNot("curl"),
            VersionAsync,
            [
                new("GET /api/v1/random?length=1024&type=uint8", setup => NumbersAsync(setup, "uint8", byte.MaxValue)),
                new("GET /api/v1/random?length=1024&type=uint16", setup => NumbersAsync(setup, "uint16", ushort.MaxValue)),
                new("GET /api/v1/random?length=1024&type=hex8&size=10", setup => BlocksAsync(setup, "hex8", 20)),
                new("GET /api/v1/random?length=1024&type=hex16&size=10", setup => BlocksAsync(setup, "hex16", 40)),
                new("GET /api/v1/random?length=1000000&format=bytes, to a file", BytesAsync),
                new("GET /api/v1/random?length=1000 with Accept: application/octet-stream", AcceptBytesAsync),
                new("GET /api/v1/random?length=1000&format=hex", HexAsync),
                new("GET /api/v1/random?length=1000&format=base64", Base64Async),
                new("GET /api/v1/random?length=100&type=uint8&format=lines", LinesAsync),
                new("HEAD /api/v1/random?length=1000&format=bytes (-I)", HeadAsync),
                new("GET /api/v1/random?length=1000&format=hex with a range (-r 0-9)", RangeAsync),
                new("GET /api/v1/random?length=1024&type=uint8, compressed if it may be (--compressed)", CompressedAsync),
                new("GET /api/v1/random?length=0, which is refused", RefusedAsync),
                .. CurlTlsChecks.All,
                .. CurlDialectChecks.All,
                .. CurlStreamChecks.All,
                .. CurlValueChecks.All,
                .. CurlReceiptChecks.All,
            ]
        );

    private static async Task<string> VersionAsync()
    {
        var told = await Command.SucceedAsync(new ProcessStartInfo("curl", ["--version"]));
        return told.Text.Split(' ')[1];
    }

    private static string Random(ClientSetup setup, string query) => $"{setup.Server.Http}/api/v1/random?{query}";

    private static async Task NumbersAsync(ClientSetup setup, string type, int most)
    {
        using var answer = JsonDocument.Parse((await ClientSetup.CurlAsync("-f", Random(setup, $"length=1024&type={type}"))).Output);

        Assert.Equal("success type length size conditioned quality data", AnuAnswer.Members(answer));
        var data = AnuAnswer.Data(answer, type, 1024).Select(element => element.GetInt32()).ToList();
        Assert.All(data, number => Assert.InRange(number, 0, most));
        Assert.True(data.Distinct().Count() > 100);
    }

    private static async Task BlocksAsync(ClientSetup setup, string type, int digits)
    {
        using var answer = JsonDocument.Parse(
            (await ClientSetup.CurlAsync("-f", Random(setup, $"length=1024&type={type}&size=10"))).Output
        );

        var data = AnuAnswer.Data(answer, type, 1024).Select(element => element.GetString()!).ToList();
        Assert.All(data, block => Assert.Matches(Digits, block));
        Assert.All(data, block => Assert.Equal(digits, block.Length));
        Assert.Equal(data.Count, data.Distinct(StringComparer.Ordinal).Count());
    }

    private static async Task BytesAsync(ClientSetup setup)
    {
        var file = setup.NewFile();
        await ClientSetup.CurlAsync("-f", "-o", file, Random(setup, "length=1000000&format=bytes"));

        var bytes = await File.ReadAllBytesAsync(file);
        Assert.Equal(1_000_000, bytes.Length);
        Assert.Equal(256, bytes.Distinct().Count());
    }

    private static async Task AcceptBytesAsync(ClientSetup setup)
    {
        var answer = await ClientSetup.CurlAsync("-f", "-H", "Accept: application/octet-stream", Random(setup, "length=1000"));
        Assert.Equal(1000, answer.Output.Length);
    }

    private static async Task HexAsync(ClientSetup setup)
    {
        var text = (await ClientSetup.CurlAsync("-f", Random(setup, "length=1000&format=hex"))).Text;
        Assert.Equal(2000, text.Length);
        Assert.Matches(Digits, text);
    }

    private static async Task Base64Async(ClientSetup setup) =>
        Assert.Equal(
            1000,
            Convert.FromBase64String((await ClientSetup.CurlAsync("-f", Random(setup, "length=1000&format=base64"))).Text).Length
        );

    private static async Task LinesAsync(ClientSetup setup)
    {
        var lines = (await ClientSetup.CurlAsync("-f", Random(setup, "length=100&type=uint8&format=lines"))).Text.TrimEnd('\n').Split('\n');
        Assert.Equal(100, lines.Length);
        Assert.All(lines, line => Assert.InRange(int.Parse(line, NumberStyles.None, CultureInfo.InvariantCulture), 0, 255));
    }

    private static async Task HeadAsync(ClientSetup setup)
    {
        var headers = (await ClientSetup.CurlAsync("-f", "-I", Random(setup, "length=1000&format=bytes"))).Text;
        Assert.StartsWith("HTTP/1.1 200 ", headers, StringComparison.Ordinal);
        Assert.Contains("Content-Length: 1000\r\n", headers, StringComparison.Ordinal);
        Assert.Contains("Cache-Control: no-store\r\n", headers, StringComparison.Ordinal);
    }

    private static async Task RangeAsync(ClientSetup setup)
    {
        var answer = await ClientSetup.CurlAsync("-f", "-i", "-r", "0-9", "-H", "Accept: */*", Random(setup, "length=1000&format=hex"));
        Assert.StartsWith("HTTP/1.1 200 ", answer.Text, StringComparison.Ordinal);
        Assert.Equal(2000, answer.Text.Split("\r\n\r\n")[1].Length);
    }

    private static async Task CompressedAsync(ClientSetup setup)
    {
        var answer = await ClientSetup.CurlAsync("-f", "-i", "--compressed", Random(setup, "length=1024&type=uint8"));
        Assert.DoesNotContain("Content-Encoding", answer.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("\"success\":true", answer.Text, StringComparison.Ordinal);
    }

    private static async Task RefusedAsync(ClientSetup setup)
    {
        var refused = await Command.RunAsync(ClientSetup.Curl("-f", Random(setup, "length=0")));
        var told = await ClientSetup.CurlAsync(Random(setup, "length=0"));

        Assert.Equal(22, refused.ExitCode); // what curl -f ends with for a status of 400 and above
        Assert.Equal("""{"success":false,"message":"length must be between 1 and 65536"}""", told.Text);
    }
}
