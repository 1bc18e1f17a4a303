using System.Text;
using OpenEntropy.Cli.Options;
using OpenEntropy.Noise;

namespace OpenEntropy.Cli.Running;

/// <summary>Where a command reads and writes.</summary>
/// <param name="In">Standard input, opened when it is read.</param>
/// <param name="Out">Standard output, opened when it is written.</param>
/// <param name="Error">Standard error.</param>
/// <param name="ShowsProgress">Whether somebody watches standard error.</param>
internal sealed record CommandConsole(Func<Stream> In, Func<Stream> Out, TextWriter Error, bool ShowsProgress)
{
    /// <summary>Columns where standard output is no terminal.</summary>
    public const int PipeWidth = 120;

    /// <summary>Whether standard output is a terminal.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>Columns that a line of a table may have.</summary>
    public int Width { get; init; } = PipeWidth;

    /// <summary>Whether text may be coloured: on a terminal that can, unless <c>NO_COLOR</c> is set (no-color.org).</summary>
    public bool HasColor { get; init; }

    /// <summary>Whether standard input is a terminal.</summary>
    public bool IsInputTerminal { get; init; }

    /// <summary>How standard output's text is encoded.</summary>
    public Encoding Encoding { get; init; } = Encoding.UTF8;

    /// <summary>The terminal's columns and rows at this moment.</summary>
    public Func<(int Width, int Height)> Size { get; init; } = () => (PipeWidth, 0);

    /// <summary>The kernel's number of standard output, for what is written by its own calls; null: only <see cref="Out"/> is there.</summary>
    public int? Descriptor { get; init; }

    /// <summary>Columns that a line of progress may have.</summary>
    public int ProgressWidth { get; init; } = PipeWidth;

    /// <summary>Makes the noise sources that a command tries by itself: those of the catalog, in tests scripted ones.</summary>
    public Func<IReadOnlyList<NoiseSource>> NoiseSources { get; init; } = Catalog.Create;

    /// <summary>Makes the engine of this process.</summary>
    public Func<EntropyPoolOptions, EntropyPool> CreatePool { get; init; } = options => new EntropyPool(options);

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    public static CommandConsole OfProcess()
    {
        var isTerminal = !Console.IsOutputRedirected;
        return new(Console.OpenStandardInput, Console.OpenStandardOutput, Console.Error, !Console.IsErrorRedirected)
        {
            Descriptor = OperatingSystem.IsLinux() ? 1 : null,
            IsTerminal = isTerminal,
            IsInputTerminal = !Console.IsInputRedirected,
            Encoding = Console.OutputEncoding,
            Size = () => (Console.WindowWidth, Console.WindowHeight),
            Width = isTerminal ? TerminalSize.Columns(1) : PipeWidth,
            ProgressWidth = Console.IsErrorRedirected ? PipeWidth : TerminalSize.Columns(2),
            HasColor =
                isTerminal
                && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
                && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb"),
        };
    }
}
