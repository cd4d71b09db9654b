using ImaNanoBanana.Cli.CommandLine;
using ImaNanoBanana.Cli.Running;

namespace ImaNanoBanana.Cli.Commands;

/// <summary>Runs the program without a command, compatible with the original command-line program of the service: only options.</summary>
internal sealed class FlatCommand(CliOptions options)
{
    public Task<int> RunAsync(Session session, CancellationToken cancellationToken)
    {
        var parsed = session.Parsed;
        if (parsed.GetValue(options.ListModels))
        {
            return new ModelsCommand(options).ShowPricesAsync(session, cancellationToken);
        }

        if (parsed.GetValue(options.Prompt) is null)
        {
            throw new StopException(ExitCode.Usage, session.Say["Describe the image with --prompt.", "请使用 --prompt 描述图片内容。"]);
        }

        var type = parsed.GetValue(options.TaskType) is { } name ? new ImageTaskType(name) : (ImageTaskType?)null;
        var request = new RequestReader(options, session).Read(null, parsed.GetValue(options.InputImages), type);
        return new GenerationRun(options, session).RunAsync(request, cancellationToken);
    }
}
