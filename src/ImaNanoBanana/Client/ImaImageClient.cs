using System.Diagnostics.CodeAnalysis;
using ImaNanoBanana.Catalog;
using ImaNanoBanana.Client;
using ImaNanoBanana.Diagnostics;
using ImaNanoBanana.Downloads;
using ImaNanoBanana.Errors;
using ImaNanoBanana.Journal;
using ImaNanoBanana.OpenApi;
using ImaNanoBanana.Options;
using ImaNanoBanana.Planning;
using ImaNanoBanana.Requests;
using ImaNanoBanana.Resilience;
using ImaNanoBanana.Submitting;
using ImaNanoBanana.Transport;
using ImaNanoBanana.Uploads;
using ImaNanoBanana.Watching;
using Microsoft.Extensions.Options;

namespace ImaNanoBanana;

/// <summary>
/// Generates images over the IMA Open API. Apps with a container register the client with <c>AddImaNanoBanana()</c>; scripts
/// create it with <see cref="ImaImageClient(string)"/>.
/// </summary>
/// <remarks>Thread-safe; one instance serves a whole app. The caller disposes a client that it created.</remarks>
public sealed class ImaImageClient : IImaImageClient, IDisposable
{
    internal const string SecondEnumeration =
        "This stream stands for one submission and was already enumerated. Call GenerateStreamingAsync again for another image, or "
        + "WatchAsync with the task to follow this one again. The second enumeration submitted nothing.";

    private readonly ImageUploader _uploader;
    private readonly ImageDownloader _downloader;
    private readonly ImageSubmitter _submitter;
    private readonly TaskWatcher _watcher;
    private readonly DeliveredTasks _delivered;
    private readonly ImageGeneration _generation;
    private readonly ImageResumption _resumption;
    private readonly IDisposable? _owned;
    [SuppressMessage(
        "Usage", "CA2213", Justification = "Watches that end may still read its token; it has no timer and no wait handle.")]
    private readonly CancellationTokenSource _closing = new();
    private int _disposed;

    /// <summary>Initializes a client with the default options.</summary>
    /// <param name="apiKey">The key of IMA Studio. It is sent to the service's own hosts only.</param>
    /// <exception cref="OptionsValidationException">The key is missing or malformed. The message does not show it.</exception>
    /// <example>
    /// <code>
    /// using var client = new ImaImageClient("ima_...");
    /// var result = await client.GenerateAsync(new ImageRequest("a cat in the rain"));
    /// Console.WriteLine(result.Image.Url);
    /// </code>
    /// </example>
    public ImaImageClient(string apiKey)
        : this(new ImaNanoBananaOptions { ApiKey = apiKey })
    {
    }

    /// <summary>Initializes a client with options and, where given, services of the app.</summary>
    /// <param name="options">The key, the deadlines and the limits. They are read once.</param>
    /// <param name="services">The handler, clock, logger, journal and budget to use; null for the defaults.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="OptionsValidationException">An option is invalid. The message names it and never shows the key.</exception>
    public ImaImageClient(ImaNanoBananaOptions options, ImaImageClientServices? services = null)
        : this(ClientParts.Create(options, services ?? new ImaImageClientServices()))
    {
    }

    internal ImaImageClient(ClientParts parts)
    {
        var (clients, options, time, _, _, budget, appGate) = parts;
        var logger = new NonThrowingLogger(parts.Logger);
        IRequestGate gate = appGate is null
            ? new RequestLimiter(options.RequestsPerSecond, options.RequestBurst, time)
            : new AppRequestGate(appGate);
        var apis = new ApiClients(clients);
        var repetition = SafeRepetition.Create(options.RetryReads, time);
        var reader = new ApiReader(options, time, gate, repetition);
        var transfer = new RepeatedTransfer(options, time, gate, repetition);
        var submissions = new SubmissionJournal(parts.Journal, TaskSubmitter.Longest(options), time, logger);
        Journal = parts.Journal;
        var catalog = new ProductCatalog(apis.Api, reader, ModelScope.Create(options.AdditionalModels), time);
        Planner = new PlanningService(catalog, options.Language, new LocalReading(options, time), time);
        _uploader = new ImageUploader(apis.Upload, reader, clients, transfer, options, time);
        _downloader = new ImageDownloader(clients, transfer, options, time);
        var submitter = new TaskSubmitter(apis.Api, options, time, gate, logger);
        _submitter = new ImageSubmitter(
            new SubmissionServices(Planner, _uploader, submitter, submissions, gate, options, budget, time, logger));
        _watcher = new TaskWatcher(apis.Api, reader, options, time, gate, logger, _closing.Token);
        _delivered = new DeliveredTasks(submissions);
        _generation = new ImageGeneration(_submitter, _watcher, _delivered, options, time);
        _resumption = new ImageResumption(submissions, _watcher, _delivered);
        _owned = clients as IDisposable;
    }

