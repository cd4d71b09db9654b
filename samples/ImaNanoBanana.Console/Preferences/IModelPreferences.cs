namespace ImaNanoBanana.Cli.Preferences;

/// <summary>Stores the model that each user used last. It is read if the user names no model, and written after a success.</summary>
internal interface IModelPreferences
{
    /// <returns>The model, or null if none is stored or the stored model is not supported by this SDK.</returns>
    Task<ImageModel?> FindAsync(string userId, ImageTaskType taskType, CancellationToken cancellationToken = default);

    /// <returns>False if the preference could not be written. This does not affect the image.</returns>
    Task<bool> KeepAsync(string userId, ImageTask task, CancellationToken cancellationToken = default);
}
