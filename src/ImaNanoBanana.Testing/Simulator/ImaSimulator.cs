using System.Globalization;
using System.Net;
using System.Text;

namespace ImaNanoBanana.Testing;

/// <summary>
/// Simulates the image service: a handler that responds as IMA Studio does, spends no credits and keeps a ledger of the credits
/// that the service would have charged. It is strict: a request that the service does not allow is rejected and recorded in
/// <see cref="Violations"/>. Use <see cref="Scenario"/> to simulate failures. Use the simulator as the primary handler of
/// <see cref="ImaImageClient"/> or with <c>UseSimulator()</c>. It also serves the images at the URLs that it returns.
/// </summary>
/// <remarks>Thread-safe. Clients may share it. It keeps its state when a client disposes it.</remarks>
/// <param name="timeProvider">The clock that tasks are processed by, the same as the client's; null for the system clock.</param>
public sealed class ImaSimulator(TimeProvider? timeProvider = null) : HttpMessageHandler
{
    internal const string ApiHost = "api.imastudio.com";
    internal const string UploadHost = "imapi.liveme.com";
    internal const string ImageHost = "ima-ga.esxscloud.com";

    private readonly TimeProvider _time = timeProvider ?? TimeProvider.System;
    private readonly object _gate = new();
    private readonly Dictionary<string, SimulatedTask> _tasks = [];
    private readonly List<SimulatorViolation> _violations = [];
    private readonly HashSet<string> _cutImages = [];
    private readonly SimulatedTurns _turns = new();
    private readonly SimulatedRequestLog _requests = new();
    private readonly SimulatedUploads _uploads = new(timeProvider ?? TimeProvider.System);
    private readonly SimulatedRate _rate = new(timeProvider ?? TimeProvider.System);

    internal SimulatedCatalog Catalog { get; } = new();

