using ImaNanoBanana.Cli.Running;

namespace ImaNanoBanana.Cli.CommandLine;

/// <summary>Reads the prompt from the arguments, an option, a file or standard input.</summary>
internal sealed class PromptReader(CliOptions options, Session session, StandardInput input)
{
    private const int MostBytes = 1024 * 1024;

    /// <param name="words">The arguments of the command, or null.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The prompt; empty if there is none.</returns>
    /// <exception cref="StopException">The prompt is given twice or cannot be read.</exception>
    public async Task<string> ReadAsync(IReadOnlyList<string>? words, CancellationToken cancellationToken)
    {
        var argument = words is { Count: > 0 } ? string.Join(' ', words) : null;
        var option = session.Parsed.GetValue(options.Prompt);
        var file = session.Parsed.GetValue(options.PromptFile);
        if (new[] { argument, option, file }.Count(source => source is not null) > 1)
        {
            throw new StopException(ExitCode.Usage, session.Say[
                "The prompt is given more than once. Use PROMPT, --prompt or --prompt-file. Nothing was submitted.",
                "图片描述重复指定。请只使用 PROMPT、--prompt 或 --prompt-file 之一。未提交请求。"]);
        }

        return (argument ?? option, file) switch
        {
            (StandardInput.Name, _) or (null, StandardInput.Name) => await input.TextAsync(cancellationToken),
            (null, { } path) => await FileAsync(path, cancellationToken),
            ({ } text, _) => text,
            _ => "",
        };
    }

    /// <summary>Reads on another thread, because opening a pipe waits for its other end.</summary>
    private async Task<string> FileAsync(string path, CancellationToken cancellationToken)
    {
        byte[] bytes;
        try
        {
            var full = session.Host.FullPath(path);
            bytes = await Task.Run(() => Read(full), cancellationToken).WaitAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new StopException(ExitCode.Usage, session.Say[
                $"--prompt-file: '{path}' cannot be read ({exception.Message}). Nothing was submitted.",
                $"--prompt-file：无法读取“{path}”。未提交请求。"]);
        }

        if (bytes.Length > MostBytes)
        {
            throw new StopException(ExitCode.Usage, session.Say[
                $"--prompt-file: '{path}' is larger than 1 MB. Nothing was submitted.",
                $"--prompt-file：“{path}”超过 1 MB。未提交请求。"]);
        }

        return PromptText.FromBytes(bytes) ?? throw PromptText.Unreadable(session.Say, $"'{path}'");
    }

    private static byte[] Read(string path)
    {
        using var file = File.OpenRead(path);
        var bytes = new byte[MostBytes + 1];
        var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return bytes[..length];
    }
}
