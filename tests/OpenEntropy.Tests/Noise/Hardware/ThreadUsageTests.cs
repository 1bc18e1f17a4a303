using System.Globalization;
using OpenEntropy.Noise.Hardware;
using Xunit;

namespace OpenEntropy.Tests.Noise.Hardware;

public sealed class ThreadUsageTests
{
    /// <summary>The system call says what the file says, which a process that may not be dumped cannot read.</summary>
    [LinuxFact]
    public void BytesFromStorage_ThisThread_IsTheKernelsAccount()
    {
        const string Field = "read_bytes: ";
        var before = Account();
        var told = ThreadUsage.BytesFromStorage();
        var after = Account();

        Assert.InRange(told!.Value, before / 512 * 512, after);

        static long Account()
        {
            var line = File.ReadLines("/proc/thread-self/io").Single(line => line.StartsWith(Field, StringComparison.Ordinal));
            return long.Parse(line.AsSpan(Field.Length), CultureInfo.InvariantCulture);
        }
    }
}
