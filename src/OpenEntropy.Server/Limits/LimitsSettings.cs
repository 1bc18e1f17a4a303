using OpenEntropy.Server.Hosting;

namespace OpenEntropy.Server.Limits;

/// <summary>Reads the limits of all callers and of single ones.</summary>
internal static class LimitsSettings
{
    /// <summary>Reads them; what a caller's own do not say is as for all.</summary>
    /// <param name="configuration">The whole configuration.</param>
    /// <param name="reader">Reads, and collects what is wrong.</param>
    public static LimitsOptions Read(IConfiguration configuration, OptionsReader reader)
    {
        var options = reader.Read<LimitsOptions>();
        foreach (var caller in configuration.GetSection(LimitsOptions.CallersSection).GetChildren())
        {
            var limits = options.Copy();
            reader.ReadInto(limits, caller);
            options.Callers[caller.Key] = limits;
        }

        return options;
    }
}
