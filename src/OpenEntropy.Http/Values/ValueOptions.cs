using OpenEntropy.Http.Answers;

namespace OpenEntropy.Http;

/// <summary>How values are to be made.</summary>
public sealed record ValueOptions
{
    /// <summary>How the bytes behind them are made: generator output or limited bytes, never raw samples. Null: generator output.</summary>
    public RandomOptions? Bytes { get; init; }

    /// <summary>Whether the bytes consumed are told. Default no.</summary>
    public bool Proof { get; init; }

    /// <summary>Adds what differs from the service's defaults.</summary>
    /// <param name="path">The request so far.</param>
    /// <param name="options">What is asked for.</param>
    /// <exception cref="ArgumentException">Values of raw samples.</exception>
    internal static RequestPath Add(RequestPath path, ValueOptions options)
    {
        var bytes = options.Bytes ?? RandomOptions.Default;
        return bytes.IsRaw
            ? throw new ArgumentException("No values are made of raw samples.", nameof(options))
            : RandomOptions.Add(path, bytes).AddFlag("proof", options.Proof).Add("format", "json");
    }
}
