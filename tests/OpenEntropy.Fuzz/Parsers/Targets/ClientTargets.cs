using System.Net;
using System.Net.Http.Headers;
using System.Text;
using OpenEntropy.Http;

namespace OpenEntropy.Fuzz.Parsers.Targets;

/// <summary>Answers that a client of the service may get from whoever answers in its place.</summary>
internal static class ClientTargets
{
    private const string Json = "application/json";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ParserTarget> All { get; } =
    [
        Answers(
            "client_numbers",
            async client =>
            {
                var numbers = await client.GetUInt8Async(3);
                BrokenRuleException.Unless(numbers.Data.Length == 3, "another number of numbers stands");
            },
            """{"success":true,"type":"uint8","length":3,"size":1,"conditioned":true,"quality":"drbg","data":[1,2,255]}"""
        ),
        Answers(
            "client_values",
            async client =>
            {
                var values = await client.GetIntegersAsync(-5, 5, 2);
                BrokenRuleException.Unless(
                    values.Data.Length == 2 && values.Data.All(each => each is >= -5 and <= 5),
                    "a value outside its range stands"
                );
            },
            """{"success":true,"type":"integers","count":2,"min":-5,"max":5,"conditioned":true,"quality":"drbg","data":[-5,5]}"""
        ),
        Answers(
            "client_health",
            async client => _ = await client.GetHealthAsync(),
            """{"status":"healthy","reason":null,"sources_healthy":3,"sources_total":4,"raw_bytes":1,"output_bytes":2,"seed_age_seconds":0.5,"uptime_seconds":9.25,"deviations":["a"]}"""
        ),
        Answers("client_sources", async client => _ = await client.GetSourcesAsync(), """{"sources":[],"total":0}"""),
        Answers("client_refusal", RefusedAsync, """{"success":false,"message":"no","field":"length"}""", HttpStatusCode.BadRequest),
        new("client_bundle", RefuseSecrets, """{"bundle":{"id":"a"},"secret_kez":1}""")
        {
            Refusals = [typeof(ServiceException), typeof(ArgumentException)],
            Pieces = ["\"s\\ud800\":1,", "\"secret_keys\":[],"],
            Cost = 10,
        },
        Answers("client_bytes", async client => _ = await client.GetBytesAsync(8), "eight by", type: "application/octet-stream"),
    ];

    private static async Task RefusedAsync(OpenEntropyClient client)
    {
        try
        {
            _ = await client.GetPoolAsync();
        }
        catch (ServiceRefusalException exception)
        {
            BrokenRuleException.Unless(exception.Status == HttpStatusCode.BadRequest, "a refusal has another status");
        }
    }

    private static ParserTarget Answers(
        string name,
        Func<OpenEntropyClient, Task> ask,
        string answer,
        HttpStatusCode status = HttpStatusCode.OK,
        string type = Json
    ) =>
        new(name, bytes => Ask(ask, bytes, status, type), Encoding.UTF8.GetBytes(answer))
        {
            Refusals = [typeof(ServiceException)],
            Cost = 10,
        };

    private static void RefuseSecrets(string document) =>
        Ask(
            async client => _ = await client.VerifyBundleAsync(Encoding.UTF8.GetBytes(document)),
            """{"valid":false,"id":null,"checks":[],"signer":"unknown"}"""u8.ToArray(),
            HttpStatusCode.OK,
            Json
        );

    private static void Ask(Func<OpenEntropyClient, Task> ask, byte[] answer, HttpStatusCode status, string type)
    {
        using var http = new HttpClient(new Answering(answer, status, type)) { BaseAddress = new Uri("http://localhost/") };
        ask(new OpenEntropyClient(http)).GetAwaiter().GetResult();
    }

    private sealed class Answering(byte[] answer, HttpStatusCode status, string type) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = new HttpResponseMessage(status) { Content = new ByteArrayContent(answer), RequestMessage = request };
            response.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
            response.Headers.Add("OpenEntropy-Quality", "drbg");
            return Task.FromResult(response);
        }
    }
}
