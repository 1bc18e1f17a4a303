using System.Diagnostics;
using OpenEntropy.Fuzz.Grammar;

namespace OpenEntropy.Fuzz.Parsers;

/// <summary>Tries one input on a parser.</summary>
internal static class TargetTrial
{
    // Other choices than those of the requests with the same number.
    private const ulong OwnSeed = 0x7461726765740000;

    /// <summary>The input of a try: the same on every machine.</summary>
    /// <param name="target">The parser.</param>
    /// <param name="seed">The seed of all tries.</param>
    /// <param name="number">The try.</param>
    public static byte[] Input(ParserTarget target, ulong seed, long number) =>
        ByteMutation.Make(target, new Xorshift(seed ^ OwnSeed ^ NumberOf(target.Name), number));

    /// <summary>What is wrong; null: nothing.</summary>
    /// <param name="target">The parser.</param>
    /// <param name="input">Any bytes; not changed.</param>
    /// <param name="took">How long it took.</param>
    public static string? FindFault(ParserTarget target, byte[] input, out TimeSpan took)
    {
        var copy = (byte[])input.Clone(); // so that a parser that writes into its input is not tried twice on different ones
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var started = Stopwatch.GetTimestamp();
        try
        {
            target.Parse(copy);
        }
        catch (BrokenRuleException exception)
        {
            return $"a rule is broken: {exception.Message}";
        }
        catch (Exception exception) when (target.Refusals.Any(type => type.IsInstanceOfType(exception)))
        {
            if (exception.Message.Length == 0)
                return "a refusal gives no reason";
        }
        catch (Exception exception)
        {
            return $"{exception.GetType().Name}{Place(exception)}: {exception.Message}";
        }
        finally
        {
            took = Stopwatch.GetElapsedTime(started);
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        return allocated > target.MostMemory ? $"it allocates too much: {allocated} bytes for {input.Length}" : null;
    }

    // What tells two faults of one kind apart.
    private static string Place(Exception exception) =>
        new StackTrace(exception).GetFrames().Select(frame => frame.GetMethod()).FirstOrDefault(IsOurs) is { } method
            ? $" in {method.DeclaringType!.Name}.{method.Name}"
            : "";

    private static bool IsOurs(System.Reflection.MethodBase? method) =>
        method?.DeclaringType?.Namespace is { } place
        && place.StartsWith("OpenEntropy", StringComparison.Ordinal)
        && !place.StartsWith("OpenEntropy.Fuzz", StringComparison.Ordinal);

    private static ulong NumberOf(string name) => name.Aggregate(0xCBF29CE484222325UL, (hash, c) => (hash ^ c) * 0x100000001B3);
}
