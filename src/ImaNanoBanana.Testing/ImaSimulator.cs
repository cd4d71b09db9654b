using System.Net;
using System.Text;

namespace ImaNanoBanana.Testing;

/// <summary>
/// The image service in a box: a handler that answers as IMA Studio does, spends no credits and keeps a ledger of what
/// it would have charged. Use it as the primary handler of <see cref="ImaImageClient.Create(ImaNanoBananaOptions, HttpMessageHandler, TimeProvider, Microsoft.Extensions.Logging.ILogger)"/>
/// or by <c>UseSimulator()</c>; the addresses of its images are answered by the simulator too.
/// </summary>
/// <remarks>Thread-safe. It may be shared by clients and keeps its state when one of them disposes it.</remarks>
/// <param name="timeProvider">The clock that tasks are processed by, the client's own; null for the system's.</param>
public sealed class ImaSimulator(TimeProvider? timeProvider = null) : HttpMessageHandler
{
    private const string ApiHost = "api.imastudio.com";
    private const string ImageHost = "ima-ga.esxscloud.com";

    private readonly TimeProvider _time = timeProvider ?? TimeProvider.System;
    private readonly object _gate = new();
    private readonly Dictionary<string, SimulatedTask> _tasks = [];
    private readonly List<SimulatedCharge> _charges = [];

    /// <summary>How long a task takes from its create to its image.</summary>
    /// <value>8 s by default, less than the real service takes.</value>
    public TimeSpan ProcessingTime { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>What was bought so far, in order. A snapshot.</summary>
    public IReadOnlyList<SimulatedCharge> Charges
    {
        get
        {
            lock (_gate)
            {
                return [.. _charges];
            }
        }
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        var response = (request.Method.Method, request.RequestUri?.Host, request.RequestUri?.AbsolutePath) switch
        {
            (_, ApiHost, _) when !HasKey(request) => Json(Envelope.Failure(401, "Unauthorized: no api key")),
            ("GET", ApiHost, "/open/v1/product/list") => Json(SimulatedCatalog.Answer(request.RequestUri!)),
            ("POST", ApiHost, "/open/v1/tasks/create") => Json(Create(await TextAsync(request, cancellationToken).ConfigureAwait(false))),
            ("POST", ApiHost, "/open/v1/tasks/detail") => Json(Detail(await TextAsync(request, cancellationToken).ConfigureAwait(false))),
            ("GET", ImageHost, { } path) => Image(path),
            _ => throw new HttpRequestException($"The simulator knows nothing at {request.Method} {request.RequestUri?.GetLeftPart(UriPartial.Path)}."),
        };
        response.RequestMessage = request;
        return response;
    }

    private static bool HasKey(HttpRequestMessage request) =>
        request.Headers.Authorization is { Scheme: "Bearer", Parameter.Length: > 0 };

    private static async Task<string> TextAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);

    private static HttpResponseMessage Json(string body) => new(HttpStatusCode.OK)
    {
        Content = new StringContent(body, Encoding.UTF8, "application/json"),
    };

    private string Create(string body)
    {
        if (SimulatedOrder.Read(body) is not { } order)
        {
            return Envelope.Failure(400, "Bad request: not a create");
        }

        if (SimulatedCatalog.Refusal(order) is { } refusal)
        {
            return refusal;
        }

        lock (_gate)
        {
            var now = _time.GetUtcNow();
            var task = new SimulatedTask($"task_sim_{_tasks.Count + 1:d6}", order, now + ProcessingTime);
            _tasks.Add(task.Id, task);
            _charges.Add(new SimulatedCharge(task.Id, order.Prompt, order.Credit * order.Count, now));
            return Envelope.Created(task.Id);
        }
    }

    private string Detail(string body)
    {
        lock (_gate)
        {
            return SimulatedOrder.TaskId(body) is { } id && _tasks.TryGetValue(id, out var task)
                ? Envelope.Detail(task, isReady: _time.GetUtcNow() >= task.ReadyAt, ImageHost)
                : Envelope.Failure(404, "Task not found");
        }
    }

    private HttpResponseMessage Image(string path)
    {
        SimulatedTask? task;
        lock (_gate)
        {
            task = _tasks.Values.FirstOrDefault(candidate => path.StartsWith($"/simulator/{candidate.Id}/", StringComparison.Ordinal));
        }

        return task is null || _time.GetUtcNow() < task.ReadyAt
            ? new HttpResponseMessage(HttpStatusCode.NotFound)
            : new HttpResponseMessage(HttpStatusCode.OK) { Content = new SimulatedPicture(task.Order, path) };
    }
}
