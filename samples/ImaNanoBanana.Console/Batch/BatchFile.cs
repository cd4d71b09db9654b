using System.Text.Json;
using ImaNanoBanana.Cli.CommandLine;
using ImaNanoBanana.Cli.Output;
using ImaNanoBanana.Cli.Running;
using ImaNanoBanana.Samples;

namespace ImaNanoBanana.Cli.Batch;

/// <summary>
/// Reads a whole batch before anything is sent. An entry without an idempotency key gets one from the name of the batch and what it
/// requests, so the file can be run again, reordered, extended and saved in another form, and no entry is charged twice.
/// </summary>
internal sealed class BatchFile(RequestReader submissions, Session session, string name, BatchPlace place)
{
    private readonly List<BatchItem> _items = [];
    private readonly SortedDictionary<int, string> _problems = [];
    private readonly BatchKeys _keys = new(name);
    private readonly HashSet<string> _outputs = new(StringComparer.OrdinalIgnoreCase);

    private Wording Say => session.Say;

    /// <returns>The requests in order, each with an idempotency key.</returns>
    /// <exception cref="StopException">Lines cannot be used. The message contains all of them. Nothing was sent.</exception>
    public async Task<IReadOnlyList<BatchItem>> ReadAsync(IEnumerable<BatchEntry> entries, CancellationToken cancellationToken)
    {
        foreach (var entry in entries)
        {
            var problem = entry.Problem ?? await AddAsync(entry, cancellationToken);
            if (problem is not null)
            {
                _problems[entry.Number] = problem;
            }
        }

        if (_problems.Count > 0)
        {
            throw new StopException(ExitCode.Usage, Report());
        }

        return _items.Count > 0
            ? _items
            : throw new StopException(ExitCode.Usage, Say["The batch is empty. Nothing was submitted.", "批量文件是空的。未提交任何请求。"]);
    }

    /// <returns>Why the entry cannot be used; null if it was added.</returns>
    private async Task<string?> AddAsync(BatchEntry entry, CancellationToken cancellationToken)
    {
        var problems = new BatchFields(Say).Problems(entry.Fields!).ToList();
        if (problems.Count > 0)
        {
            return string.Join(' ', problems);
        }

        try
        {
            var line = entry.Fields!.Deserialize(CliJson.Default.BatchLine)!;
            var earlier = _keys.FromText(entry.Text);
            var request = Request(line);
            var key = await _keys.CreateAsync(request, line.IdempotencyKey, cancellationToken);
            if (key is null)
            {
                return Say[
                    $"its idempotency_key '{line.IdempotencyKey}' is also used by another line.",
                    $"idempotency_key“{line.IdempotencyKey}”与其他行重复。"];
            }

            if (PlaceProblem(line) is { } problem)
            {
                return problem;
            }

            _items.Add(new(entry.Number, line, request with { IdempotencyKey = key })
            {
                EarlierKey = line.IdempotencyKey is null ? earlier : null,
            });
            return null;
        }
        catch (ImaException exception)
        {
            return FailureDetail.OfALine(exception, Say);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            return Say["one of its values cannot be used.", "其中有无法使用的值。"];
        }
    }

    private string? PlaceProblem(BatchLine line)
    {
        if (line.Output is not { } output)
        {
            return null;
        }

        if (place.PathOf(output) is not { } path)
        {
            return Say[$"its output '{output}' is outside the folder '{place.Root}'.", $"output“{output}”位于文件夹“{place.Root}”之外。"];
        }

        if (ImageFileName.IsTooLong(path))
        {
            return Say[$"its output '{output}' is too long for a file name.", $"output“{output}”超过了文件名长度限制。"];
        }

        // The name without its extension. Several images, or a folder, are named after the task.
        var isFile = line.Count is null or 1 && !Path.EndsInDirectorySeparator(output);
        return isFile && !_outputs.Add(Path.ChangeExtension(path, null))
            ? Say[$"its output '{output}' is also used by another line.", $"output“{output}”与其他行重复。"]
            : null;
    }

    private ImageRequest Request(BatchLine line) => RequestWords.Apply(
        new ImageRequest(line.Prompt)
        {
            ModelVersion = line.VersionId,
            Count = line.Count,
            MaxCredits = line.MaxCredits,
            AllowSmallerSize = line.AllowSmaller,
            Images = [.. (line.Images ?? []).Select(submissions.Image)],
            Parameters = line.Parameters ?? [],
            Language = Say.Language,
        },
        line.Model,
        line.Size,
        line.AspectRatio);

    private string Report() => string.Join(
        '\n',
        [
            .. _problems.Select(problem => Say[$"Line {problem.Key}: {problem.Value}", $"第 {problem.Key} 行：{problem.Value}"]),
            _problems.Count == 1
                ? Say["Nothing was submitted. Correct this line and run the command again.", "未提交任何请求。请修改该行后重新运行。"]
                : Say[
                    $"Nothing was submitted. Correct these {_problems.Count} lines and run the command again.",
                    $"未提交任何请求。请修改以上 {_problems.Count} 行后重新运行。"],
        ]);
}
