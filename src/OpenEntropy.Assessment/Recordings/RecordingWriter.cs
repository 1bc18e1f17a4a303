using System.Security.Cryptography;
using System.Text.Json;

namespace OpenEntropy.Assessment.Recordings;

/// <summary>
/// Writes a recording while it is made: samples go to <c>NAME.bin</c> as they come, and the header beside them last. Room for the header is taken at the
/// beginning, so that a disk that fills meanwhile still holds a recording of what was written.
/// </summary>
public sealed class RecordingWriter : IDisposable
{
    /// <summary>More than a header has, in bytes: names and sentences of a few hundred characters.</summary>
    private const int HeaderRoom = 8192;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly FileStream _samples;
    private readonly FileStream _header;
    private bool _isComplete;

    /// <summary>Makes both files, readable by their owner alone.</summary>
    /// <param name="path">The path, with or without <c>.bin</c>; its directory exists, and the files do not.</param>
    /// <exception cref="IOException">A file is there already, or the system refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The system refuses.</exception>
    public RecordingWriter(string path)
    {
        var files = RecordingPaths.Of(path);
        _samples = PrivateFile.Create(files.Samples);
        try
        {
            _header = PrivateFile.Create(files.Header);
            try
            {
                var room = new byte[HeaderRoom];
                room.AsSpan().Fill((byte)' ');
                _header.Write(room);
            }
            catch
            {
                _header.Dispose();
                File.Delete(files.Header);
                throw;
            }
        }
        catch
        {
            _samples.Dispose();
            File.Delete(files.Samples);
            _hash.Dispose();
            throw;
        }
    }

    /// <summary>Samples written, at most <see cref="RecordingFile.MaximumSamples"/>.</summary>
    public int Count { get; private set; }

    /// <summary>Appends samples.</summary>
    /// <param name="samples">The samples, one a byte.</param>
    /// <exception cref="ArgumentOutOfRangeException">They would be more than a recording has.</exception>
    /// <exception cref="IOException">The system refuses, a disk being full for example; what was written before stays, and can be completed.</exception>
    public void Append(ReadOnlySpan<byte> samples)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(samples.Length, RecordingFile.MaximumSamples - Count, nameof(samples));
        try
        {
            _samples.Write(samples);
        }
        catch (IOException)
        {
            // A part may have been written: it is not counted, and so it goes.
            _samples.SetLength(Count);
            _samples.Position = Count;
            throw;
        }

        _hash.AppendData(samples);
        Count += samples.Length;
    }

    /// <summary>Writes the header and waits until the device has both files.</summary>
    /// <param name="header">The header; number of samples and hash are set here. A member <see cref="RecordingHeader.BrokenOff"/> says why there are no more.</param>
    /// <returns>The header as written.</returns>
    /// <exception cref="AssessmentInputException">The header would not be read again: there are no samples, for example.</exception>
    /// <exception cref="IOException">The system refuses.</exception>
    public RecordingHeader Complete(RecordingHeader header)
    {
        ObjectDisposedException.ThrowIf(_isComplete, this);
        header = header with { Samples = Count, Sha256 = Convert.ToHexStringLower(_hash.GetCurrentHash()) };
        RecordingCheck.Header(header, new RecordingPaths(_samples.Name, _header.Name));
        var json = JsonSerializer.SerializeToUtf8Bytes(header, RecordingJson.Default.RecordingHeader);
        _samples.Flush(flushToDisk: true);
        _header.Position = 0;
        _header.Write(json);
        _header.SetLength(json.Length);
        _header.Flush(flushToDisk: true);
        _isComplete = true;
        return header;
    }

    /// <summary>Closes both files; those of a recording that was not completed go.</summary>
    public void Dispose()
    {
        _hash.Dispose();
        _samples.Dispose();
        _header.Dispose();
        if (_isComplete)
            return;
        File.Delete(_samples.Name);
        File.Delete(_header.Name);
    }
}
