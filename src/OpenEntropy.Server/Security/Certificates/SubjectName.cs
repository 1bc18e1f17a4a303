using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace OpenEntropy.Server.Security.Certificates;

/// <summary>
/// A certificate's subject in a form in which no two differ and look the same: each part's type and value, with the value's length. How a value is
/// encoded (as a UTF8String, a PrintableString) makes no difference.
/// </summary>
internal static class SubjectName
{
    /// <summary>The form of a subject that is written as RFC 4514 has it.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Null where it is none, or has no part.</returns>
    public static string? Of(string text)
    {
        try
        {
            return Of(new X500DistinguishedName(text));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>The form of a certificate's subject.</summary>
    /// <param name="name">The subject.</param>
    /// <returns>Null where a part has several values, or there is none.</returns>
    public static string? Of(X500DistinguishedName name)
    {
        var form = new StringBuilder();
        foreach (var part in name.EnumerateRelativeDistinguishedNames())
        {
            if (part.HasMultipleElements || part.GetSingleElementValue() is not { Length: > 0 } value)
            {
                return null;
            }

            form.Append(CultureInfo.InvariantCulture, $"{part.GetSingleElementType().Value}:{value.Length}:{value};");
        }

        return form.Length == 0 ? null : form.ToString();
    }
}
