using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using ImaNanoBanana.Testing.Control;

namespace ImaNanoBanana.Testing.Pages;

/// <summary>
/// Writes the page at <c>/</c> of a served simulator, for people: the tasks with their pictures, what was charged, and the findings. Plain
/// HTML without scripts and without anything from other hosts. Every text of a request is encoded. Pure.
/// </summary>
internal static class IndexPage
{
    /// <summary>The page may show pictures of this server and its own style, and nothing else.</summary>
    public const string ContentSecurityPolicy =
        "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>The newest tasks are shown; a simulator may run for days.</summary>
    public const int MostTasks = 100;

    private const int MostFindings = 100;
    private const int MostPicturesOfTask = 8;

    private const string Head = """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="refresh" content="3">
        <title>Simulator</title>
        <style>
        body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; color: #222; background: #fff; }
        h1 { font-size: 1.4rem; margin: 0 0 .3rem; }
        h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
        table { border-collapse: collapse; width: 100%; }
        th, td { text-align: left; vertical-align: top; padding: .45rem .6rem; border-bottom: 1px solid #ddd; }
        th { font-weight: 600; color: #555; }
        .number { text-align: right; white-space: nowrap; }
        .prompt { overflow-wrap: anywhere; white-space: pre-wrap; }
        .pictures { display: flex; flex-wrap: wrap; gap: .3rem; min-width: 6rem; }
        .pictures img { width: 6rem; height: 6rem; object-fit: contain; background: #f2f2f2; }
        .quiet { color: #666; }
        code { font: 13px ui-monospace, monospace; }
        @media (prefers-color-scheme: dark) {
        body { color: #e6e6e6; background: #191919; }
        th, td { border-color: #3a3a3a; } th, .quiet { color: #a5a5a5; } .pictures img { background: #2a2a2a; } a { color: #8ab4f8; }
        }
        </style>
        </head>
        <body>

        """;

    public static string Render(
        IReadOnlyList<TaskAnswer> tasks, IReadOnlyList<SimulatorViolation> violations, IReadOnlyList<SimulatorDifference> differences)
    {
        var page = new StringBuilder(Head);
        var credits = tasks.Sum(task => task.Credits).ToString("0.####", CultureInfo.InvariantCulture);
        page.Append("<h1>Simulator of the image service</h1>\n")
            .Append(CultureInfo.InvariantCulture, $"<p>Tasks: {tasks.Count}. Simulated credits charged: {credits}. ")
            .Append(CultureInfo.InvariantCulture, $"Violations: {violations.Count}. Differences: {differences.Count}. ")
            .Append("<span class=\"quiet\">No real credits are spent. This page reloads every 3 seconds; ")
            .Append("<a href=\"/simulator\"><code>/simulator</code></a> lists the paths for programs.</span></p>\n");
        WriteTasks(page, tasks);
        WriteFindings(
            page,
            "Violations",
            "Requests that the service does not allow. They were refused.",
            [.. violations.Select(violation => (violation.Endpoint, violation.Rule))]);
        WriteFindings(
            page,
            "Differences",
            "Requests that the service accepts although the SDK sends them in another way.",
            [.. differences.Select(difference => (difference.Endpoint, difference.Rule))]);
        return page.Append("</body>\n</html>\n").ToString();
    }

    private static void WriteTasks(StringBuilder page, IReadOnlyList<TaskAnswer> tasks)
    {
        page.Append("<h2>Tasks</h2>\n");
        if (tasks.Count == 0)
        {
            page.Append("<p class=\"quiet\">No task was submitted yet.</p>\n");
            return;
        }

        if (tasks.Count > MostTasks)
        {
            page.Append(CultureInfo.InvariantCulture, $"<p class=\"quiet\">The newest {MostTasks} are shown.</p>\n");
        }

        page.Append("<table>\n<tr><th>Picture</th><th>Prompt</th><th>Request</th><th>Status</th><th class=\"number\">Credits</th></tr>\n");
        foreach (var task in tasks.Reverse().Take(MostTasks))
        {
            WriteTask(page, task);
        }

        page.Append("</table>\n");
    }

    private static void WriteTask(StringBuilder page, TaskAnswer task)
    {
        page.Append("<tr><td><div class=\"pictures\">");
        foreach (var preview in task.Images.Select(image => image.Preview).OfType<string>().Take(MostPicturesOfTask))
        {
            page.Append(CultureInfo.InvariantCulture, $"<a href=\"{Encoded(preview)}\"><img src=\"{Encoded(preview)}\" alt=\"\"></a>");
        }

        page.Append("</div></td><td class=\"prompt\">").Append(Encoded(task.Prompt))
            .Append("</td><td><code>").Append(Encoded(task.TaskId))
            .Append("</code><br><span class=\"quiet\">")
            .Append(Encoded($"{task.ModelId}, {task.Size}, {task.AspectRatio}, {task.TaskType}"))
            .Append("</span></td><td>").Append(Encoded(Status(task)))
            .Append("</td><td class=\"number\">").Append(task.Credits.ToString("0.####", CultureInfo.InvariantCulture))
            .Append("</td></tr>\n");
    }

    private static void WriteFindings(
        StringBuilder page, string title, string meaning, IReadOnlyList<(string Endpoint, string Rule)> findings)
    {
        page.Append(CultureInfo.InvariantCulture, $"<h2>{title}</h2>\n<p class=\"quiet\">{meaning}</p>\n");
        if (findings.Count == 0)
        {
            page.Append("<p>None.</p>\n");
            return;
        }

        page.Append("<table>\n<tr><th>Endpoint</th><th>Rule</th></tr>\n");
        foreach (var (endpoint, rule) in findings.Reverse().Take(MostFindings))
        {
            page.Append("<tr><td><code>").Append(Encoded(endpoint)).Append("</code></td><td>").Append(Encoded(rule)).Append("</td></tr>\n");
        }

        page.Append("</table>\n");
    }

    /// <summary>The state of the task's images, counted where they differ: <c>2 ready, 1 failed</c>.</summary>
    private static string Status(TaskAnswer task)
    {
        var states = task.Images.GroupBy(image => image.State).ToList();
        if (states is [var only])
        {
            return Words(only.Key);
        }

        return string.Join(
            ", ", states.Select(state => string.Create(CultureInfo.InvariantCulture, $"{state.Count()} {Words(state.Key)}")));
    }

    private static string Words(string state) => state == "withoutUrl" ? "without URL" : state;

    private static string Encoded(string text) => HtmlEncoder.Default.Encode(text);
}
