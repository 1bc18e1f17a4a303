using System.Text;
using OpenEntropy.Cli.Running;
using OpenEntropy.Noise;
using OpenEntropy.Tests.Scripted;

namespace OpenEntropy.Cli.Tests.Bytes;

/// <summary>The program on an engine of scripted sources alone, whatever it is asked to select.</summary>
internal sealed class ScriptedConsole : IDisposable
{
    private readonly MemoryStream _out = new();
    private readonly StringWriter _error = new();

    /// <summary>With these sources; none: two lively ones that earn, which is enough for blocks.</summary>
    public ScriptedConsole(params NoiseSource[] sources)
    {
        var made = sources.Length > 0 ? sources : [new ScriptedNoiseSource("one"), new ScriptedNoiseSource("two")];
        Console = new CommandConsole(
            () => throw new InvalidOperationException("Standard input was read."),
            () => _out,
            TextWriter.Synchronized(_error),
            ShowsProgress: false
        )
        {
            CreatePool = options =>
            {
                // Selects nothing of the catalog that runs anywhere: the TPM is claimed 0 and not opened without turns.
                options.Sources.Enabled = "hardware_trng.tpm";
                foreach (var source in made)
                    options.AdditionalSources.Add(source);
                return new EntropyPool(options);
            },
        };
    }

    public CommandConsole Console { get; set; }

    public CancellationTokenSource End { get; } = new();

    public byte[] Bytes => _out.ToArray();

    public string Text => Encoding.UTF8.GetString(Bytes);

    public string Error => _error.ToString();

    public Task<int> RunAsync(params string[] args) => OpenEntropyCommand.RunAsync(args, Console, End.Token);

    public void Dispose()
    {
        End.Dispose();
        _error.Dispose();
        _out.Dispose();
    }
}
