using System.Globalization;
using System.Text;

namespace OpenEntropy.Http.Answers;

/// <summary>A path below the service's address, with its query.</summary>
/// <param name="path">Without a slash in front.</param>
internal sealed class RequestPath(string path)
{
    private readonly StringBuilder _text = new(path);
    private bool _hasQuery;

    /// <summary>Adds a number.</summary>
    public RequestPath Add(string name, long value) => Add(name, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Adds a decimal, never with an exponent.</summary>
    public RequestPath Add(string name, decimal value) => Add(name, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Adds a text, percent-encoded; nothing where there is none.</summary>
    public RequestPath Add(string name, string? value)
    {
        if (value is null)
            return this;
        _text.Append(_hasQuery ? '&' : '?').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        _hasQuery = true;
        return this;
    }

    /// <summary>Adds a number; nothing where there is none.</summary>
    public RequestPath Add(string name, long? value) => value is { } number ? Add(name, number) : this;

    /// <summary>Adds <c>true</c>, or nothing.</summary>
    public RequestPath AddFlag(string name, bool value) => Add(name, value ? "true" : null);

    /// <summary>The address, relative to the client's.</summary>
    public Uri ToUri() => new(_text.ToString(), UriKind.Relative);
}
