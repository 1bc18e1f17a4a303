using OpenEntropy.Server.Hosting;

namespace OpenEntropy.Server.Security.Certificates;

/// <summary>The keys <c>OpenEntropy:Security:ClientCertificates:Subjects:0:Name</c> and <c>:Scopes</c>, as many as there are.</summary>
internal static class SubjectSettings
{
    private const string Section = $"{ClientCertificateOptions.Section}:Subjects";
    private const string NameKey = "Name";
    private const string ScopesKey = "Scopes";

    /// <summary>Reads them.</summary>
    /// <param name="configuration">The whole configuration.</param>
    /// <param name="options">The rest of the section.</param>
    /// <param name="reader">Learns the keys, and what is wrong with them.</param>
    public static IReadOnlyList<ClientSubject> Read(IConfiguration configuration, ClientCertificateOptions options, OptionsReader reader)
    {
        var subjects = new List<ClientSubject>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var section in configuration.GetSection(Section).GetChildren())
        {
            reader.Know($"{section.Path}:{NameKey}");
            reader.Know($"{section.Path}:{ScopesKey}");
            var (name, text) = (section[NameKey] ?? "", section[ScopesKey] ?? "");
            if (SubjectName.Of(name) is not { } subject)
            {
                reader.Refuse($"{section.Path}:{NameKey}", $"'{name}' is no subject as CN=probe,O=Example, with one value in each part");
            }
            else if (!names.Add(subject))
            {
                reader.Refuse($"{section.Path}:{NameKey}", $"'{name}' stands there twice");
            }
            else if (!ScopeNames.TryRead(text, out var scopes))
            {
                reader.Refuse(
                    $"{section.Path}:{ScopesKey}",
                    $"'{text}' is not some of {string.Join(", ", ScopeNames.All)}, separated by commas"
                );
            }
            else
            {
                subjects.Add(new ClientSubject(section.Path, name, scopes));
            }
        }

        if (subjects.Count > 0 && options.Authority.Length == 0)
        {
            reader.Refuse(
                $"{ClientCertificateOptions.Section}:{nameof(options.Authority)}",
                "it must name the PEM file of who issues these subjects' certificates"
            );
        }

        return subjects;
    }
}
