using System.Text.Json;
using OpenEntropy.Pqc;

namespace OpenEntropy.Server.Bundles;

/// <summary>A passphrase out of a request, zeroed when disposed of.</summary>
internal sealed class Passphrase : IDisposable
{
    private readonly char[] _characters;
    private readonly int _length;

    private Passphrase(char[] characters, int length) => (_characters, _length) = (characters, length);

    /// <summary>The characters.</summary>
    public ReadOnlySpan<char> Characters => _characters.AsSpan(0, _length);

    /// <summary>Reads the text that a reader stands at.</summary>
    /// <param name="reader">It stands at a text.</param>
    /// <exception cref="InvalidOperationException">Half a surrogate pair.</exception>
    public static Passphrase Read(in Utf8JsonReader reader)
    {
        var characters = SecretArray.Of<char>(reader.ValueSpan.Length);
        try
        {
            return new Passphrase(characters, reader.CopyString(characters));
        }
        catch
        {
            SecretArray.Zero(characters); // what stands before the half of a pair
            throw;
        }
    }

    /// <summary>Zeroes it.</summary>
    public void Dispose() => SecretArray.Zero(_characters);
}
