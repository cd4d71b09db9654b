using System.Text;

namespace ImaNanoBanana.Testing;

/// <summary>
/// Simulates the image service: a handler that responds as IMA Studio does, spends no credits and keeps a ledger of the credits
/// that the service would have charged. It is strict: a request that the service does not allow is rejected and recorded in
/// <see cref="Violations"/>. Use <see cref="Scenario"/> to simulate failures. Use the simulator as the primary handler of
/// <see cref="ImaImageClient"/> or with <c>UseSimulator()</c>. It also serves the images at the URLs that it returns.
/// </summary>
/// <remarks>Thread-safe. Clients may share it. It keeps its state when a client disposes it.</remarks>
public sealed class ImaSimulator : HttpMessageHandler
{
    internal const string ApiHost = "api.imastudio.com";
    internal const string UploadHost = "imapi.liveme.com";
    internal const string ImageHost = "ima-ga.esxscloud.com";

    private static readonly TimeSpan UsualProcessingTime = TimeSpan.FromSeconds(8);

    private readonly TimeProvider _time;
    private readonly SimulatorChanges _changes = new();
    private readonly SimulatedTurns _turns;
    private readonly SimulatedRequestLog _requests = new();
    private readonly SimulatedRate _rate;
    private readonly SimulatedService _service;

    /// <summary>Creates a simulator.</summary>
    /// <param name="timeProvider">The clock that tasks are processed by, the same as the client's; null for the system clock.</param>
    public ImaSimulator(TimeProvider? timeProvider = null)
    {
        _time = timeProvider ?? TimeProvider.System;
        _turns = new SimulatedTurns(_changes);
        _rate = new SimulatedRate(_time);
        _service = new SimulatedService(_time, _changes, Ledger);
    }

    /// <summary>The time that a task takes from its create request to its image.</summary>
    /// <value>8 s by default, which is less than the real service takes. The product list reports it as the expected duration.</value>
    public TimeSpan ProcessingTime
    {
        get;
        set
        {
            field = value;
            _changes.Add();
        }
    }

    = UsualProcessingTime;

    /// <summary>The credits that are left, or null for no limit.</summary>
    /// <value>Null by default. An accepted submission reduces it. A submission that costs more than is left is rejected with code
    /// 4008.</value>
    public decimal? Balance { get => _service.Balance; set => _service.Balance = value; }

    /// <summary>The requests to the API that the service accepts in one second, or null for no limit.</summary>
    /// <value>
    /// Null by default. Within any second, wherever it starts, at most this many of the requests that <see cref="Traffic"/> counts are
    /// accepted, over all clients and processes. Others are refused with HTTP 429 and <c>Retry-After: 1</c>. They are not charged, use up
    /// no scenario and no script, and do not count towards the limit.
    /// </value>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int? RequestsPerSecond
    {
        get => _rate.Limit;
        set
        {
            _rate.Limit = value;
            _changes.Add();
        }
    }

    /// <summary>How the product list looks. Set it before the first request, because clients keep the list for 5 minutes.</summary>
    /// <value><see cref="SimulatedCatalogKind.Plain"/> by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not defined.</exception>
    public SimulatedCatalogKind CatalogKind
    {
        get => _service.CatalogKind;
        set => _service.CatalogKind = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(value));
    }

    /// <summary>The number of requests so far, the most in any second, and how many were answered with 429. A snapshot.</summary>
    public SimulatedTraffic Traffic => _rate.Traffic;

    /// <summary>
    /// Scripts named failures: <c>simulator.Scenario.AcceptThenDrop().NeverEndingTask()</c> affects the next two submissions.
    /// </summary>
    public SimulatorScenario Scenario => new(_turns, by => _service.ClockSkew = by);

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
    public IReadOnlyList<SimulatorViolation> Violations => _service.Violations;

    /// <summary>
    /// What the service accepted so far although the SDK sends it in another way, in order: for example another <c>x-app-source</c>, no
    /// <c>User-Agent</c>, or the suffix <c>jpg</c>. A snapshot; empty for the SDK's client.
    /// </summary>
    public IReadOnlyList<SimulatorDifference> Differences => _service.Differences;

    internal SimulatedCatalog Catalog => _service.Catalog;

    internal TimeSpan ClockSkew { get => _service.ClockSkew; set => _service.ClockSkew = value; }

    /// <summary>The number of scripted events that are still pending, by endpoint.</summary>
    internal IReadOnlyDictionary<string, int> PendingTurns => _turns.Pending.ToDictionary(line => line.Key, line => line.Value.Count);

    internal IReadOnlyList<SimulatedTask> Tasks => _service.Tasks;

    /// <summary>The number of changes of the state so far.</summary>
    internal long Changes => _changes.Count;

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

    /// <summary>Removes all scenarios and faults that are still pending.</summary>
    internal void ClearTurns() => _turns.Clear();

    /// <summary>
    /// Makes the simulator as it was when it was created: no tasks, charges, uploads, scenarios, faults, recorded requests or findings, and
    /// the default settings and prices. Task ids start at the first one again, so clients should forget the tasks that they know.
    /// </summary>
    public void Reset()
    {
        _turns.Clear();
        _requests.Clear();
        _rate.Clear();
        _service.Reset();
        ProcessingTime = UsualProcessingTime;
    }

    internal SimulatorState Capture() => _service.Capture(ProcessingTime, RequestsPerSecond, () => _turns.Pending);

    /// <exception cref="InvalidDataException">The state is not possible. Nothing changed.</exception>
    internal void Restore(SimulatorState state)
    {
        if (SimulatorStateCheck.Broken(state) is { } broken)
        {
            throw new InvalidDataException(broken);
        }

        _service.Restore(state);
        _turns.Clear();
        foreach (var (endpoint, turns) in state.Pending)
        {
            _turns.Add(endpoint, turns);
        }

        ProcessingTime = state.ProcessingTime;
        RequestsPerSecond = state.RequestsPerSecond;
    }

    internal SimulatedMediaState StateOf(SimulatedTask task, int number) => _service.StateOf(task, number);

    internal SimulatedPicture? Preview(string path, out string tag) => _service.Preview(path, out tag);

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
            ? _service.Answer(request, bytes, body, turn, ProcessingTime)
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
}
