using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace ImaNanoBanana.Benchmarks;

/// <summary>The table and the JSON of a measurement.</summary>
internal sealed record Report(string Measurement, bool IsQuick, double Seconds, IReadOnlyList<Row> Rows)
{
    /// <summary>The column of the figures, which are aligned at the right.</summary>
    private const int Figure = 1;

    public bool IsMissed => Rows.Any(row => row.IsMissed);

    public void Print(TextWriter output)
    {
        var hasSpread = Rows.Any(row => row.SpreadText.Length > 0);
        string[][] cells = [
            ["", "figure", hasSpread ? "min..max" : "", "target", ""],
            .. Rows.Select(row => new[] { row.Name, row.FigureText, row.SpreadText, row.TargetText, row.Verdict })];
        var columns = Enumerable.Range(0, cells[0].Length)
            .Select(column => (Column: column, Width: cells.Max(row => row[column].Length)))
            .Where(column => column.Width > 0)
            .ToList();
        output.WriteLine($"{Measurement}{(IsQuick ? " --quick" : "")}");
        foreach (var row in cells)
        {
            var texts = columns.Select(
                column => column.Column == Figure ? row[Figure].PadLeft(column.Width) : row[column.Column].PadRight(column.Width));
            output.WriteLine($"  {string.Join("  ", texts)}".TrimEnd());
        }

        foreach (var row in Rows.Where(row => row.Note is not null))
        {
            output.WriteLine($"  {row.Name}: {row.Note}");
        }
    }

    public void Save(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var document = new ReportDocument
        {
            Measurement = Measurement,
            Quick = IsQuick,
            Seconds = Math.Round(Seconds, 1),
            Cores = Environment.ProcessorCount,
            System = RuntimeInformation.OSDescription,
            Architecture = RuntimeInformation.ProcessArchitecture.ToString(),
            Runtime = RuntimeInformation.FrameworkDescription,
            Commit = Commit(),
            Rows = [.. Rows.Select(row => new RowDocument
            {
                Name = row.Name,
                Figure = row.Figure,
                Unit = row.Unit,
                AtMost = row.AtMost,
                AtLeast = row.AtLeast,
                Rounds = row.Rounds.Count == 0 ? null : row.Rounds,
                Verdict = row.Verdict,
                Note = row.Note,
            })],
        };
        File.WriteAllText(path, JsonSerializer.Serialize(document, ReportJson.Default.ReportDocument) + "\n");
    }

    /// <returns>The measured commit, with a plus if files differ from it; null outside a clone.</returns>
    private static string? Commit()
    {
        try
        {
            return Git("rev-parse --short HEAD") is { Length: > 0 } commit
                ? commit + (Git("status --porcelain -uno") is { Length: > 0 } ? "+" : "")
                : null;
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            return null;
        }
    }

    private static string Git(string arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = git.StandardOutput.ReadToEnd().Trim();
        git.WaitForExit();
        return git.ExitCode == 0 ? output : "";
    }
}
