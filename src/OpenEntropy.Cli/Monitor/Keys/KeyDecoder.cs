namespace OpenEntropy.Cli.Monitor.Keys;

/// <summary>
/// Turns a terminal's bytes into keys. A sequence (ECMA-48, 5.4: ESC [ parameters final; ESC O final of the application mode) may arrive in any number of
/// pieces. An ESC is the key itself only once nothing has followed it for a while, which <see cref="Flush"/> tells.
/// </summary>
internal sealed class KeyDecoder
{
    private const byte Escape = 0x1B;

    // More parameters than any key has; a longer run is no sequence.
    private const int LongestParameters = 16;

    private readonly List<byte> _parameters = [];
    private State _state;

    private enum State
    {
        Ground,
        Escaped,
        Control, // after ESC [
        Single, // after ESC O
    }

    /// <summary>True while a sequence is unfinished.</summary>
    public bool IsPending => _state != State.Ground;

    /// <summary>Reads bytes.</summary>
    /// <param name="bytes">As they came.</param>
    /// <param name="keys">Receives the keys they complete.</param>
    public void Read(ReadOnlySpan<byte> bytes, ICollection<MonitorKey> keys)
    {
        foreach (var value in bytes)
        {
            if (Next(value) is { } key)
                keys.Add(key);
        }
    }

    /// <summary>Nothing has followed for a while: an ESC was the key, and another unfinished sequence is none.</summary>
    public MonitorKey? Flush()
    {
        var wasEscape = _state == State.Escaped;
        Reset();
        return wasEscape ? MonitorKey.Escape : null;
    }

    private MonitorKey? Next(byte value)
    {
        switch (_state)
        {
            case State.Escaped when value == Escape:
                return MonitorKey.Escape;
            case State.Escaped:
                // ESC and another byte is a key with Alt, which means nothing here.
                _state =
                    value == '[' ? State.Control
                    : value == 'O' ? State.Single
                    : State.Ground;
                return null;
            case State.Single:
                Reset();
                return Final(value);
            case State.Control when value is >= 0x20 and < 0x40 && _parameters.Count < LongestParameters:
                _parameters.Add(value);
                return null;
            case State.Control:
                var key = value == '~' ? Numbered() : Final(value);
                Reset();
                if (value == Escape)
                    _state = State.Escaped;
                return key;
            default:
                if (value != Escape)
                    return Plain(value);
                _state = State.Escaped;
                return null;
        }
    }

    private void Reset()
    {
        _parameters.Clear();
        _state = State.Ground;
    }

    private MonitorKey? Numbered() =>
        _parameters is [var digit]
            ? (char)digit switch
            {
                '1' or '7' => MonitorKey.First,
                '4' or '8' => MonitorKey.Last,
                '5' => MonitorKey.PageUp,
                '6' => MonitorKey.PageDown,
                _ => null,
            }
            : null;

    private static MonitorKey? Final(byte value) =>
        (char)value switch
        {
            'A' => MonitorKey.Up,
            'B' => MonitorKey.Down,
            'H' => MonitorKey.First,
            'F' => MonitorKey.Last,
            _ => null,
        };

    private static MonitorKey? Plain(byte value) =>
        (char)value switch
        {
            'k' => MonitorKey.Up,
            'j' => MonitorKey.Down,
            'g' => MonitorKey.First,
            'G' => MonitorKey.Last,
            ' ' => MonitorKey.Switch,
            't' => MonitorKey.Retest,
            'r' => MonitorKey.Refresh,
            '?' or 'h' => MonitorKey.Help,
            '\f' => MonitorKey.Repaint,
            'q' or '\x03' or '\x04' => MonitorKey.Quit,
            _ => null,
        };
}
