using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace ImaNanoBanana.Testing.Control;

/// <summary>
/// Lets programs in other processes set up the served simulator and read its ledger, at paths that the service does not have.
/// These requests are not requests to the service: they are not logged, counted or limited.
/// </summary>
internal sealed class SimulatorControl(ImaSimulator simulator)
{
    public const string Prefix = "/simulator";

    public Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        return (request.Method, request.Path.Value) switch
        {
            ("GET", Prefix + "/charges") => WriteAsync(context, Charges(), ControlJsonContext.Default.ChargesAnswer),
            ("GET", Prefix + "/violations") =>
                WriteAsync(context, new ViolationsAnswer(simulator.Violations), ControlJsonContext.Default.ViolationsAnswer),
            ("GET", Prefix + "/requests") =>
                WriteAsync(context, new RequestsAnswer(simulator.Requests), ControlJsonContext.Default.RequestsAnswer),
            ("GET", Prefix + "/traffic") => WriteAsync(context, simulator.Traffic, ControlJsonContext.Default.SimulatedTraffic),
            ("GET", Prefix + "/settings") => WriteAsync(context, Settings(), ControlJsonContext.Default.SettingsAnswer),
            ("PATCH", Prefix + "/settings") =>
                ChangeAsync(context, ControlJsonContext.Default.SettingsChange, change => change.Apply(simulator)),
            ("POST", Prefix + "/scenarios") =>
                ChangeAsync(context, ControlJsonContext.Default.ScenarioOrder, order => order.Apply(simulator.Scenario)),
            ("POST", Prefix + "/faults") => ChangeAsync(context, ControlJsonContext.Default.FaultOrder, order => order.Apply(simulator)),
            _ => RefuseAsync(
                context, StatusCodes.Status404NotFound, $"The simulator has no control path {request.Method} {request.Path}."),
        };
    }

    private static async Task ChangeAsync<T>(HttpContext context, JsonTypeInfo<T> type, Action<T> apply)
    {
        try
        {
            var order = await JsonSerializer.DeserializeAsync(context.Request.Body, type, context.RequestAborted).ConfigureAwait(false);
            apply(order ?? throw new ArgumentException("The body must be a JSON object."));
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, exception.Message).ConfigureAwait(false);
        }
    }

    private static Task RefuseAsync(HttpContext context, int status, string error)
    {
        context.Response.StatusCode = status;
        return WriteAsync(context, new ErrorAnswer(error), ControlJsonContext.Default.ErrorAnswer);
    }

    private static Task WriteAsync<T>(HttpContext context, T answer, JsonTypeInfo<T> type)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        return JsonSerializer.SerializeAsync(context.Response.Body, answer, type, context.RequestAborted);
    }

    private ChargesAnswer Charges()
    {
        var charges = simulator.Charges;
        return new ChargesAnswer(charges.Sum(charge => charge.Credits), charges);
    }

    private SettingsAnswer Settings() => new(simulator.ProcessingTime.TotalSeconds, simulator.Balance, simulator.RequestsPerSecond);
}
