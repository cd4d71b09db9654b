using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using ImaNanoBanana.Catalog;
using ImaNanoBanana.Diagnostics;
using ImaNanoBanana.Downloads;
using ImaNanoBanana.OpenApi;
using ImaNanoBanana.Tasks;
using ImaNanoBanana.Transport;
using ImaNanoBanana.Uploads;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImaNanoBanana;

/// <summary>
/// The client: conducts plan, submission and watch. Apps with a container register it by <c>AddImaNanoBanana()</c>;
/// scripts call <see cref="Create(string)"/>.
/// </summary>
/// <remarks>Thread-safe; one instance serves a whole app. Disposing closes the connections of a created client.</remarks>
public sealed class ImaImageClient : IImaImageClient, IDisposable
{
    private static readonly ImageTaskType[] BothTaskTypes = [ImageTaskType.TextToImage, ImageTaskType.ImageToImage];

    private readonly ProductCatalog _catalog;
    private readonly ImaLanguage _language;
    private readonly ImageUploader _uploader;
    private readonly ImageDownloader _downloader;
    private readonly long _maxUploadBytes;
    private readonly ImagePurchase _purchase;
    private readonly TaskWatcher _watcher;
    private readonly HttpClient? _owned;
    private int _disposed;

    internal ImaImageClient(
        Func<HttpClient> clients, ImaNanoBananaOptions options, TimeProvider time, ILogger logger, HttpClient? owned = null)
    {
        var quiet = new QuietLogger(logger);
        var limiter = new RequestLimiter(options.RequestsPerSecond, options.RequestBurst, time);
        var api = new ImaOpenApi(clients, options, time, limiter);
        _catalog = new ProductCatalog(api, time);
        _language = options.Language;
        _uploader = new ImageUploader(new ImaUploadApi(clients, options, time, limiter), clients, options, time, limiter);
        _downloader = new ImageDownloader(clients, options, time, limiter);
        _maxUploadBytes = options.MaxUploadBytes;
        var submitter = new TaskSubmitter(api, options, time, limiter, quiet);
        _purchase = new ImagePurchase(_catalog, _uploader, submitter, options, time, limiter, quiet);
        _watcher = new TaskWatcher(api, options, time, limiter, quiet);
        _owned = owned;
    }

    /// <summary>A client without a container, with the default options.</summary>
    /// <param name="apiKey">The key of IMA Studio. It goes to the service's own hosts only.</param>
    /// <returns>A client; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">The key is missing or cannot be a key; the message does not show it.</exception>
    public static ImaImageClient Create(string apiKey) => Create(new ImaNanoBananaOptions { ApiKey = apiKey });