    /// <summary>The time that a task takes from its create request to its image.</summary>
    /// <value>8 s by default, which is less than the real service takes. The product list reports it as the expected duration.</value>
    public TimeSpan ProcessingTime { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>The credits that are left, or null for no limit.</summary>
    /// <value>Null by default. An accepted submission reduces it. A submission that costs more than is left is rejected with code
    /// 4008.</value>
    public decimal? Balance
    {
        get
        {
            lock (_gate)
            {
                return field;
            }
        }

        set
        {
            lock (_gate)
            {
                field = value;
            }
        }
    }

    /// <summary>The requests to the API that the service accepts in one second, or null for no limit.</summary>
    /// <value>
    /// Null by default. Within any second, wherever it starts, at most this many of the requests that <see cref="Traffic"/> counts are
    /// accepted, over all clients and processes. Others are refused with HTTP 429 and <c>Retry-After: 1</c>. They are not charged, use up
    /// no scenario and no script, and do not count towards the limit.
    /// </value>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int? RequestsPerSecond { get => _rate.Limit; set => _rate.Limit = value; }

    /// <summary>The number of requests so far, the most in any second, and how many were answered with 429. A snapshot.</summary>
    public SimulatedTraffic Traffic => _rate.Traffic;

    /// <summary>
    /// Scripts named failures: <c>simulator.Scenario.AcceptThenDrop().NeverEndingTask()</c> affects the next two submissions.
    /// </summary>
    public SimulatorScenario Scenario => new(_turns, SkewClock);

    /// <summary>Checks in a test which credits were charged.</summary>
    public SimulatedLedger Ledger { get; } = new();

    /// <summary>The charges so far, in order. A snapshot.</summary>
    public IReadOnlyList<SimulatedCharge> Charges => Ledger.Charges;

    /// <summary>
    /// The last 10,000 requests, in the order in which they arrived, including those that were rejected or never answered. A snapshot,
    /// without the API key.
    /// </summary>
    public IReadOnlyList<SimulatedRequest> Requests => _requests.Requests;

    /// <summary>The requests so far that the service does not allow, in order. A snapshot; empty for a correct client.</summary>
    public IReadOnlyList<SimulatorViolation> Violations
    {
        get
        {
            lock (_gate)
            {
                return [.. _violations];
            }
        }
    }

    /// <summary>
    /// Scripts what happens to the next requests to an endpoint, one fault for each request. After that, the endpoint responds normally
    /// again. Use it for failures that <see cref="Scenario"/> has no name for.
    /// </summary>
    /// <param name="endpoint"><c>list</c>, <c>create</c>, <c>detail</c>, <c>token</c>, <c>put</c> or <c>image</c>.</param>
    /// <param name="faults">The faults, in order. They are added after those that are still pending.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The endpoint does not exist.</exception>
    public void Script(string endpoint, params SimulatedFault[] faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        if (!SimulatedEndpoint.All.Contains(endpoint))
        {
            throw new ArgumentException(
                $"The simulator has no endpoint '{endpoint}'. Use one of: {string.Join(", ", SimulatedEndpoint.All)}.", nameof(endpoint));
        }

        _turns.Add(endpoint, faults.Select(fault => new SimulatedTurn(fault)));
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        var bytes = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        var body = request.Method == HttpMethod.Put ? "" : Encoding.UTF8.GetString(bytes);
        _requests.Add(request, bytes, _time.GetUtcNow());

        var endpoint = SimulatedEndpoint.FromRequest(request);
        var turn = !SimulatedRate.Counts(endpoint) || _rate.Allows() ? _turns.Next(endpoint) : SimulatedTurn.TooManyRequests;
        var fault = turn.Fault;
        if (fault is { Delay: var delay } && delay > TimeSpan.Zero)
        {
            await Task.Delay(delay, _time, cancellationToken).ConfigureAwait(false);
        }

        var response = fault is null or { AfterProcessing: true } or { Status: null, DropsConnection: false }
            ? Work(request, bytes, body, turn)
            : null;
        if (fault is { DropsConnection: true })
        {
            response?.Dispose();
            throw new HttpRequestException(HttpRequestError.ResponseEnded, "A scripted fault closed this connection.");
        }

        if (fault is { Status: { } status })
        {
            response?.Dispose();
            response = SimulatedResponse.Faulty(fault, status);
        }

        if (fault is { Status: 429 } && SimulatedRate.Counts(endpoint))
        {
            _rate.CountRateLimited();
        }

        if (fault is { TruncatesAnswer: true })
        {
            response!.Content = await SimulatedResponse.TruncatedAsync(response.Content, cancellationToken).ConfigureAwait(false);
        }

        response!.RequestMessage = request;
        return response;
    }

    private void SkewClock(TimeSpan by)
    {
        lock (_gate)
        {
            _uploads.ClockSkew = by;
        }
    }

    private HttpResponseMessage Work(HttpRequestMessage request, byte[] bytes, string body, SimulatedTurn turn)
    {
        lock (_gate)
        {
            return SimulatedEndpoint.FromRequest(request) switch
            {
                "list" => Checked("list", request, () => Catalog.Answer(request.RequestUri!, ProcessingTime)),
                "create" => Checked("create", request, () => Create(body, turn)),
                "detail" => Checked("detail", request, () => Detail(body)),
                "token" => SimulatedResponse.Json(Token(request, body)),
                "put" => Put(request, bytes),
                "image" => Image(request.RequestUri!.AbsolutePath),
                _ => throw new HttpRequestException(
                    $"The simulator has no endpoint {request.Method} {request.RequestUri?.GetLeftPart(UriPartial.Path)}."),
            };
        }
    }

    private HttpResponseMessage Checked(string endpoint, HttpRequestMessage request, Func<string> answer) =>
        SimulatedResponse.Json(
            request.Headers.Authorization is not { Scheme: "Bearer", Parameter.Length: > 0 }
                ? Refused(endpoint, 401, "the API key is missing")
                : SimulatedHeaders.Broken(request) is { } broken
                    ? Refused(endpoint, 400, broken)
                    : answer());

    private string Refused(string endpoint, int code, string rule)
    {
        _violations.Add(new SimulatorViolation(endpoint, rule));
        return Envelope.Failure(code, code == 401 ? "Unauthorized: " + rule : "Bad request: " + rule);
    }

    private string Create(string body, SimulatedTurn turn)
    {
        var (submission, broken) = SimulatedSubmission.Read(body);
        if (submission is null)
        {
            return Refused("create", 400, broken!);
        }

        if (turn.Price is { } changed)
        {
            Catalog.Reprice(submission.AttributeId, changed);
        }

        if (Catalog.RequestErrors(submission) is { } refusal)
        {
            if (!Catalog.IsStale(submission))
            {
                _violations.Add(new SimulatorViolation("create", "the submission does not match the catalog"));
            }

            return refusal;
        }

        if (submission.Images.FirstOrDefault(image => !_uploads.IsKnown(image)) is not null)
        {
            return Refused("create", 400, "an image was never uploaded");
        }

        var price = submission.Credit * submission.Count;
        if (price > Balance)
        {
            return Envelope.Failure(4008, "Insufficient points");
        }

        Balance -= price;
        var now = _time.GetUtcNow();
        var task = new SimulatedTask(
            $"task_sim_{_tasks.Count + 1:d6}", submission, now + ProcessingTime, turn.Course ?? SimulatedCourse.Good);
        _tasks.Add(task.Id, task);
        Ledger.Add(new SimulatedCharge(task.Id, submission.Prompt, price, now));
        return Envelope.Created(task.Id);
    }

    private string Detail(string body) =>
        SimulatedSubmission.TaskId(body) is { } id && _tasks.TryGetValue(id, out var task)
            ? Envelope.Detail(task, _time.GetUtcNow(), ImageHost)
            : Envelope.Failure(404, "Task not found");

    private string Token(HttpRequestMessage request, string form)
    {
        if (request.Headers.Authorization is not null || request.RequestUri!.Query.Length > 0)
        {
            return Refused("token", 400, "the API key must be sent in the form and nowhere else");
        }

        var (answer, broken) = _uploads.Token(form, ImageHost);
        return answer ?? Refused("token", 400, broken!);
    }

    private HttpResponseMessage Put(HttpRequestMessage request, byte[] image)
    {
        var broken = _uploads.Put(
            request.RequestUri!,
            image,
            request.Content?.Headers.ContentType?.MediaType,
            request.Headers.Authorization is not null,
            ImageHost);
        if (broken is not null)
        {
            _violations.Add(new SimulatorViolation("put", broken));
        }

        return new HttpResponseMessage(broken is null ? HttpStatusCode.OK : HttpStatusCode.Forbidden);
    }

    private HttpResponseMessage Image(string path) =>
        path.Split('/', '.') is ["", "simulator", var id, var name, "png"]
        && _tasks.TryGetValue(id, out var task)
        && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number >= 1 && number <= task.Submission.Count
        && task.StateOf(number, _time.GetUtcNow()) == SimulatedMediaState.Ready
            ? new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new SimulatedPicture(
                    task.Submission,
                    path,
                    [.. task.Submission.Images.Select(_uploads.ThumbnailOf)],
                    isCorrupt: task.Course.CutsFirstDownload
                        && _cutImages.Add(path)),
            }
            : new HttpResponseMessage(HttpStatusCode.NotFound);
}
