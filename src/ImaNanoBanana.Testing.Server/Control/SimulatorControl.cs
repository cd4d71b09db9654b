using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace ImaNanoBanana.Testing.Control;

/// <summary>
/// Lets programs in other processes set up the served simulator and read its ledger, at paths that the service does not have.
/// These requests are not requests to the service: they are not logged, counted or limited.
/// </summary>
internal sealed class SimulatorControl
{
    public const string Prefix = "/simulator";
    public const string Previews = Prefix + "/pictures/";

    private readonly ImaSimulator _simulator;

    public SimulatorControl(ImaSimulator simulator)
    {
        _simulator = simulator;
        var json = ControlJsonContext.Default;
        Endpoints =
        [
            Get("", "lists these paths", EndpointList, json.EndpointsAnswer),
            Post("/scenarios", "sets a scenario", json.ScenarioOrder, order => order.Apply(simulator.Scenario)),
            Post("/faults", "sets a fault of the next request to an endpoint", json.FaultOrder, order => order.Apply(simulator)),
            Get("/pending", "counts the scenarios and faults that are still pending, by endpoint", Pending, json.PendingAnswer),
            Do("DELETE", "/pending", "removes the scenarios and faults that are still pending", simulator.ClearTurns),
            Get("/settings", "reads the settings", Settings, json.SettingsAnswer),
            Changing("PATCH", "/settings", "changes the settings that it contains", json.SettingsChange, change => change.Apply(simulator)),
            Get("/tasks", "reads the tasks and the states of their images", Tasks, json.TasksAnswer),
            Get("/charges", "reads the ledger", Charges, json.ChargesAnswer),
            Get("/violations", "reads the requests that the service does not allow", Violations, json.ViolationsAnswer),
            Get("/differences", "reads what the service accepts and the SDK sends in another way", Differences, json.DifferencesAnswer),
            Get("/requests", "reads the last 10,000 requests", () => new RequestsAnswer(simulator.Requests), json.RequestsAnswer),
            Get("/traffic", "counts the requests", () => simulator.Traffic, json.SimulatedTraffic),
            Do("POST", "/reset", "makes the simulator as it was when it was created", simulator.Reset),
        ];
    }

    /// <summary>All control paths except the pictures of the page, in the order in which the documentation lists them.</summary>
    public IReadOnlyList<ControlEndpoint> Endpoints { get; }

    public Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        if (IsOfAnotherOrigin(request))
        {
            return RefuseAsync(
                context,
                StatusCodes.Status403Forbidden,
                ControlError.Create("This request comes from a web page of another origin. Only programs control the simulator."));
        }

        var endpoint = Endpoints.FirstOrDefault(endpoint => endpoint.Method == request.Method && endpoint.Path == request.Path.Value);
        if (endpoint is not null)
        {
            return endpoint.AnswerAsync(context);
        }

        var refusal = ControlError.Create(
            $"The simulator has no control path {request.Method} {request.Path}.",
            null,
            [.. Endpoints.Select(known => $"{known.Method} {known.Path}")]);
        return RefuseAsync(context, StatusCodes.Status404NotFound, refusal);
    }

    /// <summary>Browsers send requests of any page that a developer visits, and name its origin. Programs do not send the header.</summary>
    private static bool IsOfAnotherOrigin(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        return origin.Length > 0
            && !(Uri.TryCreate(origin, UriKind.Absolute, out var page)
                && string.Equals(page.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }

    private static ControlEndpoint Get<T>(string path, string purpose, Func<T> answer, JsonTypeInfo<T> type) =>
        new("GET", Prefix + path, purpose, context => WriteAsync(context, answer(), type));

    private static ControlEndpoint Post<T>(string path, string purpose, JsonTypeInfo<T> type, Action<T> apply)
        where T : class => Changing("POST", path, purpose, type, apply);

    private static ControlEndpoint Changing<T>(string method, string path, string purpose, JsonTypeInfo<T> type, Action<T> apply)
        where T : class => new(method, Prefix + path, purpose, context => ChangeAsync(context, type, apply));

    private static ControlEndpoint Do(string method, string path, string purpose, Action act)
    {
        return new ControlEndpoint(method, Prefix + path, purpose, AnswerAsync);

        Task AnswerAsync(HttpContext context)
        {
            act();
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }
    }

    private static async Task ChangeAsync<T>(HttpContext context, JsonTypeInfo<T> type, Action<T> apply)
        where T : class
    {
        try
        {
            apply(await ControlBody.ReadAsync(context.Request.Body, type, context.RequestAborted).ConfigureAwait(false));
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }
        catch (JsonException refusal)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, refusal).ConfigureAwait(false);
        }
    }

    private static Task RefuseAsync(HttpContext context, int status, JsonException refusal)
    {
        context.Response.StatusCode = status;
        return WriteAsync(context, ControlError.Answer(refusal), ControlJsonContext.Default.ErrorAnswer);
    }

    private static Task WriteAsync<T>(HttpContext context, T answer, JsonTypeInfo<T> type)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        return JsonSerializer.SerializeAsync(context.Response.Body, answer, type, context.RequestAborted);
    }

    private EndpointsAnswer EndpointList() =>
        new([.. Endpoints.Select(endpoint => new EndpointAnswer(endpoint.Method, endpoint.Path, endpoint.Purpose))]);

    private PendingAnswer Pending() => new(_simulator.PendingTurns);

    private TasksAnswer Tasks() => new(TaskAnswers.FromSimulator(_simulator));

    private ViolationsAnswer Violations() => new(_simulator.Violations);

    private DifferencesAnswer Differences() => new(_simulator.Differences);

    private ChargesAnswer Charges()
    {
        var charges = _simulator.Charges;
        return new ChargesAnswer(charges.Sum(charge => charge.Credits), charges);
    }

    private SettingsAnswer Settings() => new(
        _simulator.ProcessingTime.TotalSeconds,
        _simulator.Balance,
        _simulator.RequestsPerSecond,
        _simulator.ClockSkew.TotalSeconds,
        CatalogNames.Write(_simulator.CatalogKind));
}
