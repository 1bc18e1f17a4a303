using System.Buffers.Text;
using System.Text.Json;
using OpenEntropy.Receipts;
using Xunit;

namespace OpenEntropy.Server.Tests.Receipts;

/// <summary>Receipts and keys in the hands of programs that others wrote.</summary>
public sealed class ReceiptToolTests : ReceiptPoolTests
{
    [ToolFact("openssl")]
    public async Task Get_WithReceipt_IsVerifiedByOpenssl()
    {
        await using var host = await StartAsync();
        using var folder = new ToolFolder();

        var answer = await host.GetAsync("type=hex16&size=4&length=9&receipt=true");

        await File.WriteAllTextAsync(Path.Combine(folder.Path, "answer.json"), answer);
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "identity.json"), await host.Client.GetStringAsync(ReceiptHost.Identity));
        var parts = ReceiptHost.ReceiptOf(answer).Split('.');
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "signed"), $"{parts[0]}.{parts[1]}");
        await File.WriteAllBytesAsync(Path.Combine(folder.Path, "signature"), Tool.Der(Base64Url.DecodeFromChars(parts[2])));
        using var identity = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder.Path, "identity.json")));
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "key.pem"), identity.RootElement.GetProperty("pem").GetString());

        Assert.Equal(
            "Verified OK",
            await Tool.RunAsync(folder.Path, "openssl", "dgst", "-sha256", "-verify", "key.pem", "-signature", "signature", "signed")
        );
        await File.AppendAllTextAsync(Path.Combine(folder.Path, "signed"), "A");
        Assert.Contains(
            "failure",
            await Tool.RunAsync(folder.Path, "openssl", "dgst", "-sha256", "-verify", "key.pem", "-signature", "signature", "signed"),
            StringComparison.OrdinalIgnoreCase
        );
    }

    [ToolFact("openssl")]
    public async Task WriteKey_File_IsAKeyToOpenssl()
    {
        await using var host = await StartAsync();
        var key = await host.KeyAsync();

        var text = await Tool.RunAsync(
            Path.Combine(Storage, "identity"),
            "openssl",
            "pkey",
            "-in",
            "receipts-p256.pem",
            "-passin",
            "file:receipts.key",
            "-pubout"
        );

        Assert.True(ReceiptPublicKey.TryParse(text, out var same));
        Assert.Equal(key.KeyId, same.KeyId);
    }

    [ToolFact("python3", "openssl")]
    public async Task Get_WithReceipt_IsVerifiedByTheRecipeOfTheDocumentation()
    {
        await using var host = await StartAsync();
        using var folder = new ToolFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "verify.py"), Recipe.Read());
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "identity.json"), await host.Client.GetStringAsync(ReceiptHost.Identity));
        foreach (
            var query in new[] { "type=uint8&length=9", "type=uint16&length=9", "type=hex8&size=3&length=9", "type=hex16&size=4&length=9" }
        )
        {
            var answer = await host.GetAsync($"{query}&receipt=true");
            await File.WriteAllTextAsync(Path.Combine(folder.Path, "answer.json"), answer);

            Assert.StartsWith(
                "valid: receipt ",
                await Tool.RunAsync(folder.Path, "python3", "verify.py", "answer.json", "identity.json"),
                StringComparison.Ordinal
            );

            var end = answer.LastIndexOf(',') + 1;
            var other = answer[..end] + (query.Contains("uint", StringComparison.Ordinal) ? "256]}" : "\"00\"]}");
            await File.WriteAllTextAsync(Path.Combine(folder.Path, "answer.json"), other);
            Assert.DoesNotContain(
                "valid: receipt",
                await Tool.RunAsync(folder.Path, "python3", "verify.py", "answer.json", "identity.json"),
                StringComparison.Ordinal
            );
        }
    }
}
