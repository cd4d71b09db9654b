namespace ImaNanoBanana.Cli.Preferences;

/// <summary>Which model each user took last. It is asked where the user names none, and told after a success.</summary>
internal interface IModelPreferences
{
    /// <returns>The model; null where none is known or it is none of this SDK's.</returns>
    Task<ImageModel?> FindAsync(string userId, ImageTaskType taskType, CancellationToken cancellationToken = default);

    /// <returns>False where it could not be written down; the image does not suffer from that.</returns>
    Task<bool> KeepAsync(string userId, ImageTask task, CancellationToken cancellationToken = default);
}
