using System.CommandLine;
using ImaNanoBanana.Cli.Batch;
using ImaNanoBanana.Cli.CommandLine;
using ImaNanoBanana.Cli.Output;
using ImaNanoBanana.Cli.Running;

namespace ImaNanoBanana.Cli.Commands;

/// <summary><c>ima batch</c>: generates an image for each line of a file. Running it again continues after an interruption.</summary>
internal sealed class BatchCommand(CliOptions options, Argument<string> file, BatchCommandOptions own)
{
    private const string StandardInput = "-";
    private const string DefaultName = "batch";
    private const int DefaultConcurrency = 4;

    public async Task<int> RunAsync(Session session, CancellationToken cancellationToken)
    {
        var parsed = session.Parsed;
        var path = parsed.GetRequiredValue(file);
        var name = Name(session, path);
        var folder = parsed.GetValue(options.Output);
        var place = new BatchPlace(folder is null ? session.Host.Folder : session.Host.FullPath(folder));
        var entries = await EntriesAsync(session, path, cancellationToken);
        var items = await new BatchFile(new RequestReader(options, session), session, name, place).ReadAsync(entries, cancellationToken);
        foreach (var output in items.Select(item => Output(folder, item.Line.Output)).Distinct())
        {
            new ResultPrinter(session, output).CheckOutput();
        }

        items = await EarlierKeys.ApplyAsync(items, session.Client.Journal, cancellationToken);
        await BatchCheck.RunAsync(session, items, cancellationToken);
        var settings = new ImageBatchOptions
        {
            MaxConcurrency = parsed.GetValue(own.Concurrency) ?? DefaultConcurrency,
            Budget = await BatchBudget.CreateAsync(parsed.GetValue(own.Budget), name, items, cancellationToken),
            IdempotencyKeyPrefix = name,
        };
        return await new BatchRun(session, items).RunAsync(
            settings, line => Output(folder, line.Output), hasJournal: !parsed.GetValue(options.NoJournal), cancellationToken);
    }

    /// <exception cref="StopException">The name cannot be a part of idempotency keys.</exception>
    private string Name(Session session, string path)
    {
        var given = session.Parsed.GetValue(own.Name);
        var name = given ?? (path == StandardInput ? DefaultName : Path.GetFileNameWithoutExtension(path));
        name = name.Length == 0 ? DefaultName : name;
        return name.Length <= BatchCommandOptions.LongestName && !string.IsNullOrWhiteSpace(name) && !name.Any(char.IsControl)
            ? name
            : throw new StopException(ExitCode.Usage, session.Say[
                $"--name must have 1 to {BatchCommandOptions.LongestName} characters on one line. Nothing was submitted.",
                $"--name 的长度必须为 1 到 {BatchCommandOptions.LongestName} 个字符，且不能换行。未提交任何请求。"]);
    }

    private async Task<IEnumerable<BatchEntry>> EntriesAsync(Session session, string path, CancellationToken cancellationToken)
    {
        var say = session.Say;
        var lines = path == StandardInput
            ? BatchText.Lines(await session.Host.In.ReadToEndAsync(cancellationToken), say)
            : BatchText.Lines(await BytesAsync(session.Host.FullPath(path), cancellationToken), say);
        return BatchFormats.Find(session.Parsed.GetValue(own.Format), path, lines) switch
        {
            BatchFormat.Csv => new CsvReader(new BatchFields(say), say).Read(lines),
            BatchFormat.Text => PromptLinesReader.Read(lines, say),
            _ => JsonLinesReader.Read(lines, say),
        };
    }

    /// <summary>Reads on another thread, because a batch may come through a pipe, and opening a pipe waits for its other end.</summary>
    private static Task<byte[]> BytesAsync(string path, CancellationToken cancellationToken) =>
        Task.Run(() => File.ReadAllBytes(path), cancellationToken).WaitAsync(cancellationToken);

    private static string? Output(string? folder, string? name) => (folder, name) switch
    {
        (null, null) => null,
        (null, _) => name,
        (_, null) => folder + Path.DirectorySeparatorChar,
        _ => Path.Combine(folder, name),
    };
}
