using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using OpenEntropy.Health;
using OpenEntropy.Noise;
using OpenEntropy.Server.Health;

namespace OpenEntropy.Server.Dashboard;

/// <summary>The state of the service and a table of its sources as plain HTML, for readers without scripts.</summary>
internal static class SourceTable
{
    private static readonly string[] s_heads =
    [
        "Source",
        "Category",
        "State",
        "Why",
        "Samples",
        "Claimed, bits per sample",
        "Assessed, bits per sample",
        "Failures",
    ];

    /// <summary>Renders the accounts; every text is encoded, be it a plug-in's own.</summary>
    /// <param name="status">The accounts.</param>
    public static string Render(EntropyPoolStatus status)
    {
        var html = new StringBuilder("<p>The service is ").Append(Encode(StateNames<PoolState>.Of(status.State)));
        html.Append(status.Reason is { } reason ? $": {Encode(reason)}" : "").Append(".</p>\n<table>\n<tr>");
        foreach (var head in s_heads)
        {
            html.Append("<th scope=\"col\">").Append(head).Append("</th>");
        }

        html.Append("</tr>\n");
        foreach (var source in status.Sources)
        {
            AppendRow(html, source);
        }

        return html.Append("</table>\n").ToString();
    }

    private static void AppendRow(StringBuilder html, EntropySourceStatus source)
    {
        html.Append("<tr><th scope=\"row\">").Append(Encode(source.Info.Name)).Append("</th>");
        foreach (var cell in Cells(source))
        {
            html.Append("<td>").Append(Encode(cell)).Append("</td>");
        }

        html.Append("</tr>\n");
    }

    private static string[] Cells(EntropySourceStatus source) =>
        [
            StateNames<NoiseCategory>.Of(source.Info.Category),
            StateNames<SourceState>.Of(source.State),
            source.Reason ?? "",
            source.Samples.ToString(CultureInfo.InvariantCulture),
            source.ClaimedMinEntropy.ToString("0.###", CultureInfo.InvariantCulture),
            source.AssessedMinEntropy?.ToString("0.###", CultureInfo.InvariantCulture) ?? "",
            source.Failures.Values.Sum().ToString(CultureInfo.InvariantCulture),
        ];

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