    /// <summary>
    /// Gets the journal that records the submissions of this client: the one it was given, or one in memory. Use it to resolve
    /// an idempotency key whose outcome is unknown, with <c>AttachTaskAsync</c> or <c>RemoveAsync</c>. Apps with a container
    /// resolve <see cref="ITaskJournal"/> instead.
    /// </summary>
    public ITaskJournal Journal { get; }

    internal PlanningService Planner { get; }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ImageModelInfo>> ListModelsAsync(
        ImageTaskType? taskType = null, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        return Planner.ListModelsAsync(taskType, refresh: false, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<ImageQuote> QuoteAsync(ImageRequest request, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        CallArguments.Check(request, Planner.Scope);
        return _submitter.QuoteAsync(request, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<ImageTask> SubmitAsync(ImageRequest request, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        CallArguments.Check(request, Planner.Scope);
        return TaskAsync(_submitter.SubmitAsync(new SubmissionCall(request), cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<ImageTask> SubmitAsync(ImageQuote quote, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(quote);
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        return quote.Plan is { } plan
            ? TaskAsync(_submitter.SubmitAsync(SubmissionCall.FromQuote(plan), cancellationToken), cancellationToken)
            : throw new ImaException(
                ImaErrorKind.InvalidRequest, "This quote cannot be submitted: it was read from JSON or created by your own code. Pass the "
                    + "quote that QuoteAsync returned, or submit the request with MaxCredits set to the price. Nothing was submitted.")
            { ParameterName = "quote" };
    }

    /// <inheritdoc/>
    public Task<ImageProgress> GetStatusAsync(ImageTask task, CancellationToken cancellationToken = default)
    {
        var known = Known(task);
        return _delivered.RecordAsync(known, _watcher.GetStatusAsync(known, cancellationToken));
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<ImageProgress> WatchAsync(ImageTask task, CancellationToken cancellationToken = default) =>
        new OneReaderStream<ImageProgress>(WatchItemsAsync(Known(task), cancellationToken));

    /// <inheritdoc/>
    public Task<ImageResult> WaitForCompletionAsync(ImageTask task, CancellationToken cancellationToken = default)
    {
        return ImageGeneration.LastAsync(WatchItemsAsync(Known(task), cancellationToken));
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<ImageOutcome> ResumeAsync(TimeSpan? completedWithin = null, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        ArgumentOutOfRangeException.ThrowIfLessThan(completedWithin ?? TimeSpan.Zero, TimeSpan.Zero, nameof(completedWithin));
        return new OneReaderStream<ImageOutcome>(_resumption.RunAsync(completedWithin, cancellationToken));
    }

    /// <inheritdoc/>
    public Task<ImageResult> GenerateAsync(ImageRequest request, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        CallArguments.Check(request, Planner.Scope);
        return _generation.RunAsync(request, cancellationToken);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<ImageProgress> GenerateStreamingAsync(ImageRequest request, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        CallArguments.Check(request, Planner.Scope);
        return new SingleUseStream<ImageProgress>(_generation.StreamAsync(request, cancellationToken), SecondEnumeration);
    }

    /// <inheritdoc/>
    public async Task<Uri> UploadAsync(ImageInput input, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        try
        {
            var inputs = await Planner.InspectAsync([input], cancellationToken).ConfigureAwait(false);
            InputRules.CheckUsable(inputs);
            var uploaded = await _uploader.UploadAsync(inputs, cancellationToken).ConfigureAwait(false);
            return new Uri(uploaded[0].Address!);
        }
        catch (Exception exception) when (PreparationErrors.InPlaceOf(exception, null, cancellationToken) is { } error)
        {
            throw error;
        }
    }

    /// <inheritdoc/>
    public Task<ImageDownload> DownloadAsync(GeneratedImage image, Stream destination, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(destination);
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        return destination.CanWrite
            ? _downloader.DownloadAsync(image, destination, cancellationToken)
            : throw new ArgumentException("The stream cannot be written. It may be closed.", nameof(destination));
    }

    /// <summary>
    /// Ends all watches with an <see cref="ObjectDisposedException"/>, whose inner exception carries the task, and closes the
    /// connections of a client that was created without a container. Tasks continue at the service.
    /// </summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            TimedCancellation.Cancel(_closing);
            _owned?.Dispose();
        }
    }

    private IAsyncEnumerable<ImageProgress> WatchItemsAsync(ImageTask task, CancellationToken cancellationToken) =>
        _delivered.RecordAsync(task, _watcher.WatchAsync(task, cancellationToken), cancellationToken);

    private static async Task<ImageTask> TaskAsync(IAsyncEnumerable<ImageProgress> items, CancellationToken cancellationToken)
    {
        ImageTask? task = null;
        await foreach (var item in items.ConfigureAwait(false))
        {
            task = item.Task;
        }

        return cancellationToken.IsCancellationRequested ? throw SubmissionErrors.CancelledButCharged(task!, cancellationToken) : task!;
    }

    private ImageTask Known(ImageTask task)
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        return CallArguments.Check(task);
    }
}
