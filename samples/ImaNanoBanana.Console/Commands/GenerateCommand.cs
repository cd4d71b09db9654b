using System.CommandLine;
using ImaNanoBanana.Cli.CommandLine;
using ImaNanoBanana.Cli.Running;

namespace ImaNanoBanana.Cli.Commands;

/// <summary><c>ima generate</c> and <c>ima edit</c>.</summary>
internal sealed class GenerateCommand(CliOptions options, Argument<string[]> prompt, bool isEdit = false)
{
    public async Task<int> RunAsync(Session session, CancellationToken cancellationToken)
    {
        var images = isEdit ? session.Parsed.GetValue(options.Images) : null;
        var type = isEdit ? ImageTaskType.ImageToImage : ImageTaskType.TextToImage;
        var request = await new RequestReader(options, session).ReadAsync(
            session.Parsed.GetValue(prompt), images, type, cancellationToken);
        return await new GenerationRun(options, session).RunAsync(request, cancellationToken);
    }
}
