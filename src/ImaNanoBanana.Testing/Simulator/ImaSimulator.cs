using System.Globalization;
using System.Net;
using System.Text;

namespace ImaNanoBanana.Testing;

/// <summary>
/// The image service in a box: a handler that answers as IMA Studio does, spends no credits and keeps a ledger of what
/// it would have charged. It is strict: a request that the wire contract does not allow is refused and remembered in
/// <see cref="Violations"/>. Where things shall go wrong, <see cref="Scenario"/> says how. Use it as the primary handler of
/// <see cref="ImaImageClient"/>
/// or by <c>UseSimulator()</c>; the addresses of its images are answered by the simulator too.
/// </summary>
/// <remarks>Thread-safe. It may be shared by clients and keeps its state when one of them disposes it.</remarks>
/// <param name="timeProvider">The clock that tasks are processed by, the client's own; null for the system's.</param>
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
    private readonly SimulatedCatalog _catalog = new();
    private readonly SimulatedUploads _uploads = new(timeProvider ?? TimeProvider.System);

    /// <summary>How long a task takes from its create to its image.</summary>
    /// <value>8 s by default, less than the real service takes. The product list tells it as the expected time.</value>
    public TimeSpan ProcessingTime { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>The credits that are left; null for as many as anyone wants.</summary>
    /// <value>Null by default. An accepted order lowers it; one that costs more than is left is refused with code 4008.</value>
    public decimal? Balance { get; set; }

    /// <summary>
    /// What goes wrong, by name: <c>simulator.Scenario.AcceptThenDrop().NeverEndingTask()</c> is about the next two orders.
    /// </summary>
    public SimulatorScenario Scenario => new(_turns, SkewClock);

    /// <summary>What a test says about the credits that were charged.</summary>
    public SimulatedLedger Ledger { get; } = new();

    /// <summary>What was bought so far, in order. A snapshot.</summary>
    public IReadOnlyList<SimulatedCharge> Charges => Ledger.Charges;

    /// <summary>
    /// The requests so far, in the order in which they came, those among them that were refused or never answered; the last
    /// 10,000. A snapshot, without the API key.
    /// </summary>
    public IReadOnlyList<SimulatedRequest> Requests => _requests.Requests;

    /// <summary>The requests so far that the wire contract does not allow, in order. A snapshot; empty for a well-behaved client.</summary>
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
    /// Scripts what happens to the next requests to an endpoint, one fault for each; then it behaves again. For what
    /// <see cref="Scenario"/> has no name for.
    /// </summary>
    /// <param name="endpoint"><c>list</c>, <c>create</c>, <c>detail</c>, <c>token</c>, <c>put</c> or <c>image</c>.</param>
    /// <param name="faults">The faults, in order; added behind those that are left.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">There is no such endpoint.</exception>
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

        var turn = _turns.Next(SimulatedEndpoint.FromRequest(request));
        var fault = turn.Fault;
        if (fault is { Delay: var delay } && delay > TimeSpan.Zero)
        {
            await Task.Delay(delay, _time, cancellationToken).ConfigureAwait(false);
        }

        var response = fault is null or { AfterTheWork: true } or { Status: null, DropsConnection: false }
            ? Work(request, bytes, body, turn)
            : null;
        if (fault is { DropsConnection: true })
        {
            response?.Dispose();
            throw new HttpRequestException(HttpRequestError.ResponseEnded, "The simulator was told to drop this connection.");
        }

        if (fault is { Status: { } status })
        {
            response?.Dispose();
            response = Faulty(fault, status);
        }

        if (fault is { TruncatesAnswer: true })
        {
            response!.Content = await TruncatedAsync(response.Content, cancellationToken).ConfigureAwait(false);
        }

        response!.RequestMessage = request;
        return response;
    }

    private static HttpResponseMessage Faulty(SimulatedFault fault, int status)
    {
        var response =
            new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(fault.Body, Encoding.UTF8, fault.ContentType) };
        if (fault.RetryAfter is { } retryAfter)
        {
            response.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
        }

        return response;
    }

    /// <summary>Announced as long as the whole, as a server does that fails later.</summary>
    private static async Task<HttpContent> TruncatedAsync(HttpContent whole, CancellationToken cancellationToken)
    {
        var bytes = await whole.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        var half = new StreamContent(new TruncatedStream(bytes));
        half.Headers.ContentType = whole.Headers.ContentType;
        half.Headers.ContentLength = bytes.Length;
        whole.Dispose();
        return half;
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
                "list" => Checked("list", request, () => _catalog.Answer(request.RequestUri!, ProcessingTime)),
                "create" => Checked("create", request, () => Create(body, turn)),
                "detail" => Checked("detail", request, () => Detail(body)),
                "token" => Json(Token(request, body)),
                "put" => Put(request, bytes),
                "image" => Image(request.RequestUri!.AbsolutePath),
                _ => throw new HttpRequestException(
                    $"The simulator knows nothing at {request.Method} {request.RequestUri?.GetLeftPart(UriPartial.Path)}."),
            };
        }
    }

    private static HttpResponseMessage Json(string body) => new(HttpStatusCode.OK)
    {
        Content = new StringContent(body, Encoding.UTF8, "application/json"),
    };

    private HttpResponseMessage Checked(string endpoint, HttpRequestMessage request, Func<string> answer)
    {
        if (request.Headers.Authorization is not { Scheme: "Bearer", Parameter.Length: > 0 })
        {
            return Json(Refused(endpoint, 401, "there is no key"));
        }

        return SimulatedHeaders.Broken(request) is { } broken ? Json(Refused(endpoint, 400, broken)) : Json(answer());
    }

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
            _catalog.Reprice(submission.AttributeId, changed);
        }

        if (_catalog.RequestErrors(submission) is { } refusal)
        {
            if (!_catalog.IsStale(submission))
            {
                _violations.Add(new SimulatorViolation("create", "the order does not match the catalog"));
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
            return Refused("token", 400, "the key belongs into the form and nowhere else");
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
