using System.Globalization;
using ImaNanoBanana.Studio.Security;
using ImaNanoBanana.Studio.Storage;
using ImaNanoBanana.Studio.Texts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ImaNanoBanana.Studio.Api;

/// <summary>Sends what changes as Server-Sent Events.</summary>
internal static class EventEndpoints
{
    private const string MediaType = "text/event-stream";

    public static void MapEvents(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/events", All)
            .WithTags("Events")
            .WithSummary("Sends the changes of all images of the visitor, without end.")
            .Produces<ImageDocument>(contentType: MediaType);
        routes.MapGet("/images/{id}/events", OneAsync)
            .WithTags("Events")
            .WithSummary("Sends the changes of one image until it has ended.")
            .Produces<ImageDocument>(contentType: MediaType)
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static ServerSentEventsResult<string> All(
        Visitor visitor, EventSources sources, HttpRequest request, CancellationToken cancellationToken) =>
        TypedResults.ServerSentEvents(sources.ReadAllAsync(visitor, Since(request), Languages.Of(request), cancellationToken));

    private static async Task<IResult> OneAsync(
        string id, Visitor visitor, ImageTable table, EventSources sources, HttpRequest request, CancellationToken cancellationToken)
    {
        var image = await table.FindAsync(visitor.Id, id, cancellationToken);
        if (image is null)
        {
            return Problems.NotFound(request);
        }

        // "No content" tells an EventSource not to reconnect.
        var isKnown = image.HasEnded && image.ChangedAt <= Since(request);
        return isKnown
            ? TypedResults.NoContent()
            : TypedResults.ServerSentEvents(sources.ReadOneAsync(image, Languages.Of(request), cancellationToken));
    }

    /// <summary>The time of the last event that the client has received; null for none.</summary>
    private static DateTimeOffset? Since(HttpRequest request)
    {
        var isTime = long.TryParse(request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds);
        return isTime && milliseconds < DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : null;
    }
}
