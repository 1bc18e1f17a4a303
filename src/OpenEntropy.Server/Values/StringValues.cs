using OpenEntropy.Server.Randomness;
using OpenEntropy.Values;

namespace OpenEntropy.Server.Values;

/// <summary><c>/api/v1/strings</c>: see <see cref="Alphabet"/>.</summary>
internal sealed class StringValues()
    : ValueKind(
        "strings",
        "Strings over an alphabet",
        "Each character's place in the alphabet, counted from 0, is drawn as /api/v1/integers draws a number, the first character first.",
        new ValueField("length", "integer", "Characters (Unicode code points) of a string.")
        {
            Default = "32",
            Least = 1,
            Most = MostCharacters,
            Example = "12",
        },
        new ValueField(
            "alphabet",
            "string",
            "2 to 1024 distinct Unicode code points in their order, percent-encoded; nothing is normalized."
        )
        {
            Default = $"\"{DefaultAlphabet}\"",
            Least = Alphabet.Fewest,
            Most = Alphabet.Most,
            Example = "\"ACGT\"",
        }
    )
{
    private const string DefaultAlphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int MostCharacters = 1024;
    private const int DefaultLength = 32;

    /// <inheritdoc/>
    public override string ElementType => "string";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Echoes => ["length"];

    /// <inheritdoc/>
    public override string ExampleAnswer =>
        """{"success":true,"type":"strings","count":1,"length":12,"conditioned":true,"quality":"drbg","data":["GATTACAGCTCA"]}""";

    /// <inheritdoc/>
    public override RequestError? Plan(ValueRequest request, out ValuePlan? plan)
    {
        plan = null;
        var given = request.Given;
        var characters = given.Find("alphabet") ?? DefaultAlphabet;
        if (given.ReadNumber("length", 1, MostCharacters, out var length) is { } error)
        {
            return error;
        }

        if (Alphabet.FindProblem(characters, out _) is { } problem)
        {
            return FieldValue.Refuse("alphabet", $"alphabet {problem}");
        }

        var alphabet = new Alphabet(characters);
        var encoded = alphabet.Characters.Select(each => ValueText.Encode(each.ToString(), request.Lines)).ToArray();
        var longest = encoded.Max(each => each.Length);
        var (count, perString) = (request.Count ?? 1, given.Find("length") is null ? DefaultLength : (int)length);
        plan = new ValuePlan(Alphabet.Mapping, count, alphabet.Need * ((long)count * perString), (longest * perString) + 3, Write)
        {
            Members = [("length", $"{perString}")],
            Length = new ElementLength(perString, longest),
            HoldsLineBreak = characters.AsSpan().ContainsAny('\n', '\r') ? "alphabet" : null,
        };
        return null;

        void Write(ByteSupply supply, ValueText text)
        {
            for (var i = 0; i < count; i++)
            {
                text.Begin();
                for (var j = 0; j < perString; j++)
                {
                    text.Append(encoded[alphabet.NextPlace(supply)]);
                }

                text.End();
            }
        }
    }
}
