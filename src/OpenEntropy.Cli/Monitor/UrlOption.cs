using System.CommandLine;

namespace OpenEntropy.Cli.Monitor;

/// <summary><c>--url</c>: where a service is. Anything but an absolute address of HTTP is refused, and so are a user, a query and a fragment, which nobody would read.</summary>
internal sealed class UrlOption : Option<Uri?>
{
    public UrlOption()
        : base("--url")
    {
        Description = "A running service to attach to. Default: the engine in this process.";
        HelpName = "URL";
        CustomParser = result =>
        {
            var given = result.Tokens[0].Value;
            if (
                Uri.TryCreate(given, UriKind.Absolute, out var address)
                && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
                && (address.UserInfo + address.Query + address.Fragment).Length == 0
            )
                return address;
            result.AddError($"{Name} is '{given}', and can be an address such as http://127.0.0.1:8042.");
            return null;
        };
    }
}
