using ImaNanoBanana.Tests;

namespace ImaNanoBanana.Conformance;

/// <summary>
/// Passes a vector to the public client and describes in the vector's terms what it did. It has no special case for any vector.
/// </summary>
internal static class VectorRun
{
    /// <summary>Longer than any delay of the client and shorter than any deadline below.</summary>
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(20);

    private static readonly TimeSpan Deadline = TimeSpan.FromHours(1);

    public static async Task<Observed> ObserveAsync(
        Vector vector, ScriptedService service, Func<string, string> input, CancellationToken cancellationToken)
    {
        // In simulated time, a deadline that is nearer than a delay would pass while the client is busy.
        var options = new ImaNanoBananaOptions
        {
            ApiKey = "ima_conformance_key",
            CreateTimeout = Deadline,
            PollTimeout = Deadline,
            ReadTimeout = Deadline,
            ReadAttemptTimeout = Deadline,
            TransferStallTimeout = Deadline,
            TransferTimeout = Deadline,
        };
        var time = new TestTimeProvider();
        var work = OutcomeAsync(() => TestClients.Create(options, service, time), vector, service, input, cancellationToken);
        await time.RunAsync(work, LongestDelay, cancellationToken).ConfigureAwait(false);
        var observed = await work.ConfigureAwait(false);
        return observed with
        {
            Creates = service.Creates,
            Tokens = service.Count("upload_token"),
            Puts = service.Count("put"),
            Details = service.Count("detail"),
        };
    }

    private static async Task<Observed> OutcomeAsync(
        Func<ImaImageClient> create,
        Vector vector,
        ScriptedService service,
        Func<string, string> input,
        CancellationToken cancellationToken)
    {
        using var client = create();
        try
        {
            var result = await client.GenerateAsync(Request(vector, input), cancellationToken).ConfigureAwait(false);
            return Of(
                result.Failures.Count > 0 ? "partial" : "succeeded",
                result.Task,
                result.Images,
                result.Adjustments) with
            { Failures = result.Failures.Count };
        }
        catch (ImaException exception)
        {
            var adjustments = exception.Task?.Adjustments ?? exception.Adjustments;
            return Of(Word(exception, service.Creates.Count > 0), exception.Task, exception.ReadyImages, adjustments) with
            {
                RequestErrors = exception.InvalidRequestReason is { } refusal ? Word(refusal) : null,
                Code = exception.Code,
                Failures = exception.Failures.Count,
            };
        }
    }

    private static ImageRequest Request(Vector vector, Func<string, string> input) => new(vector.Text("prompt")!)
    {
        TaskType = new ImageTaskType(vector.Text("task_type")!),
        Model = new ImageModel(vector.Text("model_id")!),
        ModelVersion = vector.Text("version_id"),
        Size = vector.Text("size") is { } size ? new ImageSize(size) : null,
        Parameters = (vector.Find("extra_params")?.GetRawText() ?? vector.Text("extra_params_text")) is { } json
            ? ImageParameters.Parse(json)
            : new Dictionary<string, System.Text.Json.JsonElement>(),
        Images = [.. vector.InputImages.Select(image => Image(image, input))],
        Language = vector.Text("language") is { } language ? new ImaLanguage(language) : null,
        AllowSmallerSize = true,
    };

    private static ImageInput Image(string image, Func<string, string> input)
    {
        const string Local = "local:";
        return image.StartsWith(Local, StringComparison.Ordinal)
            ? ImageInput.FromFile(input(image[Local.Length..]))
            : ImageInput.FromUrl(image);
    }

    private static Observed Of(
        string outcome, ImageTask? task, IReadOnlyList<GeneratedImage> images, IReadOnlyList<ImageAdjustment> adjustments) => new(outcome)
        {
            Images = [.. images.Select(image => image.Url.OriginalString)],
            Points = task?.CreditsPerImage,
            Adjustments = [.. adjustments.Select(adjustment => Word(adjustment.Kind)).Distinct()],
        };

    private static string Word(ImaException exception, bool requested) => exception.Kind switch
    {
        ImaErrorKind.InvalidRequest => "refused",
        ImaErrorKind.NotSent => "not_sent",
        ImaErrorKind.OutcomeUnknown => "unknown",
        ImaErrorKind.PriceChanged => "price_changed",
        ImaErrorKind.UploadFailed => "upload_failed",
        ImaErrorKind.TaskFailed => "task_failed",
        ImaErrorKind.WatchFailed => "watch_failed",
        ImaErrorKind.TimedOut => "timed_out",
        _ when !requested => "list_failed",
        _ => "rejected",
    };

    private static string Word(ImaInvalidRequestReason refusal) => refusal switch
    {
        ImaInvalidRequestReason.Model => "model",
        ImaInvalidRequestReason.ModelVersion => "version",
        ImaInvalidRequestReason.Prompt => "prompt",
        ImaInvalidRequestReason.Size => "size",
        ImaInvalidRequestReason.AspectRatio => "aspect_ratio",
        ImaInvalidRequestReason.Count => "count",
        ImaInvalidRequestReason.Parameter => "parameter",
        ImaInvalidRequestReason.Mapping => "virtual",
        ImaInvalidRequestReason.Price => "price",
        ImaInvalidRequestReason.NotAvailable => "unsellable",
        _ => "inputs",
    };

    private static string Word(ImageAdjustmentKind kind) => kind switch
    {
        ImageAdjustmentKind.Size8KTo4K => "size_8k_to_4k",
        ImageAdjustmentKind.SizeReduced => "size_reduced",
        ImageAdjustmentKind.PriceLowered => "price_lowered",
        ImageAdjustmentKind.ParameterRefreshed => "parameter_refreshed",
        _ => kind.ToString(),
    };
}
