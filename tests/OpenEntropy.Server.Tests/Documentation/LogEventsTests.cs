using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using OpenEntropy.Assessment;
using OpenEntropy.Server.Errors;
using Xunit;

namespace OpenEntropy.Server.Tests.Documentation;

/// <summary>docs/logs.md tells of every event that the service declares, as it declares it.</summary>
public sealed partial class LogEventsTests
{
    private const string Heading = "| event | level | fields | when | what to do |";

    private static readonly string[] s_levels = ["Verbose", "Debug", "Information", "Warning", "Error", "Fatal"];

    private static readonly List<(LoggerMessageAttribute Event, MethodInfo Method)> s_declared =
    [
        .. new[] { typeof(EntropyPool), typeof(SampleSet), typeof(Pqc.SecretArray), typeof(RouteLabel) }
            .SelectMany(type => type.Assembly.GetTypes())
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
            .Select(method => (method.GetCustomAttribute<LoggerMessageAttribute>()!, method))
            .Where(each => each.Item1 is not null),
    ];

    [Fact]
    public void Names_OfAllEvents_AreUniqueAndGivenByHand()
    {
        Assert.True(s_declared.Count > 30);
        var names = s_declared.Select(each => each.Event.EventName).ToList();

        Assert.All(names, name => Assert.Matches(Name(), name ?? ""));
        Assert.Equal(names.Count, names.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Reference_EveryEvent_HasItsLevelAndItsFields()
    {
        var documented = ReadTable();

        Assert.Equal(
            s_declared.Select(each => each.Event.EventName).Order(StringComparer.Ordinal),
            documented.Keys.Order(StringComparer.Ordinal)
        );
        Assert.All(
            s_declared,
            each =>
            {
                var (level, fields) = documented[each.Event.EventName!];
                if (each.Method.GetParameters().Any(parameter => parameter.ParameterType == typeof(LogLevel)))
                {
                    Assert.DoesNotContain(level, s_levels); // it is given by the event: one of some
                }
                else
                {
                    Assert.Equal(s_levels[(int)each.Event.Level], level);
                }

                Assert.All(fields, field => Assert.Contains(each.Method.GetParameters(), parameter => IsNamed(parameter, field)));
                Assert.Equal(FieldName().Matches(each.Event.Message).Select(match => match.Groups["name"].Value), fields);
            }
        );
    }

    private static bool IsNamed(ParameterInfo parameter, string field) =>
        string.Equals(parameter.Name, field, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("^[a-z]+(_[a-z]+)*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Name();

    [GeneratedRegex(@"\{(?<name>[A-Za-z]+)(:[^}]*)?\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FieldName();

    [GeneratedRegex("`(?<name>[^`]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Code();

    /// <summary>Level and fields of each event's row, which has no empty cell but that of the fields.</summary>
    private static Dictionary<string, (string Level, List<string> Fields)> ReadTable()
    {
        using var reader = new StreamReader(typeof(LogEventsTests).Assembly.GetManifestResourceStream("logs.md")!);
        while (reader.ReadLine() is { } line && line != Heading) { }

        Assert.Equal("|---|---|---|---|---|", reader.ReadLine());
        var rows = new Dictionary<string, (string Level, List<string> Fields)>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } row && row.StartsWith('|'))
        {
            var cells = row.Split('|', StringSplitOptions.TrimEntries)[1..^1];
            Assert.Equal(5, cells.Length);
            Assert.All(new[] { cells[1], cells[3], cells[4] }, Assert.NotEmpty);
            rows.Add(cells[0].Trim('`'), (cells[1], [.. Code().Matches(cells[2]).Select(match => match.Groups["name"].Value)]));
        }

        return rows;
    }
}
