using System.Text;

namespace OpenEntropy.Fuzz.Grammar;

/// <summary>Bodies that are right, and bodies that programs have stumbled over.</summary>
internal static class HostileBodies
{
    private const string Json = "application/json";
    private const string Form = "application/x-www-form-urlencoded";

    private static readonly string[] s_types =
    [
        "",
        Json,
        "Application/JSON",
        "application/json; charset=utf-8",
        "application/json; charset=utf-16",
        "application/problem+json",
        "text/json",
        "text/plain",
        "application/octet-stream",
        Form,
        "multipart/form-data; boundary=x",
        "application/",
        ";;",
        "*/*",
    ];

    private static readonly string[] s_pieces =
    [
        "{",
        "}",
        "[",
        "]",
        "\"",
        ",",
        ":",
        "\\",
        "\\u0000",
        "\\ud800",
        "\\uDE00\\uD83D",
        "null",
        "true",
        "-0",
        "1e999",
        "\"a\"",
        "//",
        "/**/",
        "\n",
        " ",
        "&",
        "=",
        "%",
        "+",
        "\u00ef\u00bb\u00bf",
        "\u00ff",
        "\u00ed\u00a0\u0080",
        "\0",
    ];

    // Whole documents of wrong types, and what is none.
    private static readonly string[] s_documents =
    [
        "",
        " ",
        "null",
        "true",
        "0",
        "-1e400",
        "\"text\"",
        "{}",
        "[]",
        "[[]]",
        "[{}]",
        "[1]",
        "[null]",
        "[\"\"]",
        "[\"a\",1]",
        "[\"a\",]",
        "[\"a\"] x",
        "[\"\\ud800\"]",
        "[\"a\\u0000b\"]",
        "{\"algorithms\":null}",
        "{\"algorithms\":[]}",
        "{\"algorithms\":[[]]}",
        "{\"algorithms\":[\"RSA\"]}",
        "{\"algorithms\":\"ML-KEM-768\"}",
        "{\"algorithms\":[\"ML-KEM-768\"],\"algorithms\":[]}",
        "{\"encodings\":[\"jwk\"]}",
        "{\"encodings\":[1]}",
        "{\"requester\":\"\"}",
        "{\"requester\":{\"a\":1}}",
        "{\"purpose\":\"a\\nb\"}",
        "{\"passphrase\":\"short\"}",
        "{\"passphrase\":123456789012}",
        "{\"store\":true}",
        "{\"store\":\"true\"}",
        "{\"__proto__\":{}}",
        "{\"payload\":\"\",\"signatures\":[]}",
        "{\"payload\":1,\"signatures\":[{\"protected\":\"e30\",\"signature\":\"AA\"}]}",
        "{\"bundle\":{\"id\":\"\"},\"payload\":\"e30\",\"signatures\":[{\"protected\":\"e30\",\"signature\":\"\"}]}",
        "challenge=",
        "challenge",
        "challenge=%",
        "challenge=%FF",
        "challenge=a&challenge=b",
        "x=1",
        "&&&",
    ];

    /// <summary>Items of a JSON array, right in a third.</summary>
    /// <param name="choices">The choices.</param>
    public static FuzzBody Items(Xorshift choices) =>
        Make(
            choices,
            Json,
            70_000,
            "[\"a\"]",
            "[\"red\",\"green\",\"blue\"]",
            "[\"a,b\",\"\\n\",\"\\u00e9\"]",
            "[ \"a\" , \"a\" ]",
            "[\"\\ud83c\\udfb2\"]"
        );

    /// <summary>Requests for bundles, right in a third.</summary>
    /// <param name="choices">The choices.</param>
    public static FuzzBody Mint(Xorshift choices) =>
        Make(
            choices,
            Json,
            17_000,
            "",
            "{}",
            "{\"algorithms\":[\"ML-KEM-512\"],\"requester\":\"made up\"}",
            "{\"algorithms\":[\"ML-DSA-44\",\"ML-KEM-768\"],\"encodings\":[\"base64\",\"hex\"],\"purpose\":\"a try\"}",
            "{\"algorithms\":[\"Falcon-512\"],\"encodings\":[\"hex\"]}"
        );

    /// <summary>Bundles to verify: none is whole, since a right one is long and another try's.</summary>
    /// <param name="choices">The choices.</param>
    public static FuzzBody Bundle(Xorshift choices) => Make(choices, Json, 70_000, s_documents);

    /// <summary>Forms with a challenge, right in a third.</summary>
    /// <param name="choices">The choices.</param>
    public static FuzzBody Challenge(Xorshift choices) =>
        Make(
            choices,
            Form,
            4200,
            "challenge=a",
            "challenge=3f1c&x=y",
            "x=y&challenge=of+some%20length",
            "challenge=%C3%A9",
            "challenge=" + new string('a', 256)
        );

    /// <summary>A body where none is wanted, and mostly none.</summary>
    /// <param name="choices">The choices.</param>
    public static FuzzBody Nothing(Xorshift choices) => choices.Once(2) ? new FuzzBody("", "") : Make(choices, Json, 200, s_documents);

    private static FuzzBody Make(Xorshift choices, string type, int overlong, params string[] right)
    {
        if (choices.Once(12))
            type = choices.One(s_types);
        if (choices.Once(300))
            return new FuzzBody(type, Overlong(choices.One(right), overlong));
        var document = choices.Once(2) ? choices.One(right) : choices.One(s_documents);
        return choices.Below(3) switch
        {
            0 => new FuzzBody(type, choices.One(right)),
            1 => new FuzzBody(type, choices.One(s_documents)),
            _ => new FuzzBody(type, Mutation.OfBody(document, s_pieces, choices)),
        };
    }

    // The same document with more between its parts than a route reads.
    private static string Overlong(string document, int length) =>
        new StringBuilder(document[..(document.Length / 2)])
            .Append(document.Length > 0 && document[0] is '[' or '{' ? ' ' : 'a', length)
            .Append(document[(document.Length / 2)..])
            .ToString();
}
