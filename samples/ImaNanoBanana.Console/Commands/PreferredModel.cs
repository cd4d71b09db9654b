using ImaNanoBanana.Cli.CommandLine;
using ImaNanoBanana.Cli.Preferences;
using ImaNanoBanana.Cli.Running;

namespace ImaNanoBanana.Cli.Commands;

/// <summary>
/// Selects and saves the user's model: always if the program runs as the original does, and with <c>--remember-model</c> in a command.
/// The command line takes precedence over the model used last. Runs with a simulator have a file of their own.
/// </summary>
internal sealed class PreferredModel(CliOptions options, Session session)
{
    private const string DefaultUser = "default";

    private bool IsUsed => session.IsOriginal || session.Parsed.GetValue(options.RememberModel);

    private string User => session.Parsed.GetValue(options.User) is { Length: > 0 } user ? user : DefaultUser;

    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The request with the model used last if it names none.</returns>
    public async Task<ImageRequest> ApplyToAsync(ImageRequest request, CancellationToken cancellationToken)
    {
        if (!IsUsed)
        {
            if (session.Parsed.GetValue(options.User) is not null)
            {
                session.Screen.Note(session.Say[
                    "Note: --user-id has an effect only with --remember-model.", "注意：--user-id 仅与 --remember-model 一起使用时有效。"]);
            }

            return request;
        }

        if (request.Model is not null || request.ModelVersion is not null)
        {
            return request;
        }

        var type = request.TaskType ?? (request.Images.Count > 0 ? ImageTaskType.ImageToImage : ImageTaskType.TextToImage);
        if (await Preferences().FindAsync(User, type, cancellationToken) is not { } model)
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
        if (IsUsed && !await Preferences().KeepAsync(User, task))
        {
            session.Screen.Note(session.Say[
                $"Note: the model was not remembered, because {session.PreferencesPath} cannot be changed.",
                $"注意：未能记住模型，因为无法修改 {session.PreferencesPath}。"]);
            session.Log.Write(Microsoft.Extensions.Logging.LogLevel.Warning, "The model preference could not be saved.");
        }
    }

    private FileModelPreferences Preferences() =>
        new(session.PreferencesPath, session.Host.Time, session.AdditionalModels);
}
