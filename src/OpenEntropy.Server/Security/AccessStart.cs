using System.Net;
using OpenEntropy.Server.Hosting;
using OpenEntropy.Server.Security.Certificates;
using OpenEntropy.Server.Security.Keys;

namespace OpenEntropy.Server.Security;

/// <summary>What is settled about access before anything else starts.</summary>
internal sealed record AccessStart
{
    private const string AllowAnonymous = $"{SecurityOptions.Section}:{nameof(SecurityOptions.AllowAnonymous)}";
    private const string RequireKey = $"{SecurityOptions.Section}:{nameof(SecurityOptions.RequireKey)}";

    /// <summary>Of whom a key is asked.</summary>
    public required AccessMode Mode { get; init; }

    /// <summary>Where keys are kept.</summary>
    public required ApiKeyFiles Files { get; init; }

    /// <summary>The keys in them; none where there are no files.</summary>
    public required KeySet Keys { get; init; }

    /// <summary>How the files stood before they were read.</summary>
    public required string Stamp { get; init; }

    /// <summary>The key of the configuration; null where there is none.</summary>
    public OperatorKey? Operator { get; init; }

    /// <summary>Whose client certificates are taken; null: nobody's.</summary>
    public ClientAuthority? Authority { get; init; }

    /// <summary>Where others reach the service without a key; null where they do not.</summary>
    public string? OpenAddress { get; init; }

    /// <summary>Whether nobody is asked for a key because nobody but this machine reaches the service, and not because the configuration says so.</summary>
    public bool RestsOnLoopback { get; init; }

    /// <summary>Reads the keys, and refuses to let everybody in unsaid.</summary>
    /// <param name="configuration">The whole configuration.</param>
    /// <param name="settings">The options.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="StartFailedException">A file of keys or certificates is not in order, or others reach the service and nothing says who of them may ask.</exception>
    public static AccessStart Read(IConfiguration configuration, ServerSettings settings, DateTimeOffset now)
    {
        ListenAddress.Check(configuration);
        var files = new ApiKeyFiles(settings.Pool.Storage.Directory);
        var start = new AccessStart
        {
            Mode = AccessMode.Anonymous,
            Files = files,
            Stamp = files.Stamp(), // before they are read, so that what is written meanwhile is seen later
            Keys = ReadKeys(files),
            Operator = OperatorKey.Of(settings.Security.OperatorKeyDigest),
            Authority = ClientAuthority.Read(settings.ClientCertificates, settings.ClientSubjects),
        };
        var open = OpenTo(configuration, settings.Server);
        if (settings.Security.AllowAnonymous)
        {
            return start with { OpenAddress = open?.Address };
        }

        if (open is null && !settings.Security.RequireKey)
        {
            return start with { RestsOnLoopback = true };
        }

        return start.Operator is null && start.Authority is null && !start.Keys.All.Any(key => key.IsGood(now))
            ? throw new StartFailedException(Unsaid(open, files.Directory, start.Keys))
            : start with
            {
                Mode = settings.Security.RequireKey ? AccessMode.Everywhere : AccessMode.Elsewhere,
            };
    }

    /// <summary>The first address by which others than this machine reach the service, with the setting that says so; null where there is none.</summary>
    /// <param name="configuration">The whole configuration.</param>
    /// <param name="options">Host and port, which count where nothing else is given.</param>
    internal static (string Key, string Address)? OpenTo(IConfiguration configuration, ServerOptions options)
    {
        const StringSplitOptions Parts = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
        var given = configuration["urls"];
        var addresses =
            KestrelEndpoints.Any(configuration) ? KestrelEndpoints.All(configuration).Concat(Preferred(configuration))
            : string.IsNullOrEmpty(given) ? [($"{ServerOptions.Section}:{nameof(ServerOptions.Host)}", options.Url)]
            : given.Split(';', Parts).Select(url => (Key: "urls", Address: url));
        var open = addresses.FirstOrDefault(each => !IsThisMachine(each.Address));
        return open.Key is null ? null : open;
    }

    // Kestrel takes these in place of its endpoints where it is told to; both are looked at then.
    private static IEnumerable<(string Key, string Address)> Preferred(IConfiguration configuration)
    {
        const StringSplitOptions Parts = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
        return configuration[WebHostDefaults.PreferHostingUrlsKey] is null or "" ? []
            : configuration["urls"] is { Length: > 0 } urls ? urls.Split(';', Parts).Select(url => ("urls", url))
            : new[] { WebHostDefaults.HttpPortsKey, WebHostDefaults.HttpsPortsKey }
                .Where(key => !string.IsNullOrEmpty(configuration[key]))
                .Select(key => (key, $"http://*:{configuration[key]}"));
    }

    /// <summary>Whether an address is reached from this machine alone.</summary>
    /// <param name="url">As the web server writes it; what cannot be read is not.</param>
    internal static bool IsThisMachine(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            return address.IsUnixPipe
                || address.IsNamedPipe
                || address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
                || (IPAddress.TryParse(address.Host, out var host) && Peer.IsThisMachine(host));
        }
        catch (FormatException)
        {
            return false; // and so no start, here or where addresses are checked
        }
    }

    private static KeySet ReadKeys(ApiKeyFiles files)
    {
        try
        {
            return files.Read() ?? KeySet.None;
        }
        catch (Exception exception) when (exception is ApiKeyFileException or IOException or UnauthorizedAccessException)
        {
            throw new StartFailedException($"{Path.Combine(files.Directory, ApiKeyFiles.ListName)}: {exception.Message}");
        }
    }

    private static string Unsaid((string Key, string Address)? open, string storage, KeySet keys)
    {
        var ended = KeyEnds.LastOf(keys.All) is { } last ? $" ({last})" : "";
        var why = open is { } address
            ? $"{address.Key}: {address.Address} is reached by others than this machine, and there is no key by which they could show who they are{ended}"
            : $"{RequireKey}: a key is asked of everybody, and there is none{ended}";
        var make =
            $"make one (openentropy key create --name NAME --scopes {string.Join(',', ScopeNames.Of(Scopes.Reading))} --storage {storage})";
        return open is null
            ? $"{why}: {make}"
            : $"{why}: {make}, or let everybody in by saying so: --{AllowAnonymous}=true, in the environment {AllowAnonymous.Replace(":", "__", StringComparison.Ordinal)}=true, "
                + "in appsettings.json {\"OpenEntropy\":{\"Security\":{\"AllowAnonymous\":true}}}";
    }
}
