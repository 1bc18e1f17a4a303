using System.Diagnostics;
using System.Globalization;

namespace OpenEntropy.Tests.Noise;

/// <summary>A process that waits for its input and ends when this is disposed of.</summary>
internal sealed class SleepingProcess : IDisposable
{
    private readonly Process _process;

    private SleepingProcess(Process process) => _process = process;

    /// <summary>The kernel's account of how much it ran.</summary>
    public string Table => Path.Combine("/proc", _process.Id.ToString(CultureInfo.InvariantCulture), "schedstat");

    public static SleepingProcess Start() =>
        new(Process.Start(new ProcessStartInfo("cat") { RedirectStandardInput = true, RedirectStandardOutput = true })!);

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
