using System.Runtime.InteropServices;

namespace OpenEntropy.Tests.Noise.Hardware;

/// <summary>Runs something on a thread of its own that file permissions hold for, also where the tests run as root. See setfsuid(2).</summary>
internal static partial class WithoutPrivilege
{
    private const uint Nobody = 65_534;

    public static void Run(Action action)
    {
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            _ = SetFileSystemUser(Nobody); // the calling thread alone; refused, and not needed, for anyone but root
            try
            {
                action();
            }
            catch (Exception e)
            {
                failure = e;
            }
        });
        thread.Start();
        thread.Join();
        if (failure is not null)
            throw new InvalidOperationException("it failed on its thread", failure);
    }

    [LibraryImport("libc", EntryPoint = "setfsuid")]
    private static partial int SetFileSystemUser(uint user);
}
