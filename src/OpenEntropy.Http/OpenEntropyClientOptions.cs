namespace OpenEntropy.Http;

/// <summary>What a client waits for, and how much it takes in.</summary>
public sealed record OpenEntropyClientOptions
{
    private const int LeastJsonBytes = 1024;
    private const int ShortestKey = 32;
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(1);

    /// <summary>
    /// How long a call waits in all where the service is unavailable and says when to ask again, 0 to one day. A wait that would go past it is not begun:
    /// the call throws at once. Only reading is asked for again, and a bundle with an idempotency key. Default 0: no waiting.
    /// </summary>
    public TimeSpan MaximumRetryWait
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, s_longest);
            field = value;
        }
    }

    /// <summary>
    /// A key of the service, at least 32 visible ASCII characters, sent with every request; with an operator's acts <see cref="OperatorKey"/> goes in its
    /// place where there is one. Over plain HTTP whoever listens has it. Default null: none, which does where reading is open to everybody.
    /// </summary>
    public string? ApiKey
    {
        get;
        init => field = Check(value);
    }

    /// <summary>
    /// The operator's key, at least 32 visible ASCII characters: sent with what switches, retests or assesses a source and with what makes a bundle, and with
    /// nothing else. Over plain HTTP whoever listens has it. Default null: none, which does where the service runs on this machine.
    /// </summary>
    public string? OperatorKey
    {
        get;
        init => field = Check(value);
    }

    /// <summary>
    /// The longest time without a byte of a body, above 0 to one day; then <see cref="TimeoutException"/>. The service itself waits up to 30 s for
    /// limited bytes. How long an answer may take to begin is <see cref="HttpClient.Timeout"/>. Default 60 s.
    /// </summary>
    public TimeSpan IdleTimeout
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, s_longest);
            field = value;
        }
    } = TimeSpan.FromSeconds(60);

    /// <summary>The longest JSON answer that is taken in, bytes, 1,024 to 1 GiB about. Default 64 MiB.</summary>
    public int MaximumJsonBytes
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, LeastJsonBytes);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, Array.MaxLength / 2); // the buffer doubles
            field = value;
        }
    } = 64 << 20;

    /// <summary>The name of the type: keys are told nobody.</summary>
    public override string ToString() => nameof(OpenEntropyClientOptions);

    // What was given is not repeated.
    private static string? Check(string? value) =>
        value is null || (value.Length >= ShortestKey && value.All(static character => character is >= '!' and <= '~'))
            ? value
            : throw new ArgumentException($"A key has at least {ShortestKey} characters, all visible and of ASCII.", nameof(value));
}
