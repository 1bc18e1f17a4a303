using System.Globalization;
using System.Text;

namespace OpenEntropy.Server.Audit;

/// <summary>
/// An entry in its place: one line, a JSON object in ASCII without spaces, its members always all there and in this order, and a line feed. One entry has
/// one form, so that a reader can tell what was not written here.
/// </summary>
/// <param name="Sequence">1 for the first entry, one more for each that follows.</param>
/// <param name="Time">When it was entered, UTC.</param>
/// <param name="Entry">What it says.</param>
/// <param name="Previous">The hash of the line before, with its line feed; zeros in the first.</param>
/// <param name="Signature">Of a checkpoint: ECDSA on P-256 with SHA-256, r and s in base64url, over the line as it is without this member and the line feed.</param>
internal sealed record AuditLine(long Sequence, DateTimeOffset Time, AuditEntry Entry, string Previous, string? Signature = null)
{
    /// <summary>The most bytes of a line, with its line feed: two texts that are escaped throughout, and the rest.</summary>
    public const int Longest = 4096;

    /// <summary>How moments are written.</summary>
    public const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    /// <summary>The line, with its line feed.</summary>
    public byte[] ToBytes() => Encoding.ASCII.GetBytes(ToText() + "\n");

    /// <summary>What a checkpoint signs.</summary>
    public byte[] SigningInput() => Encoding.ASCII.GetBytes((this with { Signature = null }).ToText());

    private string ToText()
    {
        var text = new StringBuilder(512);
        text.Append(CultureInfo.InvariantCulture, $"{{\"sequence\":{Sequence},\"time\":");
        Append(text, Time);
        text.Append(",\"since\":");
        Append(text, Entry.Since);
        text.Append(",\"caller\":{\"kind\":");
        Append(text, Entry.Party.Kind);
        text.Append(",\"id\":");
        Append(text, Entry.Party.Id);
        text.Append("},\"act\":");
        Append(text, Entry.Act);
        text.Append(",\"subject\":");
        Append(text, Entry.Subject);
        text.Append(",\"quality\":");
        Append(text, Entry.Quality);
        text.Append(CultureInfo.InvariantCulture, $",\"count\":{Entry.Count},\"bytes\":{Number(Entry.Bytes)},\"outcome\":");
        Append(text, Entry.Outcome);
        text.Append(CultureInfo.InvariantCulture, $",\"status\":{Number(Entry.Status)},\"begun\":{Number(Entry.Begun)},\"previous\":");
        Append(text, Previous);
        if (Signature is not null)
        {
            text.Append(",\"signature\":");
            Append(text, Signature);
        }

        return text.Append('}').ToString();
    }

    private static string Number(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "null";

    private static void Append(StringBuilder text, DateTimeOffset? time) =>
        Append(text, time?.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture));

    private static void Append(StringBuilder text, string? value)
    {
        if (value is null)
        {
            text.Append("null");
            return;
        }

        text.Append('"');
        foreach (var unit in value)
        {
            if (unit is '"' or '\\')
            {
                text.Append('\\').Append(unit);
            }
            else if (unit is >= ' ' and <= '~')
            {
                text.Append(unit);
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}");
            }
        }

        text.Append('"');
    }
}
