using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

#pragma warning disable MA0047 // The runtime looks for this type, outside any namespace, in an assembly that DOTNET_STARTUP_HOOKS names.

/// <summary>In a service under test: collects all garbage when it is sent SIGUSR1, and says when it did.</summary>
[SuppressMessage("Design", "CA1050", Justification = "The runtime asks for it.")]
internal static class StartupHook
{
    private const int User1 = 10;

    private static PosixSignalRegistration? s_registration;

    public static void Initialize() =>
        s_registration = PosixSignalRegistration.Create(
            (PosixSignal)User1,
            context =>
            {
                context.Cancel = true;
                for (var i = 0; i < 2; i++)
                {
                    GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                    GC.WaitForPendingFinalizers();
                }

                Console.Out.WriteLine("{\"event\":\"collected\"}");
            }
        );
}
