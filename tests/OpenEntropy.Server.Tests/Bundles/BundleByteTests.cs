using System.Text;
using System.Text.Json;
using OpenEntropy.Pqc.Bundles;
using Xunit;

namespace OpenEntropy.Server.Tests.Bundles;

/// <summary>A bundle as the service makes it, with the evidence of a pool that works, altered in each of its bytes.</summary>
public sealed class BundleByteTests : BundlePoolTests
{
    private const byte OtherCase = 0x20;

    [Fact]
    public async Task Verify_AnyByteAltered_IsNotValidAndSaysWhere()
    {
        await using var host = await BundlesAsync();
        var id = IdOf(await host.MintAsync("""{"algorithms":["ML-KEM-512"],"requester":"\"\\ \u00ad\ufdd0 Ägidius \ud83d\ude00"}"""));
        var document = await File.ReadAllBytesAsync(Path.Combine(Keys, id + ".json"));
        Assert.True(BundleVerifier.Verify(document).IsValid);
        var places = PlacesOf(document);

        Parallel.For(0, document.Length, i => Alter(document, i, change: 1, places[i]));
        Parallel.For(
            0,
            document.Length,
            i =>
            {
                if (char.IsAsciiLetter((char)document[i]) && places[i]?.StartsWith("bundle", StringComparison.Ordinal) == true)
                {
                    Alter(document, i, OtherCase, places[i]);
                }
            }
        );
    }

    [Fact]
    public async Task Post_Evidence_HasNumbersOfWhichNoTwoAreTheSameToAnyReader()
    {
        await using var host = await BundlesAsync();
        var id = IdOf(await host.MintAsync());
        var numbers = new List<string>();
        Collect(await File.ReadAllBytesAsync(Path.Combine(Keys, id + ".json")), numbers);

        Assert.Contains(numbers, number => number.Contains('.', StringComparison.Ordinal));
        Assert.All(numbers, number => Assert.DoesNotContain("E", number, StringComparison.OrdinalIgnoreCase));
        Assert.All(numbers, number => Assert.InRange(number.TrimStart('-', '0', '.').Count(char.IsAsciiDigit), 0, 15));
    }

    private static void Alter(byte[] document, int at, byte change, string? place)
    {
        var altered = document.ToArray();
        altered[at] ^= change;
        BundleVerification verification;
        try
        {
            verification = BundleVerifier.Verify(altered);
        }
        catch (BundleFormatException exception)
        {
            Assert.NotEmpty(exception.Message);
            return;
        }

        Assert.False(verification.IsValid, $"byte {at}");
        Assert.Contains(
            verification.Checks,
            check =>
                !check.Ok && check.Detail.StartsWith(place ?? throw new InvalidOperationException($"byte {at}"), StringComparison.Ordinal)
        );
    }

    // What the failing check must begin with, for each byte of a value or a name.
    private static string?[] PlacesOf(byte[] document)
    {
        var places = new string?[document.Length];
        var reader = new Utf8JsonReader(document);
        var path = new Stack<(string Name, int Index)>();
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    path.Pop();
                    path.Push((reader.GetString()!, -1));
                    Fill(in reader, "");
                    continue;
                case JsonTokenType.StartObject:
                    path.Push(("", -1));
                    continue;
                case JsonTokenType.StartArray:
                    path.Push(("", 0));
                    continue;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    path.Pop();
                    break;
                default:
                    Fill(in reader, " is not");
                    break;
            }

            if (path.TryPeek(out var top) && top.Index >= 0)
            {
                path.Pop();
                path.Push((top.Name, top.Index + 1));
            }
        }

        return places;

        void Fill(in Utf8JsonReader at, string behind)
        {
            var names = path.Reverse().Select(each => each.Index < 0 ? each.Name : $"{each.Index}").ToList();
            var place = names[0] switch
            {
                "bundle" => $"{string.Join('/', names)}{behind}",
                "payload" => "",
                _ => string.Join('/', names),
            };
            places.AsSpan((int)at.TokenStartIndex, (int)(at.BytesConsumed - at.TokenStartIndex)).Fill(place);
        }
    }

    private static void Collect(byte[] document, List<string> numbers)
    {
        var reader = new Utf8JsonReader(document);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.Number)
            {
                numbers.Add(Encoding.ASCII.GetString(reader.ValueSpan));
            }
        }
    }
}
