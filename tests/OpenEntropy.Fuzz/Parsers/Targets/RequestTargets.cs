using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using OpenEntropy.Server.Bundles;
using OpenEntropy.Server.Dialects;
using OpenEntropy.Server.Randomness;
using OpenEntropy.Server.Security;
using OpenEntropy.Server.Security.Keys;
using OpenEntropy.Server.Streaming;
using OpenEntropy.Server.Values;

namespace OpenEntropy.Fuzz.Parsers.Targets;

/// <summary>What clients of the service send, beside what the other hunts try over HTTP.</summary>
internal static class RequestTargets
{
    private const int LongestForm = 4096; // what the route reads of one
    private const string Quotation = "conditioning=limited&count=3&fresh=false&format=lines&timeout=1&proof=false";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ParserTarget> All { get; } =
    [
        new("random_query", ReadQuery, "?length=10&type=uint8&size=2", "?length=1024&format=bytes&source=a,b&raw=true&timeout=3&rate=100")
        {
            Pieces = ["%", "%F0%9F", "&length=", "="],
        },
        new("stream_query", ReadStreamQuery, "?length=1125899906842624&format=hex&conditioning=vonneumann&rate=1", "?raw=true&source=a"),
        new("value_query", ReadValueQuery, $"?{Quotation}", "?count=1&proof=true"),
        new("accept", ReadAccept, "application/json", "text/html, application/*;q=0.9, */*;q=0.8", "text/event-stream;q=1.000"),
        new("pollen_form", ReadPollen, "challenge=abc&x=y"u8.ToArray(), "a=b&challenge=%C3%A4+1"u8.ToArray()),
        new(
            "mint_body",
            ReadMint,
            "{}"u8.ToArray(),
            """{"algorithms":["ML-KEM-768","ML-DSA-65"],"requester":"a","purpose":"b","encodings":["pem"],"passphrase":"correct horse battery","store":true}"""u8.ToArray()
        ),
        new("items_body", ReadItems, """["a","b","\ud83d\ude00"]"""u8.ToArray()) { Cost = 3 },
        new("operator_key", ReadKey, "Bearer 0123456789abcdef0123456789abcdef", "bearer  a, Bearer b", "Basic YTpi"),
    ];

    private static void ReadQuery(string query)
    {
        var stands = RandomRequest.TryParse(query, "", new RandomnessOptions(), out var request, out var error);
        BrokenRuleException.Unless(stands == error is null, "it stands and is refused, or neither");
        BrokenRuleException.Unless(!stands || request is { Length: > 0, TotalBytes: > 0 }, "nothing is asked for");
    }

    private static void ReadStreamQuery(string query)
    {
        var stands = StreamRequest.TryParse(query, "", new RandomnessOptions { AllowRaw = true }, out _, out var error);
        BrokenRuleException.Unless(stands == error is null, "it stands and is refused, or neither");
    }

    private static void ReadValueQuery(string query)
    {
        var error = GivenValues.Read(query, ValueFields.Of(ValueEndpoints.Kinds[0], withItems: true), body: null, out var given);
        ValueRequest? request = null;
        error ??= ValueRequest.Read(given, "", new RandomnessOptions(), DateTimeOffset.UnixEpoch, out request);
        BrokenRuleException.Unless(error is null == request is not null, "it stands and is refused, or neither");
    }

    private static void ReadAccept(string accept)
    {
        _ = AcceptedFormat.Choose(accept, ofElements: false);
        _ = AcceptedFormat.Choose(accept, ofElements: true);
        _ = AcceptedFormat.AcceptsEvents(accept);
    }

    private static void ReadPollen(byte[] form) =>
        Pollen.TryHash(form.AsSpan(0, Math.Min(form.Length, LongestForm)), stackalloc byte[SHA512.HashSizeInBytes]);

    private static void ReadMint(byte[] body)
    {
        var error = BundleRequestReader.Read(body, out var request);
        BrokenRuleException.Unless(error is null == request is not null, "it stands and is refused, or neither");
        request?.Dispose();
    }

    private static void ReadItems(byte[] body)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = HttpMethods.Post;
        context.Request.ContentType = "application/json";
        context.Request.ContentLength = body.Length;
        context.Request.Body = new MemoryStream(body);
        var (items, error) = ItemList.ReadBodyAsync(context.Request).GetAwaiter().GetResult();
        BrokenRuleException.Unless(items is null != error is null, "it stands and is refused, or neither");
        BrokenRuleException.Unless(items is not { Count: > ItemList.Most }, "too many items stand");
    }

    private static void ReadKey(string header)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.Authorization = header;
        context.Request.Headers[PresentedKeys.Header] = header;
        var nobodys = OperatorKey.Of(new string('0', 64))!;
        foreach (var key in PresentedKeys.Of(context.Request))
        {
            BrokenRuleException.Unless(nobodys.Find(key, Encoding.UTF8.GetBytes(key)) is null, "a key fits that nobody made");
            var id = ApiKeyText.IdOf(key);
            BrokenRuleException.Unless(
                id.IsEmpty || (ApiKeyText.IsId(id) && key.StartsWith(ApiKeyText.Prefix, StringComparison.Ordinal)),
                "an id is none"
            );
        }
    }
}
