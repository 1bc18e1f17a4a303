using System.Diagnostics;

namespace OpenEntropy.Server.Tests.Secrets;

/// <summary>A service in a process of its own with everything switched on that tells of it, for tests of what it must not tell.</summary>
internal static class TalkativeService
{
    /// <summary>How it is started.</summary>
    /// <param name="collector">Where it pushes metrics and traces.</param>
    /// <param name="more">Further options.</param>
    public static ProcessStartInfo Start(string collector, params IEnumerable<string> more) =>
        new(
            ServiceProcess.Command[0],
            [
                .. ServiceProcess.Command.Skip(1),
                "--OpenEntropy:Assessment:Enabled=false",
                "--OpenEntropy:Logging:Json=true",
                "--OpenEntropy:Logging:Files=true",
                "--OpenEntropy:Logging:Requests=true",
                "--OpenEntropy:Logging:RepeatsPerMinute=100000",
                "--Serilog:MinimumLevel:Default=Verbose",
                "--Serilog:MinimumLevel:Override:OpenEntropy=Verbose",
                $"--OpenEntropy:Otlp:Endpoint={collector}",
                "--OpenEntropy:Otlp:TraceRatio=1",
                .. more,
            ]
        );
}
