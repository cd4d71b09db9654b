using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ImaNanoBanana.Cli.CommandLine;
using ImaNanoBanana.Cli.Output;
using ImaNanoBanana.Cli.Running;
using ImaNanoBanana.Samples;

namespace ImaNanoBanana.Cli.Commands;

/// <summary>
/// Reads a whole batch file before anything is submitted. A line without an idempotency key gets one from the name of the batch and
/// its own text, so the file can be run again, reordered and extended, and no line is charged twice.
/// </summary>
internal sealed class BatchFile(RequestReader submissions, Session session, string name, BatchPlace place)
{
    private const int HashLetters = 16;

    /// <returns>The requests in order, each with an idempotency key.</returns>
    /// <exception cref="StopException">A line cannot be read. Nothing was submitted.</exception>
    /// <param name="lines">The lines; null for a line that cannot be decoded.</param>
    public IReadOnlyList<(BatchLine Line, ImageRequest Request)> Read(IReadOnlyList<string?> lines)
    {
        var read = new List<(BatchLine, ImageRequest)>();
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var keys = new HashSet<string>(StringComparer.Ordinal);
        var outputs = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var number = 0;
        foreach (var raw in lines)
        {
            number++;
            var line = (
                raw
                    ?? throw Broken(
                        number,
                        session.Say[
                            "it is not valid UTF-8; save the file as UTF-8", "不是有效的 UTF-8 文本，请以 UTF-8 编码保存文件"])).Trim().TrimStart('\uFEFF');
            if (line.Length == 0)
            {
                continue;
            }

            var item = Parse(line, number);
            var occurrence = seen[line] = seen.GetValueOrDefault(line) + 1;
            var key = item.IdempotencyKey ?? string.Create(CultureInfo.InvariantCulture, $"{name}-{Hash(line)}-{occurrence}");
            if (!keys.Add(key))
            {
                throw Broken(
                    number, session.Say[$"its idempotency_key '{key}' is also used by another line", $"idempotency_key“{key}”与其他行重复"]);
            }

            CheckPlace(item, number);
            if (FileName(item) is { } file && !outputs.Add(file))
            {
                throw Broken(
                    number, session.Say[$"its output '{item.Output}' is also used by another line", $"output“{item.Output}”与其他行重复"]);
            }

            try
            {
                read.Add((item, Request(item) with { IdempotencyKey = key }));
            }
            catch (Exception exception) when (exception is ImaException or ArgumentException)
            {
                throw Broken(number, exception.Message);
            }
        }

        return read;
    }

    /// <returns>The file that the image of the line is saved to, without extension; null if it is named after its task.</returns>
    private string? FileName(BatchLine item) =>
        item.Output is { } output && item.Count is null or 1 && !Path.EndsInDirectorySeparator(output)
        ? Path.ChangeExtension(place.PathOf(output), null)
        : null;

    private void CheckPlace(BatchLine item, int number)
    {
        if (item.Output is not { } output)
        {
            return;
        }

        var path = place.PathOf(output) ?? throw Broken(number, session.Say[
            $"its output '{output}' is outside the folder '{place.Root}'", $"output“{output}”位于文件夹“{place.Root}”之外"]);
        if (ImageFileName.IsTooLong(path))
        {
            throw Broken(number, session.Say[$"its output '{output}' is too long for a file name", $"output“{output}”超过了文件名长度限制"]);
        }
    }

    private ImageRequest Request(BatchLine item) => RequestWords.Apply(
        new ImageRequest(item.Prompt)
        {
            ModelVersion = item.VersionId,
            Count = item.Count,
            MaxCredits = item.MaxCredits,
            AllowSmallerSize = item.AllowSmaller,
            Images = [.. (item.Images ?? []).Select(submissions.Image)],
            Parameters = item.Parameters ?? [],
            Language = session.Say.Language,
        },
        item.Model,
        item.Size,
        item.AspectRatio);

    private BatchLine Parse(string line, int number)
    {
        try
        {
            var item = JsonSerializer.Deserialize(line, CliJson.Default.BatchLine) ?? throw Broken(number, "null");
            return item.Images?.Contains(null!) is true
                ? throw Broken(number, session.Say["one of its images is null", "images 中有一项为 null"])
                : item;
        }
        catch (JsonException exception)
        {
            throw Broken(number, exception.Message);
        }
    }

    private StopException Broken(int number, string why) => new(ExitCode.Usage, session.Say[
        $"Line {number} cannot be used: {why.TrimEnd('.')}. Nothing was submitted.",
        $"第 {number} 行无法使用：{why.TrimEnd('.', '。')}。未提交任何请求。"]);

    private static string Hash(string line) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(line)))[..HashLetters];
}
