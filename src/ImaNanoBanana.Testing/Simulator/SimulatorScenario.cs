using System.Globalization;
using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Testing;

/// <summary>
/// Scripts named failures. A scenario for a submission affects the next create request that the simulator receives and is then used
/// up. Several in a row affect as many create requests, in the same order. Submissions without a pending scenario succeed. If the
/// client submits again after <see cref="PriceChange"/> or <see cref="RateLimit"/>, that is the next create request.
/// </summary>
/// <remarks>Thread-safe. It describes what happens next and is available from <see cref="ImaSimulator.Scenario"/> at any time.</remarks>
public sealed class SimulatorScenario
{
    private const string NoReason = "The image could not be generated.";

    private readonly SimulatedTurns _turns;
    private readonly Action<TimeSpan> _skewClock;

    internal SimulatorScenario(SimulatedTurns turns, Action<TimeSpan> skewClock)
    {
        _turns = turns;
        _skewClock = skewClock;
    }

    /// <summary>
    /// The service accepts and charges the submission, and the connection ends before its response. The client does not send it a second
    /// time and fails with <see cref="ImaErrorKind.OutcomeUnknown"/>, which carries the idempotency key.
    /// </summary>
    /// <returns>The same instance, to script the next submission.</returns>
    public SimulatorScenario AcceptThenDrop() => Add(new(new() { DropsConnection = true, AfterProcessing = true }));

    /// <summary>
    /// The service accepts and charges the submission, and its response breaks off: HTTP 200 and half of the body, without the task id.
    /// The client does not send it a second time and fails with <see cref="ImaErrorKind.OutcomeUnknown"/>.
    /// </summary>
    /// <returns>The same instance, to script the next submission.</returns>
    public SimulatorScenario TruncatedAnswer() => Add(new(new() { TruncatesAnswer = true }));

    /// <summary>
    /// The price changes between the quote and the submission: the submission is rejected with code 6006, and the product list shows the
    /// new price from then on. Nothing is charged. If the new price is higher than the price that was shown or allowed, the client fails
    /// with <see cref="ImaErrorKind.PriceChanged"/> and both prices. Otherwise, it submits at the new price and reports an
    /// <see cref="ImageAdjustment"/>.
    /// </summary>
    /// <param name="credits">The new price of one image of the submitted kind (model, size, with or without source images).</param>
    /// <returns>The same instance, to script the next submission.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="credits"/> is negative.</exception>
    public SimulatorScenario PriceChange(decimal credits)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(credits);
        return Add(new(Price: credits));
    }

    /// <summary>
    /// The service received too many requests and rejects the submission with HTTP 429 and <c>Retry-After</c>. Nothing is charged. The
    /// client waits up to 60 s and submits again, 3 times in total. If the wait is longer, it fails immediately with
    /// <see cref="ImaErrorKind.RateLimited"/> and <see cref="ImaException.RetryAfter"/>.
    /// </summary>
    /// <param name="retryAfter">The wait that the service asks for. It is sent in whole seconds, rounded up.</param>
    /// <returns>The same instance, to script the next submission.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="retryAfter"/> is negative.</exception>
    public SimulatorScenario RateLimit(TimeSpan retryAfter)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(retryAfter, TimeSpan.Zero);
        var seconds = Math.Ceiling(retryAfter.TotalSeconds).ToString("0", CultureInfo.InvariantCulture);
        return Add(new(SimulatedFault.TooManyRequests(seconds)));
    }

    /// <summary>
    /// The account has too few credits for the submission, regardless of <see cref="ImaSimulator.Balance"/>: code 4008. Nothing is
    /// charged. The client fails with <see cref="ImaErrorKind.InsufficientCredits"/>.
    /// </summary>
    /// <returns>The same instance, to script the next submission.</returns>
    public SimulatorScenario InsufficientCredits() =>
        Add(new(new() { Status = 200, Body = Envelope.Failure(4008, "Insufficient points") }));

    /// <summary>
    /// The submission is accepted and charged, and the task never ends. The client's watch ends after
    /// <see cref="ImaNanoBananaOptions.WatchTimeout"/> with <see cref="ImaErrorKind.TimedOut"/> and the task, which can be watched
    /// again.
    /// </summary>
    /// <returns>The same instance, to script the next submission.</returns>
    public SimulatorScenario NeverEndingTask() => Add(new(Course: new() { NeverEnds = true }));

    /// <summary>
    /// The task succeeds after <see cref="ImaSimulator.ProcessingTime"/>, but the URLs of its images are still missing. The client
    /// continues to watch until the URLs are available or the watch times out with <see cref="ImaErrorKind.TimedOut"/> and the task.
    /// </summary>
    /// <param name="lag">The time between the success and the URLs, or null if they never appear.</param>
    /// <returns>The same instance, to script the next submission.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="lag"/> is negative.</exception>
    public SimulatorScenario SuccessWithoutUrl(TimeSpan? lag = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lag.GetValueOrDefault(), TimeSpan.Zero, nameof(lag));
        return Add(new(Course: new() { AddressLag = lag }));
    }

    /// <summary>
    /// Some images of the submission fail, namely the last ones. All are charged. The client's result contains the other images and the
    /// <see cref="ImageResult.Failures"/>. If all images fail, the client fails with <see cref="ImaErrorKind.TaskFailed"/>.
    /// </summary>
    /// <param name="count">The number of images that fail: 2 of a submission of 3 images leave one.</param>
    /// <param name="reason">The reason that the service reports.</param>
    /// <returns>The same instance, to script the next submission.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is less than 1.</exception>
    public SimulatorScenario FailedImages(int count, string reason = NoReason)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return Add(new(Course: new() { FailedImages = count, Reason = reason }));
    }

    /// <summary>
    /// The first download of each image of the submission ends normally but contains only half of the image; the next download is
    /// complete. The client's download fails with <see cref="ImaErrorKind.DownloadFailed"/> and leaves no file. Downloading again costs
    /// nothing.
    /// </summary>
    /// <returns>The same instance, to script the next submission.</returns>
    public SimulatorScenario CorruptImage() => Add(new(Course: new() { CutsFirstDownload = true }));

    /// <summary>
    /// The presigned URL of the next uploaded image has expired: the storage host rejects the upload with HTTP 403. The client fails with
    /// <see cref="ImaErrorKind.UploadFailed"/> and submits nothing.
    /// </summary>
    /// <returns>The same instance, to script the next upload.</returns>
    public SimulatorScenario ExpiredUploadUrl()
    {
        const string Body = "<Error><Code>AccessDenied</Code><Message>Request has expired.</Message></Error>";
        _turns.Add("put", new SimulatedTurn(new() { Status = 403, Body = Body, ContentType = "application/xml" }));
        return this;
    }

    /// <summary>
    /// From now on, the service's clock differs from the simulator's. If the difference is more than 5 minutes, the service rejects the
    /// upload tokens, which the client signs with its own time: <see cref="ImaErrorKind.UploadFailed"/>, nothing is submitted.
    /// Submissions without local images, watches and handles do not depend on the clock.
    /// </summary>
    /// <param name="by">How far the service's clock is ahead; negative if it is behind, zero to correct it.</param>
    /// <returns>The same instance, for further scenarios.</returns>
    public SimulatorScenario ClockSkew(TimeSpan by)
    {
        _skewClock(by);
        return this;
    }

    private SimulatorScenario Add(SimulatedTurn turn)
    {
        _turns.Add("create", turn);
        return this;
    }
}
