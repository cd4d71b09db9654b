using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ImaNanoBanana.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ImaNanoBanana.Tests.Docs;

/// <summary>The C# of docs/web.md, compiled and run. Each region between the marks is one fenced block, in order.</summary>
public sealed class WebSnippets : IDisposable
{
    private static readonly string[] args = ["--urls", "http://127.0.0.1:0"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private readonly ImaSimulator _simulator = new() { ProcessingTime = TimeSpan.Zero };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _simulator.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Repeated_order_is_charged_once_and_its_image_is_found()
    {
        await using var app = await StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };

        var (first, second) = (await OrderAsync(http, "a cute puppy on grass"), await OrderAsync(http, "a cute puppy on grass"));
        var image = await http.GetFromJsonAsync<JsonElement>(first, Token);

        Assert.Equal(first, second);
        Assert.Equal([6m], _simulator.Charges.Select(charge => charge.Credits));
        Assert.StartsWith("https://", image[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Error_has_a_status_and_a_reason()
    {
        await using var app = await StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        _simulator.Scenario.InsufficientCredits();

        using var answer = await PostAsync(http, "a cute puppy on grass");
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal("NotCharged", problem.RootElement.GetProperty("chargeStatus").GetString());
        Assert.Empty(_simulator.Charges);
    }

    private static async Task<Uri> OrderAsync(HttpClient http, string prompt)
    {
        using var answer = await PostAsync(http, prompt);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return answer.Headers.Location!;
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient http, string prompt)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("images", UriKind.Relative))
        {
            Content = JsonContent.Create(new ImageOrder(prompt)),
        };
        request.Headers.Add("Idempotency-Key", "order-4711");
        return await http.SendAsync(request, Token);
    }

    private async Task<WebApplication> StartAsync()
    {
        var folder = _folder.FullName;
        // >>>
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddImaNanoBanana().AddFileJournal(folder).AddCreditBudget(100, TimeSpan.FromDays(1));
        // <<<
        builder.Logging.ClearProviders();
        builder.Services.AddImaNanoBanana().UseSimulator(_simulator);
        // >>>
        var app = builder.Build();
        var images = app.MapGroup("/images").AddEndpointFilter(async (call, next) =>
        {
            try
            {
                return await next(call);
            }
            catch (ImaException exception)
            {
                return TypedResults.Problem(
                    exception.GetAdvice().Reason,
                    statusCode: exception.Kind == ImaErrorKind.InvalidRequest ? 400 : 503,
                    extensions: new Dictionary<string, object?> { ["chargeStatus"] = exception.ChargeStatus.ToString() });
            }
        });
        images.MapPost("/", async (
            ImageOrder order, [FromHeader(Name = "Idempotency-Key")] string key, IImaImageClient client, CancellationToken stop) =>
        {
            var request = new ImageRequest(order.Prompt) { IdempotencyKey = key, MaxCredits = 20 };
            var task = await client.SubmitAsync(request, stop);
            return TypedResults.Accepted($"/images/{task.Id}");
        });
        images.MapGet("/{id}", async Task<IResult> (string id, IImaImageClient client, CancellationToken stop) =>
        {
            var progress = await client.GetStatusAsync(new ImageTask(id), stop);
            return progress switch
            {
                { Result: { } result } => TypedResults.Ok(result.Images.Select(image => image.Url)),
                { Error: { } error } => throw error,
                _ => TypedResults.Accepted($"/images/{id}", progress.Percent),
            };
        });
        // <<<
        await app.StartAsync(Token);
        return app;
    }
}

// >>>
internal sealed record ImageOrder(string Prompt);
// <<<
