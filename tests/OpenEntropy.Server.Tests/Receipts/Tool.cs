using System.Diagnostics;

namespace OpenEntropy.Server.Tests.Receipts;

/// <summary>Programs that others wrote.</summary>
internal static class Tool
{
    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Select(directory => Path.Combine(directory, program))
            .FirstOrDefault(File.Exists);

    /// <summary>Runs a program to its end.</summary>
    /// <returns>What it wrote, both ways, without white space around.</returns>
    public static async Task<string> RunAsync(string directory, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var texts = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return string.Concat(texts).Trim();
    }

    /// <summary>r and s as a SEQUENCE of two INTEGERs, which is how other programs take a signature.</summary>
    public static byte[] Der(byte[] signature)
    {
        byte[] body = [.. Integer(signature[..32]), .. Integer(signature[32..])];
        return [0x30, (byte)body.Length, .. body];
    }

    private static byte[] Integer(byte[] number)
    {
        byte[] digits = [.. number.SkipWhile(each => each == 0)];
        byte[] body = digits is [< 0x80, ..] ? digits : [0, .. digits];
        return [0x02, (byte)body.Length, .. body];
    }
}
