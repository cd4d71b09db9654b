using ImaNanoBanana.Cli.CommandLine;
using ImaNanoBanana.Cli.Preferences;
using ImaNanoBanana.Cli.Running;

namespace ImaNanoBanana.Cli.Commands;

/// <summary>
/// Selects the user's model. The command line takes precedence over the model used last. A simulator does not affect preferences.
/// </summary>
internal sealed class PreferredModel(CliOptions options, Session session)
{
    private const string DefaultUser = "default";

    private readonly FileModelPreferences _preferences = new(session.Paths.Preferences, session.Host.Time, session.AdditionalModels);

    private string User => session.Parsed.GetValue(options.User) is { Length: > 0 } user ? user : DefaultUser;

    public async Task<ImageRequest> ApplyToAsync(ImageRequest request, CancellationToken cancellationToken)
    {
        if (session.IsSimulated || request.Model is not null || request.ModelVersion is not null)
        {
            return request;
        }

        var type = request.TaskType ?? (request.Images.Count > 0 ? ImageTaskType.ImageToImage : ImageTaskType.TextToImage);
        if (await _preferences.FindAsync(User, type, cancellationToken) is not { } model)
        {
            return request;
        }

        session.Screen.Note(session.Say[
            $"Model: {model}, as last time; use --model to choose another",
            $"模型：{model}（与上次相同；可用 --model 更改）"]);
        return request with { Model = model };
    }

    /// <summary>Saves the preference after a success. If it cannot be saved, that is not a failure.</summary>
    public async Task KeepAsync(ImageTask task)
    {
        if (!session.IsSimulated && !await _preferences.KeepAsync(User, task))
        {
            session.Log.Write(Microsoft.Extensions.Logging.LogLevel.Warning, "The model preference could not be saved.");
        }
    }
}
