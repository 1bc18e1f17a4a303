using System.Diagnostics;
using System.Reflection;
using Xunit;

namespace OpenEntropy.Native.Tests;

/// <summary>The example in C, compiled with the machine's compiler, which hosts a runtime of its own.</summary>
public sealed class CExampleTests : IDisposable
{
    private static readonly TimeSpan s_bound = TimeSpan.FromSeconds(120);

    private static readonly string s_library = typeof(CExampleTests)
        .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(each => each.Key == "NativeFolder")
        .Value!;

    private readonly string _folder = Directory.CreateTempSubdirectory("openentropy").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [CompilerFact]
    public async Task Random_ThisMachine_WritesAsManyBytesAsAskedAndEndsWell()
    {
        var sources = Path.Combine(AppContext.BaseDirectory, "C");
        var program = Path.Combine(_folder, "random");
        var compiled = await RunAsync(
            "cc",
            "-std=c11",
            "-Wall",
            $"-I{sources}",
            $"{sources}/random.c",
            $"{sources}/hostfxr.c",
            "-ldl",
            "-o",
            program
        );
        Assert.Equal((0, "", ""), compiled);

        var (code, output, error) = await RunAsync(program, s_library, "24");
        Assert.Equal((0, ""), (code, error));
        Assert.Matches("^[0-9a-f]{48}\n$", output);
        Assert.NotEqual(new string('0', 48), output.TrimEnd());

        Assert.Equal((2, ""), Ends(await RunAsync(program, s_library, "0")));
        Assert.Equal((1, ""), Ends(await RunAsync(program, _folder)));
    }

    private static (int Code, string Output) Ends((int Code, string Output, string Error) run) => (run.Code, run.Output);

    private async Task<(int Code, string Output, string Error)> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };

        // The runtime of these tests is the one that is hosted, wherever it lies.
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath(
            Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "../../..")
        );

        // What its pool stores lies here too, not in the data of whoever runs these tests.
        start.Environment["XDG_DATA_HOME"] = _folder;
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        try
        {
            await process.WaitForExitAsync().WaitAsync(s_bound);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return (process.ExitCode, await output, await error);
    }
}
