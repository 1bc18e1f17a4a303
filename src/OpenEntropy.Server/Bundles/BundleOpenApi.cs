using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using OpenEntropy.Pqc.Bundles;
using OpenEntropy.Server.Documentation;
using OpenEntropy.Server.Errors;

namespace OpenEntropy.Server.Bundles;

/// <summary>What the OpenAPI document says of bodies that are written by hand.</summary>
internal static class BundleOpenApi
{
    private const string Json = "application/json";
    private const string Bundle =
        "A bundle: what is signed to be read (bundle) and as it is signed (payload), a JWS in JSON with two signatures. Its JSON Schema is /api/v1/pqc/bundle.schema.json.";

    /// <summary>What making a bundle does.</summary>
    public const string MintDescription =
        "Each key is made from generator output with a reseed of its own. Secret keys are in this answer alone: in clear over TLS and to this machine, otherwise under the passphrase. Against a listener only https helps: over plain HTTP the passphrase crosses the same wire as the keys under it; it protects the file afterwards.";

    /// <summary>Describes the making.</summary>
    public static Task DescribeMintAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken stop)
    {
        operation.Parameters =
        [
            new OpenApiParameter
            {
                Name = "format",
                In = ParameterLocation.Query,
                Description = "chaosmagnet: the names that program had.",
                Schema = Schemas.Text("bundle", "chaosmagnet"),
                Example = "bundle",
            },
            new OpenApiParameter
            {
                Name = "Idempotency-Key",
                In = ParameterLocation.Header,
                Description = "1 to 255 visible ASCII characters: a request that is sent again makes no second bundle.",
                Schema = Schemas.Text(),
                Example = "5f0c3b1e-retry-safe",
            },
        ];
        operation.RequestBody = Request();
        var responses = operation.Responses = [];
        responses["201"] = Document("Made. secret_keys are told this once.", secrets: true);
        responses["200"] = Document("Made before by a request with this Idempotency-Key; without the secret keys.", secrets: false);
        responses["200"].Content![Json].Example = Example("get_api_v1_pqc_bundles_by_id");
        responses["400"] = ErrorOpenApi.Answer("A member or parameter is refused; the message names it.", "store must be true or false");
        responses["409"] = ErrorOpenApi.Answer("A request with this Idempotency-Key is under way.");
        responses["413"] = ErrorOpenApi.Answer("The body is too long.");
        responses["415"] = ErrorOpenApi.Answer("The body is not application/json in UTF-8.");
        responses["422"] = ErrorOpenApi.Answer("This Idempotency-Key came with another request before.");
        responses["429"] = ErrorOpenApi.Answer("Too many keys in a minute.", example: null, StatusCodes.Status429TooManyRequests);
        responses["503"] = ErrorOpenApi.Answer(
            "No entropy now, or as many as may wait do, or the identity or the ledger cannot be used. Nothing was made; where the message says that an entry could not be taken back either, it is once the ledger can be written again, but may stand if the service is restarted first.",
            example: null,
            StatusCodes.Status503ServiceUnavailable
        );
        return Task.CompletedTask;
    }

    /// <summary>Describes one bundle.</summary>
    public static Task DescribeGetAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken stop)
    {
        operation.Responses ??= [];
        operation.Responses["200"] = Document("The bundle.", secrets: false);
        return Task.CompletedTask;
    }

    /// <summary>Describes what is verified.</summary>
    public static Task DescribeVerifyAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken stop)
    {
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Description = "A bundle without secret_keys. The form chaosmagnet, which has its secret key in it, is none.",
            Content = Content(Schema(secrets: false), Example("get_api_v1_pqc_bundles_by_id")),
        };
        return Task.CompletedTask;
    }

    /// <summary>Describes the schema.</summary>
    public static Task DescribeSchemaAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken stop)
    {
        operation.Responses ??= [];
        operation.Responses["200"] = new OpenApiResponse
        {
            Description = "The schema.",
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                ["application/schema+json"] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.Object } },
            },
        };
        return Task.CompletedTask;
    }

    private static OpenApiResponse Document(string text, bool secrets) =>
        new() { Description = $"{text} {Bundle}", Content = Content(Schema(secrets), example: null) };

    private static Dictionary<string, OpenApiMediaType> Content(OpenApiSchema schema, JsonNode? example) =>
        new(StringComparer.Ordinal)
        {
            [Json] = new() { Schema = schema, Example = example },
        };

    private static JsonNode? Example(string operation)
    {
        using var file = typeof(BundleOpenApi).Assembly.GetManifestResourceStream($"example.{operation}.json");
        return file is null ? null : JsonNode.Parse(file);
    }

    private static OpenApiSchema Schema(bool secrets)
    {
        var open = new OpenApiSchema { Type = JsonSchemaType.Object };
        (string, IOpenApiSchema)[] members =
        [
            ("bundle", open),
            ("payload", Schemas.Text()),
            ("signatures", Schemas.Array(Schemas.Object([], ("protected", Schemas.Text()), ("signature", Schemas.Text())))),
        ];
        return Schemas.Object([], secrets ? [.. members, ("secret_keys", Schemas.Array(open))] : members);
    }

    private static OpenApiRequestBody Request()
    {
        string[] names = ["algorithms", "encodings", "requester", "purpose", "passphrase", "secret_keys", "store"];
        var schema = Schemas.Object(
            names,
            ("algorithms", Bounded(Schemas.Text([.. BundleAlgorithm.All.Select(each => each.Name)]))),
            ("encodings", Bounded(Schemas.Text("base64", "hex", "pem", "jwk"))),
            ("requester", Text(1, BundleRequest.LongestRequester)),
            ("purpose", Text(1, BundleRequest.LongestPurpose)),
            ("passphrase", Text(PassphraseRule.Shortest, PassphraseRule.Longest)),
            ("secret_keys", Schemas.Text([.. Enum.GetValues<SecretForm>().Select(BundleText.Name)])),
            ("store", Schemas.Boolean)
        );
        schema.AdditionalPropertiesAllowed = false;
        var example = JsonNode.Parse(
            """{"algorithms":["ML-KEM-768"],"encodings":["base64"],"requester":"gateway-7","purpose":"session keys of the test bench","passphrase":"correct horse battery staple","store":true}"""
        );
        return new OpenApiRequestBody
        {
            Description =
                "What is wanted; without a body one key pair of ML-KEM-768. Kyber512-round3 is legacy, for those who still have it.",
            Content = Content(schema, example),
        };
    }

    private static OpenApiSchema Bounded(OpenApiSchema items) =>
        new()
        {
            Type = JsonSchemaType.Array,
            Items = items,
            MinItems = 1,
            MaxItems = BundleKeyCheck.MostKeys,
        };

    private static OpenApiSchema Text(int shortest, int longest)
    {
        var text = Schemas.Text();
        (text.MinLength, text.MaxLength) = (shortest, longest);
        return text;
    }
}
