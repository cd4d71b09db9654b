using System.Collections.ObjectModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using ImaNanoBanana.Json;

namespace ImaNanoBanana.Requests;

/// <summary>Represents the stored form of an <see cref="ImageRequest"/>, version 1. Changes may only add members.</summary>
internal sealed record RequestDocument
{
    private const int CurrentVersion = 1;

    [JsonPropertyName("v")]
    public int? Version { get; init; }

    public required string Prompt { get; init; }

    public ImageModel? Model { get; init; }

    public string? ModelVersion { get; init; }

    public ImageSize? Size { get; init; }

    public AspectRatio? AspectRatio { get; init; }

    public int? Count { get; init; }

    public IReadOnlyList<ImageInput>? Images { get; init; }

    public ImageTaskType? TaskType { get; init; }

    public Dictionary<string, JsonElement>? Parameters { get; init; }

    public decimal? MaxCredits { get; init; }

    public bool? AllowSmallerSize { get; init; }

    public string? IdempotencyKey { get; init; }

    public string? Tag { get; init; }

    public ImaLanguage? Language { get; init; }

    /// <returns>Whether the request can be written without losing a part of it.</returns>
    public static bool CanWrite(ImageRequest request)
    {
        try
        {
            FromRequest(request);
            return request.Images.All(image => image is ImageAddress);
        }
        catch (NotSupportedException)
        {
            return false;
        }
    }

    /// <exception cref="NotSupportedException">A part of the request cannot be written.</exception>
    public static RequestDocument FromRequest(ImageRequest request)
    {
        CheckParts(request);
        return new()
        {
            Version = CurrentVersion,
            Prompt = WholeText.Check(request.Prompt, "prompt"),
            Model = request.Model,
            ModelVersion = request.ModelVersion,
            Size = request.Size,
            AspectRatio = request.AspectRatio,
            Count = request.Count,
            Images = JsonLists.Write(request.Images),
            TaskType = request.TaskType,
            Parameters = Given(request.Parameters),
            MaxCredits = request.MaxCredits,
            AllowSmallerSize = request.AllowSmallerSize ? true : null,
            IdempotencyKey = request.IdempotencyKey is { } key ? WholeText.Check(key, "idempotency key") : null,
            Tag = request.Tag is { } tag ? WholeText.Check(tag, "tag") : null,
            Language = request.Language,
        };
    }

    public ImageRequest ToRequest() => new(Prompt)
    {
        Model = Model,
        ModelVersion = ModelVersion,
        Size = Size,
        AspectRatio = AspectRatio,
        Count = Count,
        Images = JsonLists.Read(Images),
        TaskType = TaskType,
        Parameters = (IReadOnlyDictionary<string, JsonElement>?)Parameters ?? ReadOnlyDictionary<string, JsonElement>.Empty,
        MaxCredits = MaxCredits,
        AllowSmallerSize = AllowSmallerSize ?? false,
        IdempotencyKey = IdempotencyKey,
        Tag = Tag,
        Language = Language,
    };

    private static void CheckParts(ImageRequest request)
    {
        if (request is not { Prompt: not null, Images: not null, Parameters: not null })
        {
            throw new NotSupportedException("Prompt, Images and Parameters of a request can be empty, but must not be null.");
        }

        if (request is not { Budget: null, BatchBudget: null })
        {
            throw new NotSupportedException(
                "A request with a Budget cannot be written as JSON, because a budget counts the credits of one process. Set Budget to "
                    + "null, and assign a budget to the request that is read. MaxCredits is kept.");
        }
    }

    private static Dictionary<string, JsonElement>? Given(IReadOnlyDictionary<string, JsonElement> parameters)
    {
        var given = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var (name, value) in parameters.Where(parameter => parameter.Value.ValueKind != JsonValueKind.Undefined))
        {
            given[WholeText.Check(name, "name of a parameter")] = JsonReading.IsReadable(value)
                ? value
                : throw new NotSupportedException(
                    $"The parameter '{name}' cannot be written as JSON: it contains half of a surrogate pair or is nested too deeply.");
        }

        return given.Count == 0 ? null : given;
    }
}
