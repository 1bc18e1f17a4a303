using System.CommandLine;
using OpenEntropy.Server.Security;

namespace OpenEntropy.Cli.ApiKeys;

/// <summary><c>--scopes</c>: what a key is for.</summary>
internal sealed class ScopesOption : Option<Scopes>
{
    public ScopesOption()
        : base("--scopes")
    {
        Description = "What it is for: random bytes, raw samples, minting, operating, reading figures.";
        HelpName = string.Join(',', ScopeNames.All);
        Required = true;
        CustomParser = result =>
        {
            if (!ScopeNames.TryRead(result.Tokens[0].Value, out var scopes))
                result.AddError($"--scopes is {result.Tokens[0].Value}, and can be some of {HelpName}.");
            return scopes;
        };
    }
}
