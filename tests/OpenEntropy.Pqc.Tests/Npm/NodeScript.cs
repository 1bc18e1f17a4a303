using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Xunit.Sdk;

namespace OpenEntropy.Pqc.Tests.Npm;

/// <summary>
/// One of our scripts in a running Node that answers many requests: JSON objects, one a line each way (<c>lines.mjs</c>). A <c>byte[]</c> in a request
/// arrives as base64, and bytes in an answer are read with <see cref="JsonElement.GetBytesFromBase64"/>. One question at a time.
/// </summary>
internal sealed class NodeScript : IDisposable
{
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly Process _process;
    private readonly string _script;

    /// <summary>Starts a script.</summary>
    /// <param name="script">Its file in this folder.</param>
    /// <param name="program">The Node that runs it; null: the one on the PATH.</param>
    public NodeScript(string script, string? program = null)
    {
        _script = script;
        var start = new ProcessStartInfo(program ?? "node", [script])
        {
            WorkingDirectory = NpmFolder.Location,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, line) => _complaints.Enqueue(line.Data ?? "");
        _process.BeginErrorReadLine();
    }

    /// <summary>Asks and waits for the answer.</summary>
    /// <param name="request">An object for JSON; its members keep their names.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="XunitException">The script failed at it, or ended.</exception>
    public async Task<JsonElement> AskAsync<T>(T request)
    {
        try
        {
            await _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(request));
            await _process.StandardInput.FlushAsync();
        }
        catch (IOException)
        {
            // It has ended: reading finds no line, and reports with what it said.
        }

        var line =
            await _process.StandardOutput.ReadLineAsync().WaitAsync(NpmFolder.Patience)
            ?? throw new XunitException($"{_script} ended:\n{await LastWordsAsync()}");
        using var answer = JsonDocument.Parse(line);
        return answer.RootElement.TryGetProperty("error", out var error)
            ? throw new XunitException($"{_script}: {error}")
            : answer.RootElement.Clone();
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true); // nothing happens where it has ended
        _process.Dispose();
    }

    private async Task<string> LastWordsAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(NpmFolder.Patience);
        return string.Join('\n', _complaints);
    }
}
