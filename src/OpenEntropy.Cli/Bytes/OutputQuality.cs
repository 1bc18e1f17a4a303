using System.CommandLine;
using OpenEntropy.Cli.Options;

namespace OpenEntropy.Cli.Bytes;

/// <summary>What bytes are given.</summary>
internal enum OutputQuality
{
    /// <summary>A generator's, at any rate.</summary>
    Drbg,

    /// <summary>Each backed by credited entropy.</summary>
    Limited,

    /// <summary>Untouched samples, those of several sources XORed.</summary>
    Raw,

    /// <summary>No bytes: where several can be named, in place of any.</summary>
    None,
}

/// <summary><c>--conditioning</c>, in the service's words.</summary>
internal static class QualityOption
{
    /// <summary>The option.</summary>
    public static Option<OutputQuality?> Create()
    {
        var option = NamedChoice.One(
            "--conditioning",
            ("drbg", OutputQuality.Drbg),
            ("limited", OutputQuality.Limited),
            ("raw", OutputQuality.Raw)
        );
        option.Description = "A generator's bytes; bytes that are each backed by credited entropy; raw samples. Default: drbg.";
        return option;
    }
}