    /// <summary>A client without a container.</summary>
    /// <param name="options">The key and the deadlines; read once.</param>
    /// <param name="primaryHandler">What sends the requests, for tests, proxies and the simulator; null for the SDK's own. Disposed with the client.</param>
    /// <param name="timeProvider">The clock; null for the system's.</param>
    /// <param name="logger">Takes the log events; null for none.</param>
    /// <returns>A client; the caller disposes it.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="ArgumentException">An option is invalid; the message names it and never shows the key.</exception>
    [SuppressMessage("Reliability", "CA2000", Justification = "The client owns the handlers and disposes them.")]
    public static ImaImageClient Create(
        ImaNanoBananaOptions options, HttpMessageHandler? primaryHandler = null, TimeProvider? timeProvider = null, ILogger? logger = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (ImaNanoBananaOptionsValidator.Problems(options) is { Count: > 0 } problems)
        {
            throw new ArgumentException(string.Join(' ', problems), nameof(options));
        }

        var time = timeProvider ?? TimeProvider.System;
        var settled = options.Copy();
        var primary = primaryHandler ?? PrimaryHandler.Create();
        PrimaryHandler.NeverRedirect(primary);
        var http = HttpClients.Create(new WireHandler(primary, () => settled.ApiKey!, settled.CreateTimeout, time));
        return new ImaImageClient(() => http, settled, time, logger ?? NullLogger.Instance, http);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ImageModelInfo>> ListModelsAsync(ImageTaskType? taskType = null, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        var models = new List<ImageModelInfo>();
        foreach (var type in taskType is { } one ? [one] : BothTaskTypes)
        {
            var versions = await Unordered.RunAsync(
                null, () => _catalog.GetAsync(type, _language, refresh: false, cancellationToken), cancellationToken).ConfigureAwait(false);
            models.AddRange(ModelInfo.Of(versions, type));
        }

        return models;
    }

    /// <inheritdoc/>
    public Task<ImageQuote> QuoteAsync(ImageRequest request, CancellationToken cancellationToken = default)
    {
        CheckRequest(request);
        return PlannedAsync();

        async Task<ImageQuote> PlannedAsync() => ImageQuote.Of(await PlanAsync(request, null, cancellationToken).ConfigureAwait(false));
    }

    /// <inheritdoc/>
    public Task<ImageTask> StartAsync(ImageRequest request, CancellationToken cancellationToken = default)
    {
        CheckRequest(request);
        return PlanAndBuyAsync();

        async Task<ImageTask> PlanAndBuyAsync()
        {
            var operationKey = NewOperationKey();
            var plan = await PlanAsync(request, operationKey, cancellationToken).ConfigureAwait(false);
            return await BuyAsync(plan, Unshown(plan), operationKey, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public Task<ImageTask> StartAsync(ImageQuote quote, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(quote);
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        return quote.Plan is { } plan
            ? BuyAsync(plan, plan.Credits, NewOperationKey(), cancellationToken)
            : throw new ImaException(
                ImaErrorKind.InvalidRequest, "This quote does not come from QuoteAsync, so there is nothing to order by it. Nothing was ordered.")
            { Parameter = "quote" };
    }

    /// <inheritdoc/>
    public Task<ImageProgress> GetAsync(ImageTask task, CancellationToken cancellationToken = default)
    {
        CheckTask(task);
        return _watcher.GetAsync(task, cancellationToken);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<ImageProgress> WatchAsync(ImageTask task, CancellationToken cancellationToken = default)
    {
        CheckTask(task);
        return _watcher.WatchAsync(task, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<ImageResult> WaitAsync(ImageTask task, CancellationToken cancellationToken = default)
    {
        CheckTask(task);
        return LastAsync(_watcher.WatchAsync(task, cancellationToken));
    }

    /// <inheritdoc/>
    public Task<ImageResult> GenerateAsync(ImageRequest request, CancellationToken cancellationToken = default)
    {
        CheckRequest(request);
        return LastAsync(GenerateItemsAsync(request, Unshown, cancellationToken));
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<ImageProgress> GenerateStreamAsync(ImageRequest request, CancellationToken cancellationToken = default)
    {
        CheckRequest(request);
        return new SingleUseStream<ImageProgress>(GenerateItemsAsync(request, static plan => plan.Credits, cancellationToken));
    }

    /// <inheritdoc/>
    public async Task<Uri> UploadAsync(ImageInput input, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        var uploaded = await Unordered.RunAsync(null, async () =>
        {
            var inputs = await InputInspector.InspectAsync([input], _maxUploadBytes, cancellationToken).ConfigureAwait(false);
            InputRules.CheckUsable(inputs);
            return await _uploader.UploadAsync(inputs, cancellationToken).ConfigureAwait(false);
        }, cancellationToken).ConfigureAwait(false);
        return new Uri(uploaded[0].Address!);
    }

    /// <inheritdoc/>
    public Task<ImageDownload> DownloadAsync(GeneratedImage image, Stream destination, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(destination);
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        return destination.CanWrite
            ? _downloader.DownloadAsync(image, destination, cancellationToken)
            : throw new ArgumentException("The stream cannot be written; is it closed already?", nameof(destination));
    }

    /// <summary>Closes the connections of a client made by <see cref="Create(string)"/>. Tasks go on at the service.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _owned?.Dispose();
        }
    }

    /// <param name="request">What to generate.</param>
    /// <param name="mostCredits">The most that a changed order may cost; a stream shows the price before it orders.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    private async IAsyncEnumerable<ImageProgress> GenerateItemsAsync(
        ImageRequest request, Func<ImagePlan, decimal> mostCredits, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var operationKey = NewOperationKey();
        yield return new ImageProgress(ImageStage.Preparing);
        var plan = await PlanAsync(request, operationKey, cancellationToken).ConfigureAwait(false);
        ImageTask? task = null;
        await foreach (var item in _purchase.RunAsync(plan, mostCredits(plan), operationKey, cancellationToken).ConfigureAwait(false))
        {
            task = item.Task;
            yield return item;
        }

        await foreach (var item in _watcher.WatchAsync(task!, cancellationToken).ConfigureAwait(false))
        {
            yield return item;
        }
    }

    private async Task<ImageTask> BuyAsync(ImagePlan plan, decimal mostCredits, string operationKey, CancellationToken cancellationToken)
    {
        ImageTask? task = null;
        await foreach (var item in _purchase.RunAsync(plan, mostCredits, operationKey, cancellationToken).ConfigureAwait(false))
        {
            task = item.Task;
        }

        return cancellationToken.IsCancellationRequested ? throw SubmissionErrors.CancelledButBought(task!, cancellationToken) : task!;
    }

    /// <summary>In a call that shows no price, the caller's limit takes its place (careful client, section 2).</summary>
    private static decimal Unshown(ImagePlan plan) => plan.Request.MaxCredits ?? plan.Credits;

    private Task<ImagePlan> PlanAsync(ImageRequest request, string? operationKey, CancellationToken cancellationToken) =>
        Unordered.RunAsync(operationKey, async () =>
        {
            var inputs = await InputInspector.InspectAsync(request.Images, _maxUploadBytes, cancellationToken).ConfigureAwait(false);
            var versions = await _catalog.GetAsync(
                ImagePlanner.TaskType(request), request.Language ?? _language, refresh: false, cancellationToken).ConfigureAwait(false);
            return ImagePlanner.Plan(versions, request, inputs);
        }, cancellationToken);

    private static async Task<ImageResult> LastAsync(IAsyncEnumerable<ImageProgress> items)
    {
        await foreach (var item in items.ConfigureAwait(false))
        {
            if (item.Result is { } result)
            {
                return result;
            }
        }

        throw new InvalidOperationException("A watch ended without a result and without an error. Please report this.");
    }

    private void CheckRequest(ImageRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        ImagePlanner.Check(request);
    }

    private void CheckTask(ImageTask task)
    {
        ArgumentNullException.ThrowIfNull(task);
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        if (string.IsNullOrWhiteSpace(task.Id))
        {
            throw new ImaException(ImaErrorKind.InvalidRequest, "The task has no id, so there is nothing to look for. Nothing was sent.") { Parameter = "id" };
        }
    }

    private static string NewOperationKey() => Guid.NewGuid().ToString("N");
}
