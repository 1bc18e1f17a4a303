using System.ComponentModel.DataAnnotations;
using OpenEntropy.Conditioning;
using OpenEntropy.Drbg;
using OpenEntropy.Harvest;
using OpenEntropy.Health;
using OpenEntropy.Noise;
using OpenEntropy.Pool;

namespace OpenEntropy;

/// <summary>Checks the options' ranges, also where no host has done so.</summary>
internal static class EntropyPoolOptionsCheck
{
    /// <summary>Checks every part.</summary>
    /// <param name="options">The options.</param>
    /// <exception cref="EntropyConfigurationException">A value is out of its range, or two contradict each other.</exception>
    public static void Check(EntropyPoolOptions options)
    {
        CheckPart(options.Sources, SourcesOptions.Section);
        CheckPart(options.Harvest, HarvestOptions.Section);
        CheckPart(options.Health, HealthOptions.Section);
        CheckPart(options.Conditioning, ConditioningOptions.Section);
        CheckPart(options.Pool, SeedPoolOptions.Section);
        CheckPart(options.Drbg, DrbgOptions.Section);
        CheckPart(options.Storage, StorageOptions.Section);

        if (options.Health.PermanentAlphaExponent <= options.Health.IntermittentAlphaExponent)
        {
            throw new EntropyConfigurationException(
                $"{HealthOptions.Section}:{nameof(HealthOptions.PermanentAlphaExponent)}",
                $"must be above {nameof(HealthOptions.IntermittentAlphaExponent)}, which is {options.Health.IntermittentAlphaExponent}"
            );
        }
    }

    private static void CheckPart(object part, string section)
    {
        var problems = new List<ValidationResult>();
        if (Validator.TryValidateObject(part, new ValidationContext(part), problems, validateAllProperties: true))
            return;
        var first = problems[0];
        throw new EntropyConfigurationException($"{section}:{first.MemberNames.FirstOrDefault()}", first.ErrorMessage ?? "is out of range");
    }
}
