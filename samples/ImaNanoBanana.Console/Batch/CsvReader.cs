using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ImaNanoBanana.Cli.Output;

namespace ImaNanoBanana.Cli.Batch;

/// <summary>Reads a table whose first line names the columns, as spreadsheet programs save it. Empty cells are left out. Pure.</summary>
internal sealed class CsvReader(BatchFields fields, Wording say)
{
    /// <summary>Several images share a cell.</summary>
    private const char BetweenImages = ';';

    public IEnumerable<BatchEntry> Read(IReadOnlyList<BatchEntry> lines)
    {
        var unreadable = lines.Where(line => line.Problem is not null).ToList();
        var first = lines.FirstOrDefault(line => !line.IsEmpty);
        if (unreadable.Count > 0 || first is null)
        {
            return unreadable;
        }

        var records = CsvRecords.Read([.. lines.Select(line => line.Text)], CsvRecords.Separator(first.Text)).ToList();
        var heads = records[0].Cells;
        var names = (heads ?? []).Select(head => head.ToLowerInvariant().Replace(' ', '_')).ToList();
        if (HeadProblem(names) is { } problem)
        {
            return [first with { Problem = problem }];
        }

        return records.Skip(1).Select(record => Entry(lines[record.Line], names, record.Cells));
    }

    private string? HeadProblem(List<string> names)
    {
        if (!names.Contains(BatchFields.Prompt))
        {
            return say[
                $"it must name the columns, and one of them must be 'prompt'. The columns may be: {string.Join(", ", BatchFields.Names)}.",
                $"首行必须是列名，且必须包含“prompt”列。可用的列：{string.Join("、", BatchFields.Names)}。"];
        }

        if (names.FirstOrDefault(name => !BatchFields.Names.Contains(name)) is { } unknown)
        {
            return fields.Unknown(unknown);
        }

        var repeated = names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1);
        return repeated is null
            ? null
            : say[$"two columns have the name '{repeated.Key}'.", $"有两列的名称都是“{repeated.Key}”。"];
    }

    private BatchEntry Entry(BatchEntry line, List<string> names, IReadOnlyList<string>? cells)
    {
        if (cells is null)
        {
            return line with
            {
                Problem = say[
                    "its quotation marks are not complete. Put the whole cell in quotation marks, and write \"\" for each one inside it.",
                    "引号不完整。请用引号括住整个单元格，其中的每个引号写成 \"\"。"],
            };
        }

        // Spreadsheet programs add empty cells at the end.
        if (cells.Count > names.Count && cells.Skip(names.Count).Any(cell => cell.Length > 0))
        {
            return line with
            {
                Problem = say[
                    $"it has {cells.Count} cells for {names.Count} columns. Put text that contains the separator in quotation marks.",
                    $"有 {cells.Count} 个单元格，但只有 {names.Count} 列。含有分隔符的文本请加引号。"],
            };
        }

        var values = new JsonObject();
        foreach (var (name, cell) in names.Zip(cells).Where(pair => pair.Second.Length > 0))
        {
            values[name] = Value(name, cell);
        }

        return line with { Fields = values };
    }

    /// <returns>The value of a cell; if it cannot be converted, its text, which the check of the fields rejects.</returns>
    private static JsonNode? Value(string name, string cell) => name switch
    {
        BatchFields.Count when int.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out var count) =>
            JsonValue.Create(count),
        BatchFields.MaxCredits when decimal.TryParse(cell, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var credits) =>
            JsonValue.Create(credits),
        BatchFields.AllowSmaller when bool.TryParse(cell, out var isAllowed) => JsonValue.Create(isAllowed),
        BatchFields.Images => new JsonArray(
            [.. cell.Split(BetweenImages, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(
                image => (JsonNode)JsonValue.Create(image))]),
        BatchFields.Parameters => Json(cell),
        _ => JsonValue.Create(cell),
    };

    private static JsonNode? Json(string cell)
    {
        try
        {
            return JsonNode.Parse(cell);
        }
        catch (JsonException)
        {
            return JsonValue.Create(cell);
        }
    }
}
