using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ImaNanoBanana.Cli.Preferences;

/// <summary>
/// Stores preferences in the file that related programs share. Entries of other programs are kept. A file that has another format is
/// never changed. A lock file prevents two instances of this program from overwriting each other's entries.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="time">The clock.</param>
/// <param name="additionalModels">The models that a preference may name besides those that the SDK knows; null for none.</param>
internal sealed class FileModelPreferences(string path, TimeProvider time, IReadOnlyList<string>? additionalModels = null)
    : IModelPreferences
{
    private const int Attempts = 40;
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(50);
    private static readonly JsonDocumentOptions EachNameOnce = new() { AllowDuplicateProperties = false };
    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ImageModel[] _models =
    [
        ImageModel.NanoBanana2, ImageModel.NanoBananaPro, .. (additionalModels ?? []).Select(id => new ImageModel(id)),
    ];

    public async Task<ImageModel?> FindAsync(string userId, ImageTaskType taskType, CancellationToken cancellationToken = default)
    {
        JsonObject? users;
        try
        {
            users = await ReadAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        return users?[Name(userId)] is JsonObject user && user[taskType.Value] is JsonObject entry
            && entry["model_id"] is JsonValue value && value.TryGetValue<string>(out var id) && _models.Contains(new ImageModel(id))
            ? new ImageModel(id)
            : null;
    }

    public async Task<bool> KeepAsync(string userId, ImageTask task, CancellationToken cancellationToken = default)
    {
        if (task.Model is null || task.TaskType is null)
        {
            return false;
        }

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await using var held = await LockAsync(cancellationToken);
            if (held is null)
            {
                return false;
            }

            if (await ReadAsync(cancellationToken) is not { } users || !IsFree(users, Name(userId)))
            {
                return false;
            }

            var user = users[Name(userId)] as JsonObject ?? [];
            if (!IsFree(user, task.TaskType.Value.Value))
            {
                return false;
            }

            user[task.TaskType.Value.Value] = new JsonObject
            {
                ["model_id"] = task.Model.Value.Id,
                ["model_name"] = task.ModelName,
                ["credit"] = task.CreditsPerImage,
                ["last_used"] = time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            };
            users[Name(userId)] = user.Parent is null ? user : user.DeepClone();
            await WriteAsync(users, cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <returns>The number of users; null if the file has another format.</returns>
    /// <exception cref="IOException">The file exists but could not be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file exists but could not be read.</exception>
    public async Task<int?> CountUsersAsync(CancellationToken cancellationToken) =>
        (await ReadAsync(cancellationToken))?.Count(entry => entry.Key.StartsWith(Name(""), StringComparison.Ordinal));

    private static string Name(string userId) => "user_" + userId;

    /// <summary>Whether the member is missing or can be extended. Any other value belongs to another program.</summary>
    private static bool IsFree(JsonObject parent, string name) =>
        !parent.TryGetPropertyValue(name, out var value) || value is null or JsonObject;

    /// <returns>The content, empty if there is no file; null if the file has another format.</returns>
    /// <exception cref="IOException">The file exists but could not be read. Overwriting it would lose its entries.</exception>
    private async Task<JsonObject?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return JsonNode.Parse(await File.ReadAllTextAsync(path, cancellationToken), documentOptions: EachNameOnce) as JsonObject;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task WriteAsync(JsonObject users, CancellationToken cancellationToken)
    {
        // If the file is a link, its target is replaced and the link is kept.
        var target = File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path : path;
        var whole = $"{target}.{Guid.NewGuid():n}.tmp";
        try
        {
            var settings = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows() && File.Exists(target))
            {
                settings.UnixCreateMode = File.GetUnixFileMode(target);
            }

            await using (var file = new FileStream(whole, settings))
            {
                await using var writer = new Utf8JsonWriter(file, Readable);
                users.WriteTo(writer);
            }

            cancellationToken.ThrowIfCancellationRequested();
            File.Move(whole, target, overwrite: true);
        }
        finally
        {
            File.Delete(whole);
        }
    }

    /// <returns>The lock, or null if another program does not release it.</returns>
    private async Task<FileStream?> LockAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (attempt < Attempts)
            {
                await Task.Delay(BetweenAttempts, time, cancellationToken);
            }
            catch (IOException)
            {
                return null;
            }
        }
    }
}
