using System.Globalization;
using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Testing;

/// <summary>
/// What goes wrong, by name. A scenario of an order is about the next create that the simulator gets and is then used up;
/// several in a row are about as many creates, in their order. Orders that no scenario is left for go well. An order that the
/// client places anew, after <see cref="PriceChange"/> or <see cref="RateLimit"/>, is the next create.
/// </summary>
/// <remarks>Thread-safe. It says what is to come; to be had from <see cref="ImaSimulator.Scenario"/> at any time.</remarks>
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
    /// The service accepts and charges the order, and the connection ends before its answer. The client sends it no second time:
    /// <see cref="ImaErrorKind.OutcomeUnknown"/> with the idempotency key (wire contract, section 2; careful client, section 2).
    /// </summary>
    /// <returns>The same, for the next order's.</returns>
    public SimulatorScenario AcceptThenDrop() => Add(new(new() { DropsConnection = true, AfterTheWork = true }));

    /// <summary>
    /// The service accepts and charges the order, and its answer breaks off: HTTP 200, and half of the body, without the task's id.
    /// The client sends it no second time: <see cref="ImaErrorKind.OutcomeUnknown"/> (careful client, section 2).
    /// </summary>
    /// <returns>The same, for the next order's.</returns>
    public SimulatorScenario TruncatedAnswer() => Add(new(new() { TruncatesAnswer = true }));

    /// <summary>
    /// Between the quote and the order the price has changed: the order is refused with code 6006, and the product list shows the
    /// new price from then on. Nothing is charged. Where it is dearer than what was shown or allowed, the client ends with
    /// <see cref="ImaErrorKind.PriceChanged"/> and both prices; else it orders at the new price and reports an
    /// <see cref="ImageAdjustment"/> (wire contract, envelope; careful client, section 2).
    /// </summary>
    /// <param name="credits">What one image of the kind that is ordered (model, size, with or without images) costs from then on.</param>
    /// <returns>The same, for the next order's.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="credits"/> is negative.</exception>
    public SimulatorScenario PriceChange(decimal credits)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(credits);
        return Add(new(Price: credits));
    }

    /// <summary>
    /// The service has had too many requests and refuses the order with HTTP 429 and <c>Retry-After</c>. Nothing is charged. Up to
    /// 60 s the client waits and orders again, 3 times in all; a longer wait ends at once with
    /// <see cref="ImaErrorKind.RateLimited"/> and <see cref="ImaException.RetryAfter"/> (wire contract, envelope; careful client,
    /// section 2).
    /// </summary>
    /// <param name="retryAfter">The wait that it asks for, in whole seconds on the wire.</param>
    /// <returns>The same, for the next order's.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="retryAfter"/> is negative.</exception>
    public SimulatorScenario RateLimit(TimeSpan retryAfter)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(retryAfter, TimeSpan.Zero);
        var seconds = Math.Ceiling(retryAfter.TotalSeconds).ToString("0", CultureInfo.InvariantCulture);
        return Add(new(new() { Status = 429, RetryAfter = seconds, Body = Envelope.Failure(429, "Too many requests") }));
    }

    /// <summary>
    /// The account has too few credits for the order, whatever <see cref="ImaSimulator.Balance"/> says: code 4008. Nothing is
    /// charged. The client ends with <see cref="ImaErrorKind.InsufficientCredits"/> (wire contract, envelope).
    /// </summary>
    /// <returns>The same, for the next order's.</returns>
    public SimulatorScenario InsufficientCredits() =>
        Add(new(new() { Status = 200, Body = Envelope.Failure(4008, "Insufficient points") }));

    /// <summary>
    /// The order is accepted and charged, and the task stays at work for ever. The client's watch ends after
    /// <see cref="ImaNanoBananaOptions.WatchTimeout"/> with <see cref="ImaErrorKind.TimedOut"/> and the task, which can be watched
    /// again (wire contract, section 3; careful client, section 3).
    /// </summary>
    /// <returns>The same, for the next order's.</returns>
    public SimulatorScenario NeverEndingTask() => Add(new(Course: new() { NeverEnds = true }));

    /// <summary>
    /// The task succeeds after <see cref="ImaSimulator.ProcessingTime"/>, and the addresses of its images are missing still. The
    /// client goes on watching until they are there, or until its time is over: <see cref="ImaErrorKind.TimedOut"/> with the task
    /// (wire contract, section 3).
    /// </summary>
    /// <param name="lag">How long after the success the addresses come; null for never.</param>
    /// <returns>The same, for the next order's.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="lag"/> is negative.</exception>
    public SimulatorScenario SuccessWithoutAddress(TimeSpan? lag = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lag.GetValueOrDefault(), TimeSpan.Zero, nameof(lag));
        return Add(new(Course: new() { AddressLag = lag }));
    }

    /// <summary>
    /// Some of the order's images fail, the last ones; all are charged. The client's result has the others and the
    /// <see cref="ImageResult.Failures"/>; where none is left, it ends with <see cref="ImaErrorKind.TaskFailed"/> (wire contract,
    /// section 3; careful client, section 3).
    /// </summary>
    /// <param name="count">How many fail: 2 of an order of 3 leave one.</param>
    /// <param name="reason">What the service says about it.</param>
    /// <returns>The same, for the next order's.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is less than 1.</exception>
    public SimulatorScenario FailedImages(int count, string reason = NoReason)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return Add(new(Course: new() { FailedImages = count, Reason = reason }));
    }

    /// <summary>
    /// The first download of each of the order's images ends well and is half an image; the next one is whole. The client's ends
    /// with <see cref="ImaErrorKind.DownloadFailed"/> and leaves no file; downloading again costs nothing.
    /// </summary>
    /// <returns>The same, for the next order's.</returns>
    public SimulatorScenario CorruptImage() => Add(new(Course: new() { CutsFirstDownload = true }));

    /// <summary>
    /// The next image to be uploaded comes too late for its presigned address: the storage host refuses it with HTTP 403. The
    /// client ends with <see cref="ImaErrorKind.UploadFailed"/> and orders nothing (wire contract, section 4; careful client,
    /// section 4).
    /// </summary>
    /// <returns>The same, for the next upload's.</returns>
    public SimulatorScenario ExpiredUploadAddress()
    {
        const string Body = "<Error><Code>AccessDenied</Code><Message>Request has expired.</Message></Error>";
        _turns.Add("put", new SimulatedTurn(new() { Status = 403, Body = Body, ContentType = "application/xml" }));
        return this;
    }

    /// <summary>
    /// From now on the service's clock is another than the simulator's. Beyond 5 minutes it refuses the tokens of uploads, which
    /// the client signs with its own time: <see cref="ImaErrorKind.UploadFailed"/>, nothing is ordered. Orders without local
    /// images, watches and handles do not depend on it (wire contract, section 4).
    /// </summary>
    /// <param name="by">How far it is ahead; negative for behind, zero to set it right.</param>
    /// <returns>The same, for more.</returns>
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
