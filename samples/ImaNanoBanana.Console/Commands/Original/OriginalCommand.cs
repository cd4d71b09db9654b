using ImaNanoBanana.Cli.CommandLine;
using ImaNanoBanana.Cli.Running;

namespace ImaNanoBanana.Cli.Commands.Original;

/// <summary>Runs the program without a command, compatible with the original command-line program of the service: only options.</summary>
internal sealed class OriginalCommand(CliOptions options)
{
    public async Task<int> RunAsync(Session session, CancellationToken cancellationToken)
    {
        var parsed = session.Parsed;
        if (parsed.GetValue(options.ListModels))
        {
            return session.IsJson && !session.IsOriginalJson
                ? await new ModelsCommand(options).RunAsync(session, cancellationToken)
                : await new ModelTable(options).ShowAsync(session, cancellationToken);
        }

        if (parsed.GetValue(options.Prompt) is null)
        {
            throw new StopException(ExitCode.Usage, session.Say["Describe the image with --prompt.", "请使用 --prompt 描述图片内容。"]);
        }

        var type = parsed.GetValue(options.TaskType) is { } name ? new ImageTaskType(name) : (ImageTaskType?)null;
        var images = parsed.GetValue(options.InputImages)?.Where(image => !string.IsNullOrWhiteSpace(image));
        var request = await new RequestReader(options, session).ReadAsync(null, images?.ToList(), type, cancellationToken);
        return await new GenerationRun(options, session).RunAsync(request, cancellationToken);
    }
}
