using ImaNanoBanana.Cli.Running;

namespace ImaNanoBanana.Cli.Commands;

/// <summary>Reads a task that is given by its handle, or by its id, for which the journal may contain the full task.</summary>
internal static class TaskArgument
{
    public static async Task<ImageTask> ReadAsync(Session session, string text, CancellationToken cancellationToken)
    {
        text = text.Trim();
        if (ImageTask.TryFromHandle(text, out var task))
        {
            return task;
        }

        if (text.Length == 0 || text.StartsWith('{') || text.Any(char.IsWhiteSpace))
        {
            throw new StopException(ExitCode.Usage, session.Say[
                "The argument is neither a task handle nor a task id. In a shell, put the handle in quotes: 'HANDLE'.",
                "该值既不是任务句柄，也不是任务 ID。在命令行中，请用引号将句柄括起来：'HANDLE'。"]);
        }

        await foreach (var entry in session.Client.Journal.ListAsync(cancellationToken))
        {
            if (entry.Task?.Id == text)
            {
                return entry.Task;
            }
        }

        return new ImageTask(text);
    }
}
