using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace OpenEntropy.Server.Hosting;

/// <summary>Text to option values and back, in the invariant culture.</summary>
internal static class OptionValue
{
    /// <summary>Converts text to an option's type.</summary>
    /// <param name="text">The text.</param>
    /// <param name="type">The property's type.</param>
    /// <param name="value">The value; null only for an empty text and a type that can be null.</param>
    /// <exception cref="NotSupportedException">No option of this type has been needed yet.</exception>
    public static bool TryConvert(string text, Type type, out object? value)
    {
        value = null;
        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return text.Length == 0 || TryConvert(text, underlying, out value);
        }

        var culture = CultureInfo.InvariantCulture;
        value = type switch
        {
            _ when type == typeof(string) => text,
            _ when type == typeof(bool) => bool.TryParse(text, out var flag) ? flag : null,
            _ when type == typeof(int) => int.TryParse(text, NumberStyles.AllowLeadingSign, culture, out var number) ? number : null,
            _ when type == typeof(long) => long.TryParse(text, NumberStyles.AllowLeadingSign, culture, out var number) ? number : null,
            _ when type == typeof(double) => double.TryParse(text, NumberStyles.Float, culture, out var number) ? number : null,
            // Without a colon the framework would read days, where most people mean seconds.
            _ when type == typeof(TimeSpan) => text.Contains(':') && TimeSpan.TryParse(text, culture, out var time) ? time : null,
            _ when type.IsEnum => Enum.TryParse(type, text, ignoreCase: true, out var member) && Enum.IsDefined(type, member)
                ? member
                : null,
            _ => throw new NotSupportedException($"options of type {type} cannot be read"),
        };
        return value is not null;
    }

    /// <summary>What a property takes, to follow the words "is not": its type and its range.</summary>
    /// <param name="property">The property.</param>
    public static string Expectation(PropertyInfo property)
    {
        if (property.GetCustomAttribute<AllowedValuesAttribute>() is { } allowed)
        {
            return $"one of {string.Join(", ", allowed.Values.Select(Format))}";
        }

        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        var kind = type switch
        {
            _ when type == typeof(bool) => "true or false",
            _ when type == typeof(int) || type == typeof(long) => "a whole number",
            _ when type == typeof(double) => "a number",
            _ when type == typeof(TimeSpan) => "a time as [days.]hours:minutes:seconds",
            _ when type.IsEnum => $"one of {string.Join(", ", Enum.GetNames(type))}",
            _ => "a text of at least one character",
        };
        return property.GetCustomAttribute<RangeAttribute>() is { } range
            ? $"{kind} from {Format(range.Minimum)} to {Format(range.Maximum)}"
            : kind;
    }

    /// <summary>A value as it is written in configuration.</summary>
    /// <param name="value">The value.</param>
    public static string Format(object? value) =>
        value is double number && double.IsInteger(number) // the bounds of [Range] on a long, which it keeps as doubles
            ? number.ToString("F0", CultureInfo.InvariantCulture)
            : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
