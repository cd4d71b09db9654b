using System.Net;

namespace ImaNanoBanana.Testing;

/// <summary>
/// Holds what the service knows (products, tasks, uploads, the balance) and answers the requests that no fault replaces. Thread-safe.
/// </summary>
internal sealed class SimulatedService
{
    private const string PreviewSize = "512px";

    private readonly object _gate = new();
    private readonly TimeProvider _time;
    private readonly SimulatorChanges _changes;
    private readonly SimulatedLedger _ledger;
    private readonly SimulatedFindings _findings;
    private readonly SimulatedTasks _tasks = new();
    private SimulatedUploads _uploads;
    private decimal? _balance;

    public SimulatedService(TimeProvider time, SimulatorChanges changes, SimulatedLedger ledger)
    {
        _time = time;
        _changes = changes;
        _ledger = ledger;
        _findings = new SimulatedFindings(changes);
        _uploads = new SimulatedUploads(time);
    }

    public SimulatedCatalog Catalog { get; private set; } = new();

    public decimal? Balance
    {
        get => Locked(() => _balance);
        set => Change(() => _balance = value);
    }

    public TimeSpan ClockSkew
    {
        get => Locked(() => _uploads.ClockSkew);
        set => Change(() => _uploads.ClockSkew = value);
    }

    public SimulatedCatalogKind CatalogKind
    {
        get => Locked(() => Catalog.Kind);
        set => Change(() => Catalog.Kind = value);
    }

    public IReadOnlyList<SimulatorViolation> Violations => Locked(() => _findings.Violations);

    public IReadOnlyList<SimulatorDifference> Differences => Locked(() => _findings.Differences);

    public IReadOnlyList<SimulatedTask> Tasks => Locked(() => _tasks.All);

    /// <summary>The state of an image now.</summary>
    public SimulatedMediaState StateOf(SimulatedTask task, int number) => task.StateOf(number, _time.GetUtcNow());

    public HttpResponseMessage Answer(HttpRequestMessage request, byte[] bytes, string body, SimulatedTurn turn, TimeSpan processingTime) =>
        Locked(() => SimulatedEndpoint.FromRequest(request) switch
        {
            "list" => Checked("list", request, () => Catalog.Answer(request.RequestUri!, processingTime)),
            "create" => Checked("create", request, () => Create(body, turn, processingTime)),
            "detail" => Checked("detail", request, () => Detail(body)),
            "token" => SimulatedResponse.Json(Token(request, body)),
            "put" => Put(request, bytes),
            "image" => Image(request),
            _ => throw new HttpRequestException(
                $"The simulator has no endpoint {request.Method} {request.RequestUri?.GetLeftPart(UriPartial.Path)}."),
        });

    /// <summary>Paints an image for people who look at the simulator, small and undamaged; null if it is not ready.</summary>
    /// <param name="path">The path of the image at the image host.</param>
    /// <param name="tag">The entity tag of the picture.</param>
    public SimulatedPicture? Preview(string path, out string tag)
    {
        lock (_gate)
        {
            var task = _tasks.ReadyImage(path, _time.GetUtcNow());
            tag = FormattableString.Invariant($"\"{task?.Id}-{task?.ReadyAt.UtcTicks}\"");
            return task is null
                ? null
                : Paint(task with { Submission = task.Submission with { Size = PreviewSize } }, path, isCorrupt: false);
        }
    }

    /// <summary>Forgets everything, as a new service.</summary>
    public void Reset() => Change(() =>
    {
        _balance = null;
        _tasks.Clear();
        _findings.Replace([], []);
        _ledger.Replace([]);
        _uploads = new SimulatedUploads(_time);
        Catalog = new SimulatedCatalog();
    });

    /// <summary>Adds what this service knows to a state.</summary>
    public SimulatorState Capture(TimeSpan processingTime, int? requestsPerSecond, Func<Dictionary<string, List<SimulatedTurn>>> pending) =>
        Locked(() => new SimulatorState
        {
            Version = SimulatorState.CurrentVersion,
            CatalogKind = Catalog.Kind,
            ProcessingTime = processingTime,
            Balance = _balance,
            RequestsPerSecond = requestsPerSecond,
            ClockSkew = _uploads.ClockSkew,
            ChangedPrices = Catalog.Prices.Changed,
            FormerPrices = Catalog.Prices.Former,
            Tasks = [.. _tasks.All],
            CutImages = [.. _tasks.CutImages],
            Charges = [.. _ledger.Charges],
            UploadTypes = _uploads.Facts.Types,
            UploadPixels = _uploads.Facts.Pixels,
            Nonces = _uploads.Facts.Nonces,
            Pending = pending(),
            Violations = [.. _findings.Violations],
            Differences = [.. _findings.Differences],
        });

