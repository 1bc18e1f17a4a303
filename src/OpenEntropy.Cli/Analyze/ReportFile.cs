using OpenEntropy.Assessment;
using OpenEntropy.Cli.Running;

namespace OpenEntropy.Cli.Analyze;

/// <summary>
/// The file that a report is written to. It is written under another name beside the target and then takes the target's name: a link there is replaced
/// and not followed, and a report that was there stays until the new one is whole.
/// </summary>
internal sealed class ReportFile : IDisposable
{
    private readonly string _target;
    private readonly string _temporary;
    private readonly FileStream _stream;

    /// <summary>Opens the file, before anything is computed, so that a place that cannot be written is told of at once.</summary>
    /// <param name="target">The report's name.</param>
    /// <exception cref="AssessmentInputException">The name is that of a directory or a device.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public ReportFile(string target)
    {
        _target = Path.GetFullPath(target);
        if (Directory.Exists(_target) && new DirectoryInfo(_target).LinkTarget is null)
            throw new AssessmentInputException($"{target} is a directory: name a file for the report.");
        if (IsOfTheSystem(_target))
            throw new AssessmentInputException($"{target} is not a file: name one, or leave --output out to write to standard output.");
        var folder = Path.GetDirectoryName(_target)!;
        if (!Directory.Exists(folder))
            throw new AssessmentInputException($"{target} cannot be written: there is no folder {folder}.");
        _temporary = Path.Combine(folder, $".{Path.GetFileName(_target)}.{Path.GetRandomFileName()}");
        _stream = new FileStream(_temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
    }

    /// <summary>Writes the report.</summary>
    /// <exception cref="CommandFailureException">It could not be written whole: a disk is full, for example. A report that was there stays.</exception>
    public void Write(ReadOnlySpan<byte> report)
    {
        try
        {
            _stream.Write(report);
            _stream.Dispose();
            File.Move(_temporary, _target, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailureException($"{_target} is not written: {exception.Message}", ExitCodes.BrokenOff);
        }
    }

    /// <summary>Closes the file; one that was not written whole goes.</summary>
    public void Dispose()
    {
        _stream.Dispose();
        File.Delete(_temporary);
    }

    /// <summary>Whether the name is one of the kernel's or of a device, which a file must not take the place of.</summary>
    private static bool IsOfTheSystem(string path) =>
        path.StartsWith("/proc/", StringComparison.Ordinal)
        || path.StartsWith("/sys/", StringComparison.Ordinal)
        || (path.StartsWith("/dev/", StringComparison.Ordinal) && !path.StartsWith("/dev/shm/", StringComparison.Ordinal));
}
