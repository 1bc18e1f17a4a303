namespace OpenEntropy.Benchmarks;

/// <summary>What the program says about itself.</summary>
internal static class Usage
{
    /// <summary>Asks for the long load.</summary>
    public const string LongOption = "--long";

    /// <summary>The help.</summary>
    public const string Text = """
        Measures OpenEntropy against named comparisons on this machine.

            dotnet run -c Release --project tests/OpenEntropy.Benchmarks -- GROUP… [--long]

        Groups:
          drbg     one generator against `openssl speed -evp aes-256-ctr`; calls of 32 bytes and 1 MiB against the system's generator
          harvest  each noise source alone; the harvest at full duty; the trickle at the default budget
          start    process start to the first conditioned byte over HTTP, against a bare web service
          http     /api/v1/random against constant bodies of the same size in the same process; resident memory under load
          idle     processor share of the service with a full pool
          all      all of these, in this order

          --long   the load before resident memory is read lasts a minute, not 10 s

        Comparisons run in turns with what they are compared with, and the figures are medians of the rounds; a ratio is the median of the
        rounds' ratios. Targets are printed beside the figures and never judged: other work on the machine moves both. The load average
        printed first tells how much of it there was; on a busy machine, figures per second of processor time say more than those per second.

        Needs: openssl (drbg), wrk (http), Linux. Exit code: 0, or 1 when a measurement could not be made, or 2 for a wrong command line.
        """;
}
