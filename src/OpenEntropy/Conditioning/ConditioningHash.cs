using System.Security.Cryptography;

namespace OpenEntropy.Conditioning;

/// <summary>The vetted hashes by the name under which they are configured (SP 800-90B, 3.1.5.1.1).</summary>
internal static class ConditioningHash
{
    /// <summary>A hash that is supported here.</summary>
    /// <param name="name">As in <see cref="ConditioningOptions.Hash"/>.</param>
    /// <exception cref="EntropyConfigurationException">The name is unknown, or the platform lacks the hash.</exception>
    public static HashAlgorithmName Resolve(string name)
    {
        var (algorithm, supported) = name switch
        {
            "SHA-256" => (HashAlgorithmName.SHA256, true),
            "SHA-384" => (HashAlgorithmName.SHA384, true),
            "SHA-512" => (HashAlgorithmName.SHA512, true),
            "SHA3-256" => (HashAlgorithmName.SHA3_256, SHA3_256.IsSupported),
            "SHA3-384" => (HashAlgorithmName.SHA3_384, SHA3_384.IsSupported),
            "SHA3-512" => (HashAlgorithmName.SHA3_512, SHA3_512.IsSupported),
            _ => throw new EntropyConfigurationException(
                Key,
                $"'{name}' is none of SHA-256, SHA-384, SHA-512, SHA3-256, SHA3-384, SHA3-512"
            ),
        };
        return supported ? algorithm : throw new EntropyConfigurationException(Key, $"this platform's cryptographic library lacks {name}");
    }

    private const string Key = $"{ConditioningOptions.Section}:{nameof(ConditioningOptions.Hash)}";
}