    /// <summary>Replaces what this service knows. Models that were added remain.</summary>
    public void Restore(SimulatorState state) => Change(() =>
    {
        Catalog.Kind = state.CatalogKind;
        Catalog.SetPrices(state.ChangedPrices, state.FormerPrices);
        _balance = state.Balance;
        _tasks.Replace(state.Tasks, state.CutImages);
        _ledger.Replace(state.Charges);
        _findings.Replace(state.Violations, state.Differences);
        _uploads = new SimulatedUploads(_time) { ClockSkew = state.ClockSkew };
        _uploads.AddFacts(state.UploadTypes, state.UploadPixels, state.Nonces);
    });

    private T Locked<T>(Func<T> read)
    {
        lock (_gate)
        {
            return read();
        }
    }

    private void Change(Action change)
    {
        lock (_gate)
        {
            change();
        }

        _changes.Add();
    }

    private HttpResponseMessage Checked(string endpoint, HttpRequestMessage request, Func<string> answer)
    {
        if (request.Headers.Authorization is not { Scheme: "Bearer", Parameter.Length: > 0 })
        {
            return SimulatedResponse.Json(Refused(endpoint, 401, "the API key is missing"));
        }

        if (SimulatedHeaders.Broken(request) is { } broken)
        {
            return SimulatedResponse.Json(Refused(endpoint, 400, broken));
        }

        _findings.AddDifferences(endpoint, SimulatedHeaders.Differences(request));
        return SimulatedResponse.Json(answer());
    }

    private string Refused(string endpoint, int code, string rule)
    {
        _findings.AddViolation(endpoint, rule);
        return Envelope.Failure(code, code == 401 ? "Unauthorized: " + rule : "Bad request: " + rule);
    }

    private string Create(string body, SimulatedTurn turn, TimeSpan processingTime)
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
                _findings.AddViolation("create", "the submission does not match the catalog");
            }

            return refusal;
        }

        if (submission.Images.Any(image => !_uploads.IsKnown(image)))
        {
            return Refused("create", 400, "an image was never uploaded");
        }

        var price = submission.Credit * submission.Count;
        if (price > _balance)
        {
            return Envelope.Failure(4008, "Insufficient points");
        }

        _balance -= price;
        var now = _time.GetUtcNow();
        var task = _tasks.Add(submission, now + processingTime, turn.Course ?? SimulatedCourse.Good);
        _ledger.Add(new SimulatedCharge(task.Id, submission.Prompt, price, now));
        _findings.AddDifferences("create", submission.Differences);
        _changes.Add();
        return Envelope.Created(task.Id);
    }

    private string Detail(string body) =>
        SimulatedSubmission.TaskId(body) is { } id && _tasks.Find(id) is { } task
            ? Envelope.Detail(task, _time.GetUtcNow(), ImaSimulator.ImageHost)
            : Envelope.Failure(404, "Task not found");

    private string Token(HttpRequestMessage request, string body)
    {
        var isGet = request.Method == HttpMethod.Get;
        var query = request.RequestUri!.Query.TrimStart('?');
        if (request.Headers.Authorization is not null || (isGet ? body : query).Length > 0)
        {
            return Refused("token", 400, "the API key must be sent in the form and nowhere else");
        }

        var form = isGet ? query : body;
        var (answer, broken) = _uploads.Token(form, ImaSimulator.ImageHost);
        _changes.Add();
        if (answer is null)
        {
            return Refused("token", 400, broken!);
        }

        _findings.AddDifferences("token", isGet ? ["the token was requested with GET, which puts the API key into the URL"] : []);
        _findings.AddDifferences("token", SimulatedUploads.Differences(form));
        return answer;
    }

    private HttpResponseMessage Put(HttpRequestMessage request, byte[] image)
    {
        var broken = _uploads.Put(
            request.RequestUri!,
            image,
            request.Content?.Headers.ContentType?.MediaType,
            request.Headers.Authorization is not null,
            ImaSimulator.ImageHost);
        if (broken is not null)
        {
            _findings.AddViolation("put", broken);
        }

        _changes.Add();
        return new HttpResponseMessage(broken is null ? HttpStatusCode.OK : HttpStatusCode.Forbidden);
    }

    private HttpResponseMessage Image(HttpRequestMessage request)
    {
        var path = request.RequestUri!.AbsolutePath;
        if (_tasks.ReadyImage(path, _time.GetUtcNow()) is not { } task)
        {
            return SimulatedImages.NotFound();
        }

        if (request.Method == HttpMethod.Get && _tasks.IsCutNow(task, path))
        {
            _changes.Add();
            return SimulatedImages.DamagedResponse(Paint(task, path, isCorrupt: true));
        }

        return SimulatedImages.Response(request, task.Submission, InputsOf(task), Paint(task, path, isCorrupt: false));
    }

    private SimulatedPicture Paint(SimulatedTask task, string path, bool isCorrupt) =>
        new(task.Submission, path, InputsOf(task), isCorrupt);

    private Thumbnail[] InputsOf(SimulatedTask task) => [.. task.Submission.Images.Select(_uploads.ThumbnailOf)];
}
