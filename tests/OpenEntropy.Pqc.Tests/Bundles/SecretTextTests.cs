using System.Buffers;
using System.Text;
using System.Text.Json;
using OpenEntropy.Pqc.Bundles;
using OpenEntropy.Pqc.Containers;
using Xunit;

namespace OpenEntropy.Pqc.Tests.Bundles;

/// <summary>Texts that hold a secret are the writer's own, and leave nothing in the buffers that it shares with others.</summary>
public sealed class SecretTextTests
{
    private const KeyEncodings Every = KeyEncodings.Hex | KeyEncodings.Pem | KeyEncodings.Jwk;

    [Theory]
    [InlineData("ML-KEM-768")]
    [InlineData("ML-DSA-65")]
    [InlineData("Falcon-512")]
    [InlineData("Kyber512-round3")]
    public void WriteSecret_EveryForm_LeavesNothingInTheSharedPools(string name)
    {
        using var key = BundleAlgorithm.Find(name)!.Make(BundleMaker.Random(21));
        Scrub();
        using (var buffer = new SecretBuffer(65_536))
        {
            using var writer = new Utf8JsonWriter(buffer, BundleText.Relaxed);
            BundleKeyText.WriteSecret(writer, 0, key, Every);
            writer.Flush();
        }

        Assert.DoesNotContain(Pieces(key), IsInSharedPools);
    }

    // What the test above would see: the writer's own way with PEM.
    [Fact]
    public void WriteString_OfPem_LeavesTheSecretInASharedPool()
    {
        using var key = BundleAlgorithm.Find("ML-KEM-768")!.Make(BundleMaker.Random(22));
        Scrub();
        using (var writer = new Utf8JsonWriter(new ArrayBufferWriter<byte>(), BundleText.Relaxed))
        {
            writer.WriteStartObject();
            writer.WriteString("pem", Pem.Write(PrivateKeyInfo.PemLabel, key.WritePrivateKeyInfo()));
            writer.WriteEndObject();
        }

        Assert.Contains(Pieces(key), IsInSharedPools);
    }

    [Fact]
    public void Write_EachForm_IsWhatTheWriterMakesOfIt()
    {
        byte[] secret = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];
        using var buffer = new SecretBuffer(16);
        using (var writer = new Utf8JsonWriter(buffer, BundleText.Relaxed))
        {
            writer.WriteStartObject();
            SecretText.WriteBase64(writer, "base64", secret);
            SecretText.WriteHex(writer, "hex", secret);
            SecretText.WritePem(writer, "pem", "PRIVATE KEY", secret);
            writer.WriteEndObject();
        }

        using var document = JsonDocument.Parse(buffer.Written);
        Assert.Equal(Convert.ToBase64String(secret), document.RootElement.GetProperty("base64").GetString());
        Assert.Equal(Convert.ToHexStringLower(secret), document.RootElement.GetProperty("hex").GetString());
        Assert.Equal(new string(Pem.Write("PRIVATE KEY", secret)), document.RootElement.GetProperty("pem").GetString());
    }

    // Parts of a secret as its forms have them, wherever a line or a group of base64 begins.
    private static List<string> Pieces(MintedKey key)
    {
        var pieces = new List<string>();
        foreach (var secret in new[] { key.Seed.ToArray(), key.SecretKey.ToArray(), key.WritePrivateKeyInfo() })
        {
            if (secret.Length == 0)
                continue;
            var part = secret[^Math.Min(secret.Length, 30)..];
            pieces.Add(Encoding.Latin1.GetString(part));
            pieces.Add(Convert.ToHexStringLower(part));
            for (var skip = 0; skip < 3; skip++)
                pieces.Add(Convert.ToBase64String(part, skip, 12));
        }

        return pieces;
    }

    // The arrays that this thread would be given next, of every length that the writer asks for.
    private static bool IsInSharedPools(string piece)
    {
        var found = false;
        for (var length = 16; length <= 1 << 20; length *= 2)
        {
            var (characters, bytes) = (ArrayPool<char>.Shared.Rent(length), ArrayPool<byte>.Shared.Rent(length));
            found |= characters.AsSpan().IndexOf(piece) >= 0 || bytes.AsSpan().IndexOf(Encoding.Latin1.GetBytes(piece)) >= 0;
            ArrayPool<char>.Shared.Return(characters);
            ArrayPool<byte>.Shared.Return(bytes);
        }

        return found;
    }

    private static void Scrub()
    {
        for (var length = 16; length <= 1 << 20; length *= 2)
        {
            ArrayPool<char>.Shared.Return(ArrayPool<char>.Shared.Rent(length), clearArray: true);
            ArrayPool<byte>.Shared.Return(ArrayPool<byte>.Shared.Rent(length), clearArray: true);
        }
    }
}
