using System.ComponentModel.DataAnnotations;
using System.Net;

namespace OpenEntropy.Server.Proxies;

/// <summary>Which proxies are believed when they say for whom they ask.</summary>
internal sealed class ProxyOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "OpenEntropy:Proxies";

    /// <summary>
    /// Addresses and networks of proxies, separated by commas: <c>192.0.2.7,10.1.0.0/16,::1</c>. From these alone X-Forwarded-For and X-Forwarded-Proto are taken.
    /// Default: none; then what says that it was passed on by a proxy is believed in that alone.
    /// </summary>
    public string Trusted { get; set; } = "";

    /// <summary>Proxies one behind another, 1 to 10, each of which must be trusted. Default 1.</summary>
    [Range(1, 10)]
    public int Hops { get; set; } = 1;

    /// <summary>
    /// Whether X-Forwarded-Host is taken, too: only where the proxy sets it itself and passes no client's on. Default false.
    /// </summary>
    public bool TakeHost { get; set; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var part in Split())
        {
            if (!TryParse(part, out var network))
            {
                yield return new ValidationResult($"'{part}' is neither an address nor a network such as 10.1.0.0/16", [nameof(Trusted)]);
            }
            else if (network.PrefixLength == 0)
            {
                yield return new ValidationResult($"'{part}' is everybody, who could then be anybody: name the proxies", [nameof(Trusted)]);
            }
        }
    }

    /// <summary>The networks; an address is a network of one.</summary>
    public IReadOnlyList<IPNetwork> Networks() => [.. Split().Select(static part => TryParse(part, out var network) ? network : default)];

    private string[] Split() => Trusted.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static bool TryParse(string part, out IPNetwork network)
    {
        if (part.Contains('/'))
        {
            return IPNetwork.TryParse(part, out network);
        }

        var isAddress = IPAddress.TryParse(part, out var address);
        network = isAddress ? new IPNetwork(address!, 8 * address!.GetAddressBytes().Length) : default;
        return isAddress;
    }
}
