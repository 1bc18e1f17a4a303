using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenEntropy.Cli.Running;
using OpenEntropy.Cli.Tests.Bytes;
using OpenEntropy.Pqc.Bundles;
using OpenEntropy.Pqc.Tests.Bundles;
using OpenEntropy.Tests.Receipts;
using OpenEntropy.Tests.Scripted;
using Xunit;

namespace OpenEntropy.Cli.Tests.Verifying;

public sealed class VerifyCommandTests : IDisposable
{
    private static readonly Lazy<byte[]> s_bundle = new(() => BundleMaker.Document(KeyEncodings.None, "ML-KEM-768"));

    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Verify_AReceiptWithItsData_Verifies()
    {
        foreach (var text in (string[])[ReceiptSigner.Compact(), ReceiptSigner.Answer(ReceiptSigner.Compact())])
        {
            var (code, output, error) = await VerifyAsync(
                Write("receipt", text + "\n"),
                "--key",
                Key(),
                "--data",
                Data(ReceiptSigner.Data)
            );

            Assert.Equal((ExitCodes.Success, ""), (code, error));
            Assert.Contains("The receipt verifies.", output, StringComparison.Ordinal);
            Assert.Contains(ReceiptSigner.Key.KeyId, output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Verify_AReceiptOfOtherDataOrAltered_Fails()
    {
        var receipt = Write("receipt", ReceiptSigner.Compact());
        Assert.Equal(ExitCodes.Failed, (await VerifyAsync(receipt, "--key", Key(), "--data", Data([1, 2, 3]))).Code);

        var altered = Write("altered", ReceiptSigner.Compact()[..^8] + "AAAAAAAA");
        var (code, output, _) = await VerifyAsync(altered, "--key", Key(), "--json");
        Assert.Equal(ExitCodes.Failed, code);
        using var json = JsonDocument.Parse(output);
        Assert.False(json.RootElement.GetProperty("valid").GetBoolean());
        Assert.Contains(
            json.RootElement.GetProperty("checks").EnumerateArray(),
            check => check.GetProperty("name").GetString() == "signature" && check.GetProperty("outcome").GetString() == "failed"
        );
    }

    [Theory]
    [InlineData("FILE", "")]
    [InlineData("--key", "x", "--key", "")]
    [InlineData("--identity", "x", "--identity", "")]
    [InlineData("--data", "x", "--data", "")]
    public async Task Verify_AnEmptyPath_IsRefused(string name, params string[] args)
    {
        var (code, output, error) = await VerifyAsync(args);

        Assert.Equal((ExitCodes.Usage, ""), (code, output));
        Assert.StartsWith($"openentropy: {name} is empty, and is to name a file.", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_ABundle_SaysWhoseItIs()
    {
        var bundle = Data(s_bundle.Value);
        var (code, output, error) = await VerifyAsync(bundle, "--json");
        Assert.Equal((ExitCodes.Success, ""), (code, error));
        Assert.Equal("not_checked", Outcome(output));

        (code, output, _) = await VerifyAsync(bundle, "--identity", Identity(BundleMaker.Identity.Value.Public), "--json");
        Assert.Equal((ExitCodes.Success, "passed"), (code, Outcome(output)));

        var other = BundleIdentity.Generate(BundleMaker.Random(5)).Public;
        (code, output, _) = await VerifyAsync(bundle, "--identity", Identity(other), "--json");
        Assert.Equal((ExitCodes.Failed, "failed"), (code, Outcome(output)));
    }

    [Fact]
    public async Task Verify_AnAlteredBundle_Fails()
    {
        var document = JsonNode.Parse(s_bundle.Value)!;
        document["bundle"]!["requester"] = "somebody else";

        var (code, output, _) = await VerifyAsync(Write("bundle", document.ToJsonString()));

        Assert.Equal(ExitCodes.Failed, code);
        Assert.Contains("The bundle does not verify.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_WhatCannotBeVerified_IsRefusedInOneLine()
    {
        var receipt = Write("receipt", ReceiptSigner.Compact());
        var bundle = Data(s_bundle.Value);
        await RefusedAsync("needs --key", receipt);
        await RefusedAsync("holds no public key", receipt, "--key", receipt);
        await RefusedAsync("--identity is for bundles", receipt, "--key", Key(), "--identity", Key());
        await RefusedAsync("--key and --data are for receipts", bundle, "--key", Key());
        await RefusedAsync("holds no identity", bundle, "--identity", Key());
        await RefusedAsync("is no bundle", Write("empty", """{"bundle":1}"""));
        await RefusedAsync("is a directory", _folder.Path(""));
        await RefusedAsync("missing", _folder.Path("missing"));
    }

    private static string? Outcome(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.GetProperty("checks").EnumerateArray().Last().GetProperty("outcome").GetString();
    }

    private string Identity(PublicIdentity identity)
    {
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("identities");
            writer.WriteStartObject();
            writer.WritePropertyName("keys");
            identity.WriteKeys(writer);
            writer.WriteEndObject();
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return _folder.Write(Path.GetRandomFileName(), text.ToArray());
    }

    private string Key() => Write("key", ReceiptSigner.Jwk);

    private string Write(string name, string text) => _folder.Write(name, Encoding.UTF8.GetBytes(text));

    private string Data(byte[] content) => _folder.Write(Path.GetRandomFileName(), content);

    private static async Task RefusedAsync(string words, params string[] args)
    {
        var (code, output, error) = await VerifyAsync(args);
        Assert.Equal((ExitCodes.Usage, ""), (code, output));
        Assert.Contains(words, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    private static async Task<(int Code, string Out, string Error)> VerifyAsync(params string[] args)
    {
        using var run = new ScriptedConsole();
        run.Console = run.Console with { Time = new ManualTimeProvider() };
        var code = await run.RunAsync(["verify", .. args]);
        return (code, run.Text, run.Error);
    }
}
