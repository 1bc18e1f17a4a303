using System.Reflection;
using OpenEntropy.Drills;

namespace OpenEntropy.Noise;

/// <summary>Finds every noise source of this assembly: a new source is one new file and is listed nowhere.</summary>
public static class NoiseSourceCatalog
{
    /// <summary>One instance of each source, ordered by category and name. None is opened.</summary>
    /// <param name="context">Handed to the constructors that ask for it.</param>
    public static IReadOnlyList<NoiseSource> Create(NoiseContext context) =>
        [
            .. typeof(NoiseSource)
                .Assembly.GetTypes()
                .Where(type => type.IsSubclassOf(typeof(NoiseSource)) && !type.IsAbstract && type != typeof(DrilledNoiseSource))
                .Select(type => Construct(type, context))
                .OrderBy(source => source.Info.Category)
                .ThenBy(source => source.Info.Name, StringComparer.Ordinal),
        ];

    private static NoiseSource Construct(Type type, NoiseContext context)
    {
        var takesContext = type.GetConstructor([typeof(NoiseContext)]) is not null;
        object[] arguments = takesContext ? [context] : [];
        return (NoiseSource)Activator.CreateInstance(type, BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null)!;
    }
}
