using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace OpenEntropy.Server.Hosting;

/// <summary>
/// Binds options classes and collects every problem on the way: values that do not convert or are out of range, and, once all are read,
/// keys below <c>OpenEntropy:</c> that no class has. A mistyped key must not pass for a default.
/// </summary>
/// <param name="configuration">The whole configuration.</param>
internal sealed class OptionsReader(IConfiguration configuration)
{
    private const string Root = "OpenEntropy";

    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _problems = [];

    /// <summary>The problems found so far, each beginning with the key.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Reads one class from the section its <c>Section</c> constant names.</summary>
    /// <typeparam name="T">The options class.</typeparam>
    public T Read<T>()
        where T : class, new()
    {
        var options = new T();
        ReadInto(options, configuration.GetSection((string)typeof(T).GetField("Section")!.GetRawConstantValue()!));
        return options;
    }

    /// <summary>Reads one class from a section, over what it holds already.</summary>
    /// <param name="options">The options.</param>
    /// <param name="section">Where they are.</param>
    public void ReadInto(object options, IConfigurationSection section)
    {
        var before = _problems.Count;
        foreach (
            var property in options
                .GetType()
                .GetProperties()
                .Where(property => property.SetMethod is { IsPublic: true } && IsValue(property))
        )
        {
            var key = $"{section.Path}:{property.Name}";
            _known.Add(key);
            var text = section[property.Name];
            if (text is not null && OptionValue.TryConvert(text, property.PropertyType, out var value))
            {
                property.SetValue(options, value);
            }
            else if (text is not null)
            {
                _problems.Add($"{key}: '{text}' is not {OptionValue.Expectation(property)}");
                continue;
            }

            CheckValue(key, property, property.GetValue(options));
        }

        if (_problems.Count == before && options is IValidatableObject validatable)
        {
            _problems.AddRange(
                validatable
                    .Validate(new ValidationContext(options))
                    .Select(result => $"{section.Path}:{string.Join(',', result.MemberNames)}: {result.ErrorMessage}")
            );
        }
    }

    /// <summary>Declares a key that is read by other means than a property.</summary>
    /// <param name="key">The full key.</param>
    public void Know(string key) => _known.Add(key);

    /// <summary>Reports a problem that no attribute can see.</summary>
    /// <param name="key">The full key.</param>
    /// <param name="problem">What is wrong with its value.</param>
    public void Refuse(string key, string problem) => _problems.Add($"{key}: {problem}");

    /// <summary>Reports every key below <c>OpenEntropy:</c> that is not known. To be called when everything is read.</summary>
    public void RefuseUnknownKeys()
    {
        foreach (var leaf in Leaves(configuration.GetSection(Root)))
        {
            if (!_known.Contains(leaf))
            {
                var nearest = _known.MinBy(key => EditDistance.Between(key, leaf));
                _problems.Add($"{leaf}: there is no such key; the nearest is {nearest}");
            }
        }
    }

    private static bool IsValue(PropertyInfo property) =>
        property.PropertyType == typeof(string) || (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType).IsValueType;

    private static IEnumerable<string> Leaves(IConfigurationSection section)
    {
        var children = section.GetChildren().ToList();
        if (section.Value is { Length: > 0 } || (children.Count == 0 && section.Value is not null))
        {
            yield return section.Path;
        }

        foreach (var leaf in children.SelectMany(Leaves))
        {
            yield return leaf;
        }
    }

    private void CheckValue(string key, PropertyInfo property, object? value)
    {
        if (property.GetCustomAttributes<ValidationAttribute>().FirstOrDefault(attribute => !attribute.IsValid(value)) is not null)
        {
            _problems.Add($"{key}: '{OptionValue.Format(value)}' is not {OptionValue.Expectation(property)}");
        }
    }
}
